defmodule Mail do
  def recipient(mail), do: Map.fetch!(mail, :to)
  def send(mail), do: {:ok, recipient(mail)}
end

IO.inspect(Mail.send(%{from: "ann"}))
