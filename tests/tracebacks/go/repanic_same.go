package main

func work() {
	defer func() {
		r := recover()
		panic(r)
	}()
	panic("once")
}

func main() { work() }
