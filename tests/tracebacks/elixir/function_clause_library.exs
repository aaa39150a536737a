defmodule Mail do
  def first(list) do
    name = String.upcase(hd(list))
    {:ok, name}
  end
end

IO.inspect(Mail.first([nil]))
