package main

import "github.com/pkg/errors"

// The same payment with the errors of pkg/errors, which know where they were made.
type traced struct{}

func (traced) pay() error {
	return traced{}.charge()
}

func (traced) charge() error {
	return errors.Wrap(traced{}.connect(), "card declined")
}

func (traced) connect() error {
	return errors.New("gateway unreachable")
}
