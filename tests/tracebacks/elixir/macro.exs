defmodule Mail.Macros do
  defmacro box(name) do
    raise ArgumentError, "no box #{name}"
  end
end

defmodule Mail do
  require Mail.Macros
  def open, do: Mail.Macros.box("in")
end
