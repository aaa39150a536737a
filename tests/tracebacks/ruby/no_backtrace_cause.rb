def f = raise("outer", cause: KeyError.new("inner"))
f
