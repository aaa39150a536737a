require "logger"
log = Logger.new($stderr)
def fetch = raise(KeyError, "key not found:\n  :to")
begin
  fetch
rescue => e
  log.error(e)
end
