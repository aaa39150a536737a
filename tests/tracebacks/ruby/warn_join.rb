def g = raise(IndexError, "index 9")
begin
  g
rescue => e
  warn "Error: #{e.message}\n\t#{e.backtrace.join("\n\t")}"
end
