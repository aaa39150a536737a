// The Lambda runtime for Go with its logger. The runtime's interface is answered by this program.
package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

func main() {
	api := httptest.NewServer(http.HandlerFunc(answer))
	_ = os.Setenv("AWS_LAMBDA_RUNTIME_API", strings.TrimPrefix(api.URL, "http://"))
	lambda.Start(checkout)
}

func checkout(ctx context.Context) {
	logger := lambdacontext.NewLogger(lambdacontext.WithFunctionARN())
	logger.DebugContext(ctx, "cache miss", "key", "user:42")
	logger.InfoContext(ctx, "order placed", "order_id", 4711, "amount", 99.5, "customer", "acme", "express", true)
	logger.WarnContext(ctx, "retrying payment", "attempt", 2, "gateway", map[string]any{"name": "stripe", "timeout_ms": 1500})
	if err := pay(); err != nil {
		logger.ErrorContext(ctx, "payment failed", "err", err)
	}
	logger.InfoContext(ctx, "größe 10 µm “ok”\nsecond line")
	os.Exit(0)
}

func answer(writer http.ResponseWriter, _ *http.Request) {
	header := writer.Header()
	header.Set("Lambda-Runtime-Aws-Request-Id", "6f2d6f0e-6d1c-4b2b-9d3a-0d5d8a1c2b3e")
	header.Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:shop")
	header.Set("Lambda-Runtime-Deadline-Ms", fmt.Sprint(time.Now().Add(time.Minute).UnixMilli()))
}
