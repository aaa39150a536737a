defmodule Mail do
  def send(to) do
    result = MailBox.deliver(to, :now)
    {:ok, result}
  end
end

IO.inspect(Mail.send("ann"))
