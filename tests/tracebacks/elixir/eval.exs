Code.eval_string("""
defmodule Inline do
  def go(x), do: 1 + x
end

Inline.go(:a)
""")
