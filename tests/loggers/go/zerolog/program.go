// zerolog as its README begins, with Unix milliseconds, callers and the stacks of pkg/errors, and
// as text for people.
package main

import (
	"os"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/pkgerrors"
)

func main() {
	root := zerolog.New(os.Stdout).With().Timestamp()
	switch os.Args[1] {
	case "stack":
		zerolog.ErrorStackMarshaler = pkgerrors.MarshalStack
		zerolog.TimeFieldFormat = zerolog.TimeFormatUnixMs
		checkout(root.Str("logger", "shop.checkout").Caller().Logger(), traced{}.pay)
	case "console":
		console := zerolog.ConsoleWriter{Out: os.Stdout, NoColor: true, TimeFormat: "2006-01-02T15:04:05Z07:00"}
		checkout(zerolog.New(console).With().Timestamp().Caller().Logger(), pay)
	default:
		checkout(root.Str("component", "shop.checkout").Logger(), pay)
	}
}

func checkout(logger zerolog.Logger, pay func() error) {
	logger.Debug().Str("key", "user:42").Msg("cache miss")
	logger.Info().Int("order_id", 4711).Float64("amount", 99.5).Str("customer", "acme").Bool("express", true).Msg("order placed")
	logger.Warn().Int("attempt", 2).Dict("gateway", zerolog.Dict().Str("name", "stripe").Int("timeout_ms", 1500)).Msg("retrying payment")
	if err := pay(); err != nil {
		logger.Error().Stack().Err(err).Msg("payment failed")
	}
	logger.WithLevel(zerolog.FatalLevel).Msg("out of disk")
	logger.Info().Msg("größe 10 µm “ok”\nsecond line")
}
