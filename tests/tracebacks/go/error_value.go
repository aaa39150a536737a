package main

import (
	"fmt"
	"os"
)

func open() {
	_, err := os.Open("/no/such/file")
	if err != nil {
		panic(fmt.Errorf("cannot start: %w", err))
	}
}

func main() { open() }
