// hclog, of HashiCorp's programs and their plugins, as JSON and as text.
package main

import (
	"os"

	"github.com/hashicorp/go-hclog"
)

func main() {
	checkout(hclog.New(&hclog.LoggerOptions{
		Name:            "shop.checkout",
		Level:           hclog.Trace,
		Output:          os.Stdout,
		JSONFormat:      os.Args[1] == "json",
		IncludeLocation: true,
	}))
}

func checkout(logger hclog.Logger) {
	logger.Debug("cache miss", "key", "user:42")
	logger.Info("order placed", "order_id", 4711, "amount", 99.5, "customer", "acme", "express", true)
	logger.Warn("retrying payment", "attempt", 2, "gateway", map[string]any{"name": "stripe", "timeout_ms": 1500})
	if err := pay(); err != nil {
		logger.Error("payment failed", "error", err, "stacktrace", hclog.Stacktrace())
	}
	logger.Info("größe 10 µm “ok”\nsecond line")
}
