# Mixlib::Log, the logger of Chef.

require "mixlib/log"
require_relative "shop"

class Log
  extend Mixlib::Log
end

Log.init($stdout)
Log.level = :debug
checkout(Log)
