f = Fiber.new { raise StopIteration, "done" }
f.resume
