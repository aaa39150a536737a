package main

//go:noinline
func ratio(a, b int) int {
	return a / b
}

func main() {
	println(ratio(1, 0))
}
