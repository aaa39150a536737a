defmodule Mail do
  def check(mail) do
    throw({:bad_mail, mail})
  end
end

Mail.check("ann")
