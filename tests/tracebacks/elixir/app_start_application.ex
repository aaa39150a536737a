defmodule Mailroom.Application do
  use Application

  @impl true
  def start(_type, _args) do
    children = [{Mailroom.Box, %{name: "in"}}]
    Supervisor.start_link(children, strategy: :one_for_one, name: Mailroom.Supervisor)
  end
end
