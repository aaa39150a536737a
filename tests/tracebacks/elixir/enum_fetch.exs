defmodule Mail do
  def third(list) do
    third = Enum.fetch!(list, 2)
    {:ok, third}
  end
end

Mail.third([1, 2])
