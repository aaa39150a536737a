def fetch(box)
  raise KeyError, "no box #{box}"
end

def show
  fetch("in")
end

show
