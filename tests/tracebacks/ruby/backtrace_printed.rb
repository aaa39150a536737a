def g = raise(IndexError, "index 9")
begin
  g
rescue => e
  warn "#{e.class}: #{e.message}", *e.backtrace
end
