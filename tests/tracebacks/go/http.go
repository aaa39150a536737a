package main

import (
	"net/http"
	"net/http/httptest"
)

type Cart struct{ items []int }

//go:noinline
func (c *Cart) Last() int { return c.items[len(c.items)-1] }

func show(w http.ResponseWriter, r *http.Request) { new(Cart).Last() }

func main() {
	server := httptest.NewServer(http.HandlerFunc(show))
	http.Get(server.URL)
}
