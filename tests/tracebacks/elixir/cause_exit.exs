defmodule Mail do
  def stop do
    raise "no box"
  rescue
    error -> exit({error, __STACKTRACE__})
  end
end

Mail.stop()
