defmodule Mail do
  def tag(key) do
    :erlang.error({:bad_tag, key})
  end
end

IO.inspect(Mail.tag("x"))
