// The standard library's log, bare and with a prefix, microseconds and the file.
package main

import (
	"log"
	"os"
)

func main() {
	log.SetOutput(os.Stdout)
	log.Print("cache miss key=user:42")
	logger := log.New(os.Stdout, "shop.checkout: ", log.LstdFlags|log.Lmicroseconds|log.Lshortfile|log.LUTC)
	logger.Printf("order placed order_id=%d amount=%.1f customer=%s express=%t", 4711, 99.5, "acme", true)
	logger.Printf("retrying payment attempt=%d", 2)
	if err := pay(); err != nil {
		logger.Printf("payment failed: %v", err)
	}
	logger.Print("größe 10 µm “ok”\nsecond line")
}
