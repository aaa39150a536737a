package main

func main() {
	panic("bad template:\nline 1\n\ngoroutine of thoughts")
}
