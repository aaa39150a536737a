defmodule Mail do
  def send(to) do
    raise Mail.LostError, "no box for #{to}"
  end
end

defmodule Mail.LostError do
  defexception [:message]
end

Logger.configure(level: :none)
spawn_link(fn -> Mail.send("bob") end)
Process.sleep(500)
