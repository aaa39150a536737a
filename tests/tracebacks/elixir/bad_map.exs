defmodule Mail do
  def mark(mail) do
    marked = %{mail | read: true}
    {:ok, marked}
  end
end

Mail.mark("ann")
