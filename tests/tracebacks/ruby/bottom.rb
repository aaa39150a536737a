def g = raise(IndexError, "index 9")
def f = g
begin
  f
rescue => e
  $stderr.puts e.full_message(highlight: false, order: :bottom)
end
