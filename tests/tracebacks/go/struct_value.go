package main

type Reason struct {
	Code int
	Text string
}

func main() {
	panic(Reason{7, "full"})
}
