defmodule Mail do
  def send(to) do
    raise "no box for #{to}"
  end
end

Logger.configure(level: :none)
task = Task.async(Mail, :send, ["bob"])
Task.await(task)
