def parse(text)
  Integer(text)
rescue ArgumentError
  raise "bad number"
end

parse("x1")
