defmodule Mail do
  def recipient(mail), do: Map.fetch!(mail, :to)
  def send(mail), do: {:ok, recipient(mail)}
end

Mail.send(%{from: "ann@example.org", subject: "hello, this is a long subject", body: "and a body", size: 17})
