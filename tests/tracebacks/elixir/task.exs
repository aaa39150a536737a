defmodule Mail do
  def send(to) do
    raise "no box for #{to}"
  end
end

{:ok, _} = Task.start(fn -> Mail.send("bob") end)
Process.sleep(200)
