first_name = "ann"
puts frist_name
