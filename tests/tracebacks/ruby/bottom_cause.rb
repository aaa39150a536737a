def g = raise(IndexError, "index 9")
def f
  g
rescue IndexError
  raise "no page"
end
begin
  f
rescue => e
  $stderr.puts e.full_message(highlight: false, order: :bottom)
end
