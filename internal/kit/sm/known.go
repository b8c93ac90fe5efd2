package sm

import (
	"strings"
	"sync"
	"time"

	"github.com/emmansun/gmsm/smx509"
)

// mostKnown bounds what is remembered; certificates come from outside, too.
const mostKnown = 1000

// Remembered keeps what was worked out from bytes that never change their
// meaning, such as a certificate. When it is full it begins anew. What Get gives
// is shared and must not be changed.
type Remembered[T any] struct {
	mu sync.RWMutex
	by map[string]T
}

// Get gives what was worked out from the key's bytes, if it is still known.
func (r *Remembered[T]) Get(key string) (T, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	x, ok := r.by[key]
	return x, ok
}

// Put remembers what was worked out.
func (r *Remembered[T]) Put(key string, x T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by == nil || len(r.by) >= mostKnown {
		r.by = map[string]T{}
	}
	r.by[key] = x
}

var certificates Remembered[*smx509.Certificate]

// parse reads a certificate in DER; what it returns is shared.
func parse(der []byte) (*smx509.Certificate, error) {
	if c, ok := certificates.Get(string(der)); ok {
		return c, nil
	}
	c, err := smx509.ParseCertificate(der)
	if err == nil {
		certificates.Put(string(der), c)
	}
	return c, err
}

// span is when a chain of certificates that was verified is valid.
type span struct{ from, to time.Time }

func (s span) holds(at time.Time) bool { return !at.Before(s.from) && !at.After(s.to) }

// spanOf is when every certificate of a chain is valid.
func spanOf(chain []*smx509.Certificate) span {
	s := span{chain[0].NotBefore, chain[0].NotAfter}
	for _, c := range chain[1:] {
		if c.NotBefore.After(s.from) {
			s.from = c.NotBefore
		}
		if c.NotAfter.Before(s.to) {
			s.to = c.NotAfter
		}
	}
	return s
}

// chainKey names a certificate together with the roots it was held to.
func chainKey(cert []byte, roots [][]byte) string {
	var b strings.Builder
	b.Write(cert)
	for _, r := range roots {
		b.Write(r)
	}
	return b.String()
}
