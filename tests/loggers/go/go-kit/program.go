// go-kit/log, as JSON and as logfmt.
package main

import (
	"os"

	"github.com/go-kit/log"
	"github.com/go-kit/log/level"
)

func main() {
	writer := log.NewSyncWriter(os.Stdout)
	logger := log.NewJSONLogger(writer)
	if os.Args[1] == "logfmt" {
		logger = log.NewLogfmtLogger(writer)
	}
	checkout(log.With(logger, "ts", log.DefaultTimestampUTC, "caller", log.DefaultCaller, "logger", "shop.checkout"))
}

func checkout(logger log.Logger) {
	level.Debug(logger).Log("msg", "cache miss", "key", "user:42")
	level.Info(logger).Log("msg", "order placed", "order_id", 4711, "amount", 99.5, "customer", "acme", "express", true)
	level.Warn(logger).Log("msg", "retrying payment", "attempt", 2)
	if err := pay(); err != nil {
		level.Error(logger).Log("msg", "payment failed", "err", err)
	}
	level.Info(logger).Log("msg", "größe 10 µm “ok”\nsecond line")
}
