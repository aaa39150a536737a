def check(n)
  raise ArgumentError, "first line\nsecond (line)\n\nfourth line" if n > 1
end
check(2)
