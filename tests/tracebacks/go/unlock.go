package main

import "sync"

func release(m *sync.Mutex) { m.Unlock() }

func main() {
	release(&sync.Mutex{})
}
