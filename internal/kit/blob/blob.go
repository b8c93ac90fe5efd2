// Package blob keeps files (申请材料, 文书, 证照) under keys: in a local folder, or in
// an S3 store that several machines share. Files are streamed, never held
// whole in memory, and each has its SM3 digest reckoned on the way in.
package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/url"
	"regexp"
	"strings"

	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

// Info is what is known of a stored file.
type Info struct {
	Size int64
	SM3  string // in hex; empty when another program put the file into S3
}

// Store keeps files. What cannot be done because disk or network fail is
// fault.Unavailable; a key without a file is fault.Missing("blob.missing").
// Keys are letters, digits, "-", "_", "." and "/".
type Store interface {
	// Put stores what r gives; size is how much it will be, or -1. A file is never
	// replaced: the same content again is no error, other content is
	// fault.Conflict("blob.exists"). More or less than size is
	// fault.Invalid("blob.size"). Errors of r are returned as they are. When Put
	// returns without error, the file survives a power failure; with one,
	// nothing is stored.
	Put(ctx context.Context, key string, r io.Reader, size int64) (Info, error)
	// Open reads a file; the caller closes it. The reader can also seek.
	Open(ctx context.Context, key string) (io.ReadCloser, Info, error)
	Stat(ctx context.Context, key string) (Info, error)
	// Delete removes a file; one that is not there is no error.
	Delete(ctx context.Context, key string) error
	// Name says where the files are, without secrets.
	Name() string
}

// Connect opens the store that an address names: "file:/var/lib/onewindow/blob"
// or "s3://access:secret@host:9000/bucket/prefix?region=r&tls=1". The address of
// S3 is not tried before the first use.
func Connect(address string) (Store, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("blob: the address is no URL")
	}
	switch u.Scheme {
	case "file":
		return NewFolder(u.Path + u.Opaque)
	case "s3":
		secret, _ := u.User.Password()
		bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
		return NewS3(S3Config{Endpoint: u.Host, Bucket: bucket, Prefix: prefix, AccessKey: u.User.Username(),
			SecretKey: secret, Region: u.Query().Get("region"), TLS: u.Query().Get("tls") == "1"})
	}
	return nil, fmt.Errorf("blob: no store is called %q", u.Scheme)
}

// ErrAltered is what a Checked reader ends with when the file is not the one
// that was stored.
var ErrAltered = errors.New("blob: the stored file was altered")

// Checked wraps what Open gave: reading it to the end fails with ErrAltered
// unless size and digest are those of info.
func Checked(rc io.ReadCloser, info Info) io.ReadCloser {
	return &checked{ReadCloser: rc, info: info, digest: newMeter()}
}

type checked struct {
	io.ReadCloser
	info   Info
	digest *meter
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.digest.Write(p[:n])
	if errors.Is(err, io.EOF) && c.digest.info() != c.info {
		return n, ErrAltered
	}
	return n, err
}

// meter counts and digests what is written to it.
type meter struct {
	hash hash.Hash
	size int64
}

func newMeter() *meter { return &meter{hash: sm.NewDigest()} }

func (m *meter) Write(p []byte) (int, error) {
	m.size += int64(len(p))
	return m.hash.Write(p)
}

func (m *meter) info() Info { return Info{Size: m.size, SM3: hex.EncodeToString(m.hash.Sum(nil))} }

// source reads the sender's bytes and remembers whose error it was.
type source struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		s.err = err
		return 0, err
	}
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

const maxKey = 200

var keyForm = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$`)

func checkKey(key string) error {
	if len(key) > maxKey || !keyForm.MatchString(key) {
		return fmt.Errorf("blob: %q is no key", key)
	}
	return nil
}

// same answers a Put on a key that is taken.
func same(there, sent Info) error {
	if there != sent {
		return fault.Conflict("blob.exists")
	}
	return nil
}

func missing() error { return fault.Missing("blob.missing") }

func checkSize(announced, got int64) error {
	if announced >= 0 && announced != got {
		return fault.Invalid("blob.size")
	}
	return nil
}
