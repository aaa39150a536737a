def f
  raise "x"
ensure
  [1].each { |n| raise TypeError, "in ensure #{n}" }
end
f
