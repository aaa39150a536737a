package main

var pages map[string]int

func main() {
	pages["p9"] = 1
}
