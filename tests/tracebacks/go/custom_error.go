package main

type StockError struct{ Item string }

func (e *StockError) Error() string { return "out of stock: " + e.Item }

func main() {
	panic(&StockError{"lamp"})
}
