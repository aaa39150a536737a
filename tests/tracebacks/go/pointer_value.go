package main

type Reason struct{ Code int }

func main() {
	panic(&Reason{7})
}
