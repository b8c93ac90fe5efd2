package archive

import (
	"archive/zip"
	"context"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"path"
	"strings"
	"time"

	"onewindow/internal/kit/sm"
)

// packing writes a zip file into the store while it is made: every byte goes
// through digest, seal and store at once, and none waits in memory.
type packing struct {
	key    string
	zip    *zip.Writer
	sealed io.WriteCloser
	pipe   *io.PipeWriter
	digest hash.Hash
	size   int64
	stored chan error
	over   bool
	undo   func() error
}

// pack begins a package under a key. It must end with close, or with abandon.
func (s *Service) pack(ctx context.Context, key string) (*packing, error) {
	out, in := io.Pipe()
	p := &packing{key: key, pipe: in, digest: sm.NewDigest(), stored: make(chan error, 1),
		undo: func() error { return s.o.Blobs.Delete(context.WithoutCancel(ctx), key) }}
	go func() {
		_, err := s.o.Blobs.Put(ctx, key, out, -1)
		out.CloseWithError(errors.Join(err, io.ErrClosedPipe)) // who writes on is told
		p.stored <- err
	}()
	sealed, err := s.o.Keys.SealStream(sealPackage, in)
	if err != nil {
		return p, err
	}
	p.sealed, p.zip = sealed, zip.NewWriter(p)
	return p, nil
}

// Write takes the bytes of the zip file.
func (p *packing) Write(b []byte) (int, error) {
	p.digest.Write(b)
	p.size += int64(len(b))
	return p.sealed.Write(b)
}

// entry adds a file; n is how much it was.
func (p *packing) entry(name string, at time.Time, r io.Reader) (n int64, err error) {
	method := zip.Deflate
	switch strings.ToLower(path.Ext(name)) {
	case ".pdf", ".jpg", ".jpeg", ".png": // packed already
		method = zip.Store
	}
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: at})
	if err != nil {
		return 0, err
	}
	return io.Copy(w, r)
}

// close ends the package; it is stored then, of this size and with this digest.
func (p *packing) close() (size int64, sm3 string, err error) {
	if err := p.zip.Close(); err != nil {
		return 0, "", err
	}
	if err := p.sealed.Close(); err != nil {
		return 0, "", err
	}
	p.over = true
	p.pipe.Close()
	return p.size, hex.EncodeToString(p.digest.Sum(nil)), <-p.stored
}

// abandon leaves nothing behind where err says that the package did not come to
// its end.
func (p *packing) abandon(err error) error {
	switch {
	case err == nil || p == nil:
		return nil
	case p.over:
		return p.undo()
	}
	p.pipe.CloseWithError(err)
	<-p.stored
	return nil
}
