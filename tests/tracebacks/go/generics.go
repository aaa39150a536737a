package main

type Stack[T any] struct{ items []T }

//go:noinline
func (s *Stack[T]) Pop() T { return s.items[len(s.items)-1] }

//go:noinline
func Map[T, U any](in []T, f func(T) U) []U {
	var out []U
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}

func main() {
	Map([]int{1}, func(n int) string {
		return (&Stack[string]{}).Pop()
	})
}
