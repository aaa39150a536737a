defmodule Mail do
  def send(to) do
    raise "no box for #{to}"
  end

  def all(list) do
    Enum.each(list, fn to -> send(to) end)
  end
end

Mail.all(["ann", "bob"])
