send_one = fn to ->
  raise RuntimeError, "no box for " <> to
end

Enum.map(["ann"], send_one)
