defmodule Mail do
  def show do
    {:current_stacktrace, trace} = Process.info(self(), :current_stacktrace)
    IO.puts(:stderr, Exception.format_stacktrace(trace))
  end

  def go do
    show()
    :ok
  end
end

Mail.go()
