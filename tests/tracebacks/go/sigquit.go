package main

import (
	"syscall"
	"time"
)

func wait() { time.Sleep(time.Minute) }

func main() {
	go func() {
		time.Sleep(50 * time.Millisecond)
		syscall.Kill(syscall.Getpid(), syscall.SIGQUIT)
	}()
	wait()
}
