defmodule Mail do
  def stop(why) do
    exit({:box_closed, why})
  end
end

Mail.stop("full")
