# The gem `logging` as JSON lines, whose fields are a hash.

require "logging"
require_relative "shop"

items = %w[timestamp level logger message file line method pid thread_id]
log = Logging.logger["shop.checkout"]
log.add_appenders(Logging.appenders.stdout(layout: Logging.layouts.json(items: items)))
log.caller_tracing = true

def checkout(log)
  log.debug("cache miss")
  log.info("order placed")
  log.warn("retrying payment")
  begin
    pay
  rescue PaymentError => error
    log.error(error) # in place of "payment failed"
  end
  log.fatal("out of disk")
  log.info("größe 10 µm “ok”\nsecond line")
end

checkout(log)
