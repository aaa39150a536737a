defmodule Mail do
  def send(box) do
    result =
      with {:ok, a} <- Map.fetch(box, :to) do
        a
      else
        :none -> nil
      end

    {:sent, result}
  end
end

IO.inspect(Mail.send(%{}))
