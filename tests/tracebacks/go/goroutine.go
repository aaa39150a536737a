package main

import "time"

type Worker struct{}

//go:noinline
func (w Worker) Run(id int) { panic("worker died") }

func main() {
	go Worker{}.Run(3)
	time.Sleep(time.Second)
}
