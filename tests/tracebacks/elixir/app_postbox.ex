defmodule Postbox do
  def send(mail) do
    size = Postbox.Box.size(mail.body)
    {:ok, size}
  end

  def all(mails), do: Enum.map(mails, fn mail -> send(mail) end)

  def clause(:small), do: 1
  def clause(n) when is_integer(n), do: n

  def later(mail) do
    {:ok, pid} = Task.Supervisor.start_link()
    {:ok, _} = Task.Supervisor.start_child(pid, fn -> send(mail) end)
    Process.sleep(300)
  end
end
