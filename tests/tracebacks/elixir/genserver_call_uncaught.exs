defmodule Mail.Box do
  use GenServer

  def init(state), do: {:ok, state}

  def handle_call({:put, n}, _from, state) do
    total = String.to_integer(n) + state
    {:reply, total, total}
  end
end

defmodule Mail do
  def put(box, n) do
    answer = GenServer.call(box, {:put, n})
    {:ok, answer}
  end
end

Logger.configure(level: :none)
{:ok, box} = GenServer.start(Mail.Box, 10)
Mail.put(box, "three")
