package main

import (
	"fmt"
	"os"

	"github.com/pkg/errors"
)

func read() error { return errors.New("EOF") }

func parse() error { return errors.Wrap(read(), "read header") }

func main() {
	fmt.Fprintf(os.Stderr, "%+v\n", errors.WithMessage(parse(), "decode failed"))
}
