def send_to(a, b) = nil
send_to(1)
