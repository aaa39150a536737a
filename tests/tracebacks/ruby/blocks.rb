[1].each do |n|
  [2].map { |m| 1 / (m - 2) }
end
