package main

import (
	"fmt"
	"os"
	"runtime/debug"
)

func handle() {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "level=error msg=\"request failed\" reason=%q\n%s", r, debug.Stack())
		}
	}()
	var list []int
	_ = list[5]
}

func main() { handle() }
