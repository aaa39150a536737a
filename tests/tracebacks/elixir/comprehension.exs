defmodule Mail do
  def all(list) do
    for {to, n} <- list, do: to <> n
  end
end

Mail.all([{"ann", "1"}, {"bob", 2}])
