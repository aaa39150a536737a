defmodule Mail do
  def line(mail) do
    text = "mail: #{mail}"
    {:ok, text}
  end
end

Mail.line({:to, "ann"})
