defmodule Mail do
  def read(path) do
    {:ok, text} = File.read(path)
    text
  end
end

IO.puts(Mail.read("/srv/mail/no-such-box"))
