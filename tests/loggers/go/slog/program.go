// log/slog of the standard library, as JSON and as text, with the place in the source.
package main

import (
	"context"
	"log/slog"
	"os"
)

func main() {
	options := &slog.HandlerOptions{AddSource: true, Level: slog.LevelDebug}
	if os.Args[1] == "text" {
		checkout(slog.New(slog.NewTextHandler(os.Stdout, options)).With("logger", "shop.checkout"))
	} else {
		checkout(slog.New(slog.NewJSONHandler(os.Stdout, options)).With("logger", "shop.checkout"))
	}
}

func checkout(logger *slog.Logger) {
	logger.Debug("cache miss", "key", "user:42")
	logger.Info("order placed", "order_id", 4711, "amount", 99.5, "customer", "acme", "express", true)
	logger.Warn("retrying payment", "attempt", 2, slog.Group("gateway", "name", "stripe", "timeout_ms", 1500))
	if err := pay(); err != nil {
		logger.Error("payment failed", "err", err)
	}
	logger.Log(context.Background(), slog.LevelError+4, "out of disk")
	logger.Info("größe 10 µm “ok”\nsecond line")
}
