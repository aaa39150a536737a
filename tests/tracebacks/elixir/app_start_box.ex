defmodule Mailroom.Box do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options)

  @impl true
  def init(options) do
    path = Map.fetch!(options, :path)
    {:ok, path}
  end
end
