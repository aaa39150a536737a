defmodule Mail do
  def name(atom) do
    text = Atom.to_string(atom)
    text <> "!"
  end
end

IO.inspect(Mail.name("ann"))
