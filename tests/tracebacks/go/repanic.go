package main

import "fmt"

func work() {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprintf("work failed: %v", r))
		}
	}()
	first()
}

//go:noinline
func first() { panic("first") }

func main() { work() }
