package main

import "sort"

func main() {
	s := []int{3, 2}
	sort.Slice(s, func(i, j int) bool { return s[i+5] < s[j] })
}
