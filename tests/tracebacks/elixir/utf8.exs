defmodule Post do
  def messen(brief) do
    raise "Brief »#{brief}« zu groß"
  end
end

Post.messen("ä")
