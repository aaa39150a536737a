defmodule Mail do
  def put(n) do
    answer = GenServer.call(Mail.NoBox, {:put, n})
    {:ok, answer}
  end
end

Mail.put(3)
