package main

import "strings"

func pad(n int) string { return strings.Repeat(" ", n) }

func main() {
	println(pad(-1))
}
