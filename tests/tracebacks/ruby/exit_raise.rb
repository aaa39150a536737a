at_exit { raise "while leaving" }
raise "first"
