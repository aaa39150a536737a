require "timeout"
Timeout.timeout(0.05) { sleep 1 }
