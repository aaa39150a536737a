defmodule Mail do
  def run(list) do
    list
    |> Stream.map(fn n -> 10 / n end)
    |> Enum.to_list()
  end
end

Mail.run([1, 0])
