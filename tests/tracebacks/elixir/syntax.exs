defmodule Mail do
  def send(to do
    to
  end
end
