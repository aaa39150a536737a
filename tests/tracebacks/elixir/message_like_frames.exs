defmodule Mail do
  def send(to) do
    raise "not like this, #{to}:\n\n    Mail.send(to, :now)\n    Mail.close(to)\n\nnor ** (KeyError) so"
  end
end

Mail.send("ann")
