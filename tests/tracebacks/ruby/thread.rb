t = Thread.new { raise IOError, "lost" }
t.join
