defmodule Mail do
  def read(path) do
    text = File.read!(path)
    String.length(text)
  end
end

Mail.read("/srv/mail/no-such-box")
