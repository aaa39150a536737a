// glog, of Google.
package main

import (
	"flag"

	"github.com/golang/glog"
)

func main() {
	_ = flag.Set("logtostderr", "true")
	_ = flag.Set("v", "1")
	flag.Parse()
	checkout()
	glog.Flush()
}

func checkout() {
	glog.V(1).Info("cache miss key=user:42")
	glog.Infof("order placed order_id=%d amount=%.1f customer=%s express=%t", 4711, 99.5, "acme", true)
	glog.Warningf("retrying payment, attempt %d", 2)
	if err := pay(); err != nil {
		glog.Errorf("payment failed: %v", err)
	}
	glog.Info("größe 10 µm “ok”\nsecond line")
}
