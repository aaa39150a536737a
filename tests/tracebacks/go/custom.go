package main

func charge(n int) {
	panic("card declined")
}

func main() {
	charge(7)
}
