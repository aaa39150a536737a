defmodule Mail do
  def send(to) do
    {:ok, box} = Map.fetch(%{}, to)
    box
  end

  def safely(to) do
    send(to)
  rescue
    error ->
      IO.puts(:stderr, Exception.format(:error, error, __STACKTRACE__))
  end
end

Mail.safely("ann")
