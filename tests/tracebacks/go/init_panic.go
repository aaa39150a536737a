package main

var table = build()

func build() map[string]int { panic("no table") }

func main() { _ = table }
