require "logger"
log = Logger.new($stderr)
def fetch = raise(KeyError, "key not found: :to")
begin
  fetch
rescue => e
  log.error(e)
end
