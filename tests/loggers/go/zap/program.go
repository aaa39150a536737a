// zap as production and as development configure it, and as a sugared logger with the errors of
// pkg/errors, which know where they came from.
package main

import (
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func main() {
	config := zap.NewProductionConfig()
	if os.Args[1] == "development" {
		config = zap.NewDevelopmentConfig()
		config.Development = false // DPanic would end the program.
	}
	config.Level = zap.NewAtomicLevelAt(zap.DebugLevel)
	config.OutputPaths = []string{"stdout"}
	if os.Args[1] == "sugared" {
		config.EncoderConfig.TimeKey = "time"
		config.EncoderConfig.EncodeTime = zapcore.ISO8601TimeEncoder
		config.EncoderConfig.EncodeLevel = zapcore.CapitalLevelEncoder
		config.EncoderConfig.EncodeCaller = zapcore.FullCallerEncoder
		config.EncoderConfig.FunctionKey = "func"
	}
	root, err := config.Build()
	if err != nil {
		panic(err)
	}
	if os.Args[1] == "sugared" {
		sugared{root.Named("shop.checkout").Sugar()}.checkout()
	} else {
		checkout(root.Named("shop").Named("checkout"))
	}
}

func checkout(logger *zap.Logger) {
	logger.Debug("cache miss", zap.String("key", "user:42"))
	logger.Info("order placed", zap.Int("order_id", 4711), zap.Float64("amount", 99.5), zap.String("customer", "acme"), zap.Bool("express", true))
	logger.Warn("retrying payment", zap.Int("attempt", 2), zap.Any("gateway", map[string]any{"name": "stripe", "timeout_ms": 1500}))
	if err := pay(); err != nil {
		logger.Error("payment failed", zap.Error(err))
	}
	logger.DPanic("out of disk")
	logger.Info("größe 10 µm “ok”\nsecond line")
}

type sugared struct{ *zap.SugaredLogger }

func (logger sugared) checkout() {
	logger.Debugw("cache miss", "key", "user:42")
	logger.Infow("order placed", "order_id", 4711, "amount", 99.5, "customer", "acme", "express", true)
	logger.Warnw("retrying payment", "attempt", 2, "gateway", map[string]any{"name": "stripe", "timeout_ms": 1500})
	if err := (traced{}).pay(); err != nil {
		logger.Errorw("payment failed", zap.Error(err))
	}
	logger.DPanicw("out of disk")
	logger.Infow("größe 10 µm “ok”\nsecond line")
}
