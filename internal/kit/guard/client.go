// Package guard bounds how often one caller may ask: a limiter per key that
// uses a bounded amount of memory, and the caller's address behind proxies
// that are trusted.
package guard

import (
	"net/http"
	"net/netip"
	"strings"
)

// Proxies are the networks whose X-Forwarded-For is believed.
type Proxies []netip.Prefix

// Client is the address of the caller: the connection's, unless that is a
// trusted proxy's; then the last address in X-Forwarded-For that is not. What
// an untrusted caller claims is never believed.
func (p Proxies) Client(r *http.Request) netip.Addr {
	from := peer(r.RemoteAddr)
	if !p.trust(from) {
		return from
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return from
		}
		if from = hop.Unmap(); !p.trust(from) {
			return from
		}
	}
	return from
}

func peer(remote string) netip.Addr {
	if ap, err := netip.ParseAddrPort(remote); err == nil {
		return ap.Addr().Unmap()
	}
	return netip.Addr{}
}

func (p Proxies) trust(a netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// Key is what a limiter counts an address by: IPv6 callers own whole networks,
// so theirs is the /64.
func Key(a netip.Addr) string {
	if a.Is6() {
		if net, err := a.WithZone("").Prefix(64); err == nil {
			return net.Addr().String()
		}
	}
	return a.String()
}
