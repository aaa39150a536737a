defmodule Mail do
  def rank(n) do
    rank =
      cond do
        n > 10 -> :high
        n > 5 -> :middle
      end

    {:ok, rank}
  end
end

IO.inspect(Mail.rank(1))
