package main

import "sync"

func main() {
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		var list []string
		_ = list[3]
	}()
	group.Wait()
}
