defmodule Mail do
  def check(mail) do
    raise ArgumentError, """
    the mail is not valid:

      * no recipient
      * no subject in #{inspect(mail)}

    give both
    """
  end
end

Mail.check(%{})
