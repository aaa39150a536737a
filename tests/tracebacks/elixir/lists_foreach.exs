defmodule Mail do
  def all(list) do
    :lists.foreach(fn {to, n} -> IO.puts([to, Integer.to_string(n)]) end, list)
    :ok
  end
end

Mail.all([{"ann", "three"}])
