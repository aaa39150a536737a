NAME = "x".freeze
def f = NAME << "y"
f
