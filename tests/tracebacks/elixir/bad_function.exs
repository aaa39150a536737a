defmodule Mail do
  def run(fun) do
    result = fun.(1)
    {:ok, result}
  end
end

Mail.run("ann")
