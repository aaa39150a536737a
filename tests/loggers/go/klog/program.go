// klog, of Kubernetes, with plain and with structured calls.
package main

import (
	"flag"

	"k8s.io/klog/v2"
)

func main() {
	klog.InitFlags(nil)
	_ = flag.Set("v", "4")
	checkout()
	klog.Flush()
}

func checkout() {
	klog.V(4).InfoS("cache miss", "key", "user:42")
	klog.InfoS("order placed", "order_id", 4711, "amount", 99.5, "customer", "acme", "express", true)
	klog.Warningf("retrying payment, attempt %d", 2)
	if err := pay(); err != nil {
		klog.ErrorS(err, "payment failed")
	}
	klog.Info("größe 10 µm “ok”\nsecond line")
}
