defmodule Mail do
  def check(_mail), do: raise(RuntimeError, message: "")
end

Mail.check(%{})
