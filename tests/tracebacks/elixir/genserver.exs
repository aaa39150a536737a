defmodule Mail.Box do
  use GenServer

  def init(state), do: {:ok, state}

  def handle_call({:put, n}, _from, state) do
    total = check(n) + state
    {:reply, total, total}
  end

  defp check(n) when n < 0, do: raise(ArgumentError, "negative size: #{n}")
  defp check(n), do: n
end

Process.flag(:trap_exit, true)
{:ok, box} = GenServer.start(Mail.Box, 10)

try do
  GenServer.call(box, {:put, -3})
catch
  :exit, _ -> Process.sleep(200)
end
