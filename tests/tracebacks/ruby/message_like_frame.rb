def f = raise("bad trace:\n\tat line 3\nx.rb:1: odd")
f
