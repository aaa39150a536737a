def f = eval("1 +\nnil", binding, "rule.rb", 7)
f
