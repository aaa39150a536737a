defmodule Mail do
  def run(fun) do
    result = fun.(1, 2)
    {:ok, result}
  end
end

Mail.run(fn one -> one end)
