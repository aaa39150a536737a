# The gem `logging` with the pattern that its documentation shows.

require "logging"
require_relative "shop"

layout = Logging.layouts.pattern(pattern: "[%d] %-5l %c: %m\n", date_pattern: "%Y-%m-%dT%H:%M:%S.%s")
log = Logging.logger["shop.checkout"]
log.add_appenders(Logging.appenders.stdout(layout: layout))
checkout(log)
