package main

type Page struct{ Title string }

//go:noinline
func title(p *Page) string {
	return p.Title
}

func main() {
	println(title(nil))
}
