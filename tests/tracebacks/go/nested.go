package main

func work() {
	defer cleanup()
	panic("first")
}

//go:noinline
func cleanup() { panic("in cleanup") }

func main() { work() }
