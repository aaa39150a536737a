defmodule Mail do
  def state(mail) do
    state =
      case mail do
        :sent -> 1
        :open -> 2
      end

    {:ok, state}
  end
end

IO.inspect(Mail.state({:lost, "bob"}))
