defmodule Mail do
  def send(mail) do
    address = mail.to
    {:ok, address}
  end
end

IO.inspect(Mail.send(%{from: "ann", subject: "hello"}))
