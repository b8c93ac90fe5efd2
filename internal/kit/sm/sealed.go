package sm

import (
	"errors"
	"io"
	"sync"
)

// Sealed reads anywhere in what SealStream wrote, a chunk at a time, so that no
// more than one chunk is held in memory whatever the size.
type Sealed struct {
	mu     sync.Mutex
	r      io.ReadSeeker
	at     int64 // where r stands; -1 when that is not known
	seal   chunks
	head   int64 // bytes before the first chunk
	count  int64 // of chunks
	sealed int64 // bytes of all chunks
	size   int64 // of the plain text
	loaded int64 // the chunk in plain; -1 for none
	box    []byte
	plain  []byte
	offset int64 // of the next Read
}

// OpenSealed opens a stream that can seek. The last chunk is authenticated at
// once, so that a stream that was cut off does not open; every other one when it
// is read. A read fails with ErrSealed where the stream was altered or sealed
// for another context.
func (k *Keyring) OpenSealed(context string, r io.ReadSeeker) (*Sealed, error) {
	head := make([]byte, len(streamMagic)+1)
	if _, err := io.ReadFull(r, head); err != nil || string(head[:len(streamMagic)]) != streamMagic {
		return nil, sealedOr(err)
	}
	rest := make([]byte, int(head[len(streamMagic)])+saltSize)
	if _, err := io.ReadFull(r, rest); err != nil {
		return nil, sealedOr(err)
	}
	key := k.find(string(rest[:len(rest)-saltSize]))
	if key == nil {
		return nil, ErrSealed
	}
	aead, err := key.stream(rest[len(rest)-saltSize:])
	if err != nil {
		return nil, err
	}
	end, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	s := &Sealed{r: r, seal: chunks{aead: aead, context: []byte(context)}, head: int64(len(head) + len(rest)), loaded: -1, at: -1}
	whole := int64(chunkSize + aead.Overhead())
	s.sealed = end - s.head
	s.count = (s.sealed + whole - 1) / whole
	s.size = s.sealed - s.count*int64(aead.Overhead())
	if s.count == 0 || s.size < 0 {
		return nil, ErrSealed
	}
	s.box = make([]byte, whole)
	return s, s.load(s.count - 1)
}

// Size is how many bytes there are to read.
func (s *Sealed) Size() int64 { return s.size }

// load authenticates and opens a chunk.
func (s *Sealed) load(n int64) error {
	if s.loaded == n {
		return nil
	}
	whole := int64(len(s.box))
	from := s.head + n*whole
	if s.at != from { // going on is no new request to a store across the network
		if _, err := s.r.Seek(from, io.SeekStart); err != nil {
			return err
		}
	}
	s.loaded, s.at = -1, -1
	box := s.box[:min(whole, s.sealed-n*whole)]
	if _, err := io.ReadFull(s.r, box); err != nil {
		return sealedOr(err)
	}
	s.at = from + int64(len(box))
	s.seal.n = uint64(n)
	plain, err := s.seal.aead.Open(box[:0], s.seal.next(n == s.count-1), box, s.seal.context)
	if err != nil {
		return ErrSealed
	}
	s.plain, s.loaded = plain, n
	return nil
}

// ReadAt reads at an offset of the plain text.
func (s *Sealed) ReadAt(p []byte, off int64) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.readAt(p, off)
}

func (s *Sealed) readAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("sm: negative offset")
	}
	for n < len(p) {
		if off >= s.size {
			return n, io.EOF
		}
		if err := s.load(off / chunkSize); err != nil {
			return n, err
		}
		got := copy(p[n:], s.plain[off%chunkSize:])
		n, off = n+got, off+int64(got)
	}
	return n, nil
}

// Read goes on where the last one, or Seek, left off.
func (s *Sealed) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.readAt(p, s.offset)
	s.offset += int64(n)
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// Seek sets where the next Read begins.
func (s *Sealed) Seek(offset int64, whence int) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch whence {
	case io.SeekCurrent:
		offset += s.offset
	case io.SeekEnd:
		offset += s.size
	}
	if offset < 0 {
		return 0, errors.New("sm: negative offset")
	}
	s.offset = offset
	return offset, nil
}
