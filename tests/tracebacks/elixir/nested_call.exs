defmodule Mail.Store do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_call(:get, _from, _state), do: raise("disk is full")
end

defmodule Mail.Box do
  use GenServer
  def init(store), do: {:ok, store}

  def handle_call(:get, _from, store) do
    answer = GenServer.call(store, :get)
    {:reply, answer, store}
  end
end

Logger.configure(level: :none)
{:ok, store} = GenServer.start(Mail.Store, nil)
{:ok, box} = GenServer.start(Mail.Box, store)
GenServer.call(box, :get)
