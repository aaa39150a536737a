package main

import "runtime/debug"

//go:noinline
func recurse(n int) int { return recurse(n+1) + 1 }

func main() {
	debug.SetMaxStack(60000)
	println(recurse(0))
}
