defmodule Postbox.Box do
  def size(body) do
    n = byte_size(body)
    n * 2
  end
end
