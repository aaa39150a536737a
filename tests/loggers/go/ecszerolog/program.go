// Elastic's ECS format for zerolog, with origins and the stacks of pkg/errors.
package main

import (
	"os"

	"github.com/rs/zerolog"
	"go.elastic.co/ecszerolog"
)

func main() {
	checkout(ecszerolog.New(os.Stdout, ecszerolog.Level(zerolog.DebugLevel), ecszerolog.Origin()))
}

func checkout(logger zerolog.Logger) {
	logger.Debug().Str("key", "user:42").Msg("cache miss")
	logger.Info().Int("order_id", 4711).Float64("amount", 99.5).Str("customer", "acme").Bool("express", true).Msg("order placed")
	logger.Warn().Int("attempt", 2).Dict("gateway", zerolog.Dict().Str("name", "stripe").Int("timeout_ms", 1500)).Msg("retrying payment")
	if err := (traced{}).pay(); err != nil {
		logger.Error().Stack().Err(err).Msg("payment failed")
	}
	logger.WithLevel(zerolog.FatalLevel).Msg("out of disk")
	logger.Info().Msg("größe 10 µm “ok”\nsecond line")
}
