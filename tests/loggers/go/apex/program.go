// apex/log with its JSON handler and with that for logfmt.
package main

import (
	"os"

	"github.com/apex/log"
	"github.com/apex/log/handlers/json"
	"github.com/apex/log/handlers/logfmt"
)

func main() {
	log.SetLevel(log.DebugLevel)
	log.SetHandler(json.New(os.Stdout))
	if os.Args[1] == "logfmt" {
		log.SetHandler(logfmt.New(os.Stdout))
	}
	checkout(log.WithField("logger", "shop.checkout"))
}

func checkout(logger log.Interface) {
	logger.WithField("key", "user:42").Debug("cache miss")
	logger.WithFields(log.Fields{"order_id": 4711, "amount": 99.5, "customer": "acme", "express": true}).Info("order placed")
	logger.WithFields(log.Fields{"attempt": 2, "gateway": map[string]any{"name": "stripe", "timeout_ms": 1500}}).Warn("retrying payment")
	if err := pay(); err != nil {
		logger.WithError(err).Error("payment failed")
	}
	logger.Info("größe 10 µm “ok”\nsecond line")
}
