package main

func main() {
	m := map[int]int{}
	go func() {
		for {
			m[1] = 1
		}
	}()
	for {
		m[2] = 2
	}
}
