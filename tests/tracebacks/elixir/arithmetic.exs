defmodule Mail do
  def mean(sum, n) do
    mean = div(sum, n)
    mean + 1
  end
end

IO.inspect(Mail.mean(12, 0))
