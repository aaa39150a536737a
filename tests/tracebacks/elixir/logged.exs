require Logger

defmodule Mail do
  def send(to) do
    raise "no box for #{to}"
  end

  def safely(to) do
    send(to)
  rescue
    error -> Logger.error("cannot send\n" <> Exception.format(:error, error, __STACKTRACE__))
  end
end

Mail.safely("ann")
Process.sleep(100)
