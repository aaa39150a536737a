// logrus with its JSONFormatter, once as it is and once with callers and fractions of seconds, and
// with the TextFormatter as it writes where there is no terminal.
package main

import (
	"os"

	"github.com/sirupsen/logrus"
)

func main() {
	logger := logrus.New()
	logger.SetOutput(os.Stdout)
	logger.SetLevel(logrus.DebugLevel)
	switch os.Args[1] {
	case "text":
		logger.SetFormatter(&logrus.TextFormatter{})
	case "caller":
		logger.SetFormatter(&logrus.JSONFormatter{TimestampFormat: "2006-01-02T15:04:05.000Z07:00"})
		logger.SetReportCaller(true)
	default:
		logger.SetFormatter(&logrus.JSONFormatter{})
	}
	checkout(logger.WithField("logger", "shop.checkout"))
}

func checkout(logger *logrus.Entry) {
	logger.WithField("key", "user:42").Debug("cache miss")
	logger.WithFields(logrus.Fields{"order_id": 4711, "amount": 99.5, "customer": "acme", "express": true}).Info("order placed")
	logger.WithFields(logrus.Fields{"attempt": 2, "gateway": map[string]any{"name": "stripe", "timeout_ms": 1500}}).Warn("retrying payment")
	if err := pay(); err != nil {
		logger.WithError(err).Error("payment failed")
	}
	logger.Log(logrus.FatalLevel, "out of disk")
	logger.Info("größe 10 µm “ok”\nsecond line")
}
