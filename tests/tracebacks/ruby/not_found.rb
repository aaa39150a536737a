File.open("/srv/mail/none.txt")
