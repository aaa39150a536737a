defmodule Mail do
  def count(0), do: raise("at the bottom")
  def count(n), do: 1 + count(n - 1)
end

IO.puts(Mail.count(30))
