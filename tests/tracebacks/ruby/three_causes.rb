class SendError < StandardError; end
def dial = raise(IOError, "closed stream")
def connect
  dial
rescue IOError
  raise SendError, "cannot connect"
end
def deliver
  connect
rescue SendError
  raise ArgumentError, "cannot deliver"
end
deliver
