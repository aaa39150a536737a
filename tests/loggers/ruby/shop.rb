# The shop whose logs all programs write: a payment that fails two frames deep, with a cause.

class PaymentError < StandardError; end

def connect
  raise IOError, "gateway unreachable"
end

def charge
  connect
rescue IOError
  raise PaymentError, "card declined"
end

def pay
  charge
end

# The scenario, for loggers of text without fields.
def checkout(log)
  log.debug("cache miss")
  log.info("order placed")
  log.warn("retrying payment")
  begin
    pay
  rescue PaymentError => error
    log.error("payment failed\n#{error.full_message(highlight: false, order: :top)}")
  end
  log.fatal("out of disk")
  log.info("größe 10 µm “ok”\nsecond line")
end
