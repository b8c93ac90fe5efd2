package sm

import (
	"encoding/hex"
	"hash"
	"io"

	"github.com/emmansun/gmsm/sm3"
)

// Digest is the SM3 digest of data in 64 lower-case hex digits.
func Digest(data []byte) string {
	sum := sm3.Sum(data)
	return hex.EncodeToString(sum[:])
}

// NewDigest is a running SM3 digest.
func NewDigest() hash.Hash { return sm3.New() }

// DigestReader reads r to its end and gives the digest in hex and the number
// of bytes.
func DigestReader(r io.Reader) (string, int64, error) {
	h := sm3.New()
	n, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), n, err
}
