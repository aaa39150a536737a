raise ArgumentError, "first line\nsecond line\n\nfourth line"
