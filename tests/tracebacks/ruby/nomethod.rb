def size(box)
  box.count.lenght
end
size([1])
