defmodule Mail do
  def size(:small), do: 1
  def size(:middle), do: 2

  def safely(size) do
    size(size)
  rescue
    error ->
      {error, stacktrace} = Exception.blame(:error, error, __STACKTRACE__)
      IO.puts(:stderr, Exception.format(:error, error, stacktrace))
  end
end

Mail.safely("large")
