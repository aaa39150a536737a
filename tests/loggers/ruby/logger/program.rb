# The standard library's logger as it comes.

require "logger"
require_relative "shop"

checkout(Logger.new($stdout, progname: "shop.checkout"))
