defmodule Mail do
  def tag(list) do
    tuple = :erlang.list_to_tuple(list)
    {:ok, tuple}
  end
end

IO.inspect(Mail.tag(:none))
