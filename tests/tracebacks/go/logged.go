package main

import (
	"log"
	"runtime/debug"
)

//go:noinline
func deep(n int) {
	if n == 0 {
		panic("deep down")
	}
	deep(n - 1)
}

func main() {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("panic: %v\n%s", r, debug.Stack())
			log.Print("next")
		}
	}()
	deep(2)
}
