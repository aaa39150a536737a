# log4r as it comes.

require "log4r"
require_relative "shop"

log = Log4r::Logger.new("shop.checkout")
log.outputters = Log4r::Outputter.stdout
checkout(log)
