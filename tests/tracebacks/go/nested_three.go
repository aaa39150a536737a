package main

import "errors"

func main() {
	defer func() { panic(errors.New("third")) }()
	defer func() { panic("second") }()
	panic("first")
}
