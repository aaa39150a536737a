class Mail
  class Lost < StandardError; end
  def get = raise(Lost)
end
Mail.new.get
