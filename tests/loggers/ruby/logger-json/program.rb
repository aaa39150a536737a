# The standard library's logger with a formatter for JSON lines.

require "json"
require "logger"
require "time"
require_relative "shop"

log = Logger.new($stdout, progname: "shop.checkout")
log.formatter = proc do |severity, time, progname, fields|
  entry = { time: time.iso8601(6), severity: severity, progname: progname, pid: Process.pid }
  "#{JSON.generate(entry.merge(fields))}\n"
end

def failure(error)
  failed = { class: error.class.name, message: error.message, backtrace: error.backtrace }
  error.cause ? failed.merge(cause: failure(error.cause)) : failed
end

def checkout(log)
  log.debug(message: "cache miss", key: "user:42")
  log.info(message: "order placed", order_id: 4711, amount: 99.5, customer: "acme", express: true)
  gateway = { name: "stripe", timeout_ms: 1500 }
  log.warn(message: "retrying payment", attempt: 2, gateway: gateway)
  begin
    pay
  rescue PaymentError => error
    log.error(message: "payment failed", exception: failure(error))
  end
  log.fatal(message: "out of disk")
  log.info(message: "größe 10 µm “ok”\nsecond line")
end

checkout(log)
