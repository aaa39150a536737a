defmodule Mail do
  def count(text) do
    n = String.to_integer(text)
    n + 1
  end
end

IO.inspect(Mail.count("three"))
