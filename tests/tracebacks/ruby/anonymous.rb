def f = raise(Class.new(StandardError), "odd")
f
