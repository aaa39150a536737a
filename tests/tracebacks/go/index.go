package main

type Queue struct{ items []int }

//go:noinline
func (q *Queue) Take(n int) int { return q.items[n] }

func main() {
	q := &Queue{}
	q.Take(9)
}
