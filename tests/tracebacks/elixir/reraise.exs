defmodule Mail do
  def load(key), do: Map.fetch!(%{}, key)

  def page(key) do
    load(key)
  rescue
    error -> reraise RuntimeError, [message: "no page: " <> Exception.message(error)], __STACKTRACE__
  end
end

Mail.page(:p9)
