defmodule Mail do
  def size(:small), do: 1
  def size(n) when is_integer(n) and n > 0, do: n

  def send(size) do
    {:ok, size(size)}
  end
end

IO.inspect(Mail.send("large"))
