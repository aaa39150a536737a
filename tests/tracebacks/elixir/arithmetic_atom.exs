defmodule Mail do
  def add(a, b) do
    sum = a + b
    {:ok, sum}
  end
end

IO.inspect(Mail.add(1, :two))
