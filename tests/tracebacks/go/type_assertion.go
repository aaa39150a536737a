package main

type Shape interface{ Area() int }

func main() {
	var v any = "text"
	_ = v.(Shape)
}
