def f = raise(IndexError, "index 9")
begin
  f
rescue => e
  $stderr.puts e.full_message(highlight: true)
end
