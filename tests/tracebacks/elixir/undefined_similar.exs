defmodule Mail do
  def send(list) do
    n = apply(Enum, :counts, [list])
    {:ok, n}
  end
end

IO.inspect(Mail.send(["ann"]))
