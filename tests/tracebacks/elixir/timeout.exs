defmodule Mail.Box do
  use GenServer

  def init(state), do: {:ok, state}

  def handle_call(:slow, _from, state) do
    Process.sleep(1000)
    {:reply, :ok, state}
  end
end

{:ok, box} = GenServer.start(Mail.Box, 10)
GenServer.call(box, :slow, 50)
