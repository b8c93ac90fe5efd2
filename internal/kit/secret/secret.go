// Package secret keeps passwords as argon2id hashes and makes bearer tokens.
package secret

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"

	"golang.org/x/crypto/argon2"
)

// Longest is the longest password in bytes; more is refused unread, because
// hashing time grows with it.
const Longest = 128

// Hasher hashes passwords with one cost. At most as many hashes as there are
// processors run at once, so that a flood of sign-ins costs a bounded amount
// of memory.
type Hasher struct {
	memory, times uint32
	gate          chan struct{}
	decoy         string
}

// Standard is a hasher with 19 MiB and two passes (OWASP's first choice): about
// 40 ms a password.
func Standard() *Hasher { return New(19*1024, 2) }

// New is a hasher with the given memory in KiB and number of passes.
func New(memory, times uint32) *Hasher {
	h := &Hasher{memory: memory, times: times, gate: make(chan struct{}, runtime.NumCPU())}
	salt, sum := make([]byte, 16), make([]byte, 32) // of no password: it costs nothing to make and as much to compare
	rand.Read(salt)
	rand.Read(sum)
	h.decoy = h.written(salt, sum)
	return h
}

// Hash gives the password's hash with its salt and cost, in the PHC format.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if len(password) > Longest {
		return "", fmt.Errorf("secret: password of %d bytes", len(password))
	}
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return h.encode(password), nil
}

// Matches says whether hash was made from password. An empty hash stands for
// an account that does not exist: it takes as long and is false.
func (h *Hasher) Matches(ctx context.Context, password, hash string) (bool, error) {
	if len(password) > Longest {
		return false, nil
	}
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	if hash == "" {
		matches(password, h.decoy)
		return false, nil
	}
	return matches(password, hash), nil
}

func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.gate <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *Hasher) leave() { <-h.gate }

func (h *Hasher) encode(password string) string {
	salt := make([]byte, 16)
	rand.Read(salt)
	return h.written(salt, argon2.IDKey([]byte(password), salt, h.times, h.memory, 1, 32))
}

func (h *Hasher) written(salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, h.memory, h.times, b64(salt), b64(sum))
}

func matches(password, hash string) bool {
	var version int
	var memory, times uint32
	var threads uint8
	var tail string
	n, err := fmt.Sscanf(hash, "$argon2id$v=%d$m=%d,t=%d,p=%d$%s", &version, &memory, &times, &threads, &tail)
	if err != nil || n != 5 || version != argon2.Version || threads == 0 || times == 0 {
		return false
	}
	salt, want, ok := cutSalt(tail)
	if !ok {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, times, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

func cutSalt(tail string) (salt, sum []byte, ok bool) {
	for i := range tail {
		if tail[i] != '$' {
			continue
		}
		salt, err := base64.RawStdEncoding.DecodeString(tail[:i])
		sum, err2 := base64.RawStdEncoding.DecodeString(tail[i+1:])
		return salt, sum, err == nil && err2 == nil && len(sum) > 0
	}
	return nil, nil, false
}

// Token is 32 random bytes in base64url, 43 characters.
func Token() string {
	raw := make([]byte, 32)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

func b64(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }
