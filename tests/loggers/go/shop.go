package main

import (
	"errors"
	"fmt"
)

// The shop whose logs all programs write: a payment that fails two frames deep, with a cause.

func pay() error {
	return charge()
}

func charge() error {
	return fmt.Errorf("card declined: %w", connect())
}

func connect() error {
	return errors.New("gateway unreachable")
}
