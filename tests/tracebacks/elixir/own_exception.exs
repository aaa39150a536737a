defmodule Mail.BoxError do
  defexception [:box, :reason]

  @impl true
  def message(%{box: box, reason: reason}) do
    "box #{box} is damaged: #{reason}"
  end
end

defmodule Mail do
  def open(box), do: raise(Mail.BoxError, box: box, reason: "no index")
end

Mail.open("in")
