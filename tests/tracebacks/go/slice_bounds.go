package main

//go:noinline
func head(b []byte, n int) []byte { return b[:n] }

func main() {
	head(make([]byte, 4), 9)
}
