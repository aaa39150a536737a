# Rails' logger in production: the standard library's format, and the tags of the request.

require "active_support"
require "active_support/tagged_logging"
require "logger"
require_relative "shop"

logger = Logger.new($stdout, formatter: Logger::Formatter.new)
ActiveSupport::TaggedLogging.new(logger).tagged("6bf1b1f2-1a0f-4c0d-8a55-2f4d1c0a7d11") do |log|
  checkout(log)
end
