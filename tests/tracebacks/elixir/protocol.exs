defmodule Mail do
  def count(mail) do
    n = Enum.count(mail)
    {:ok, n}
  end
end

Mail.count(17)
