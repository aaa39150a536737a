{:ok, agent} = Agent.start(fn -> %{} end)

try do
  Agent.update(agent, fn boxes -> Map.fetch!(boxes, :ann) end)
catch
  :exit, _ -> Process.sleep(200)
end
