package sm

import (
	"bufio"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
)

// A sealed stream is: magic, length of key id, key id, salt, chunks. Each
// chunk is SM4-GCM of at most chunkSize bytes under a key derived from the
// salt; its nonce holds the chunk's number and whether it is the last, so that
// chunks cannot be dropped, swapped or cut off.
const (
	streamMagic = "OWS1"
	saltSize    = 16
	chunkSize   = 64 << 10
)

// SealStream encrypts what is written to it into w. Close writes the last
// chunk and does not close w; without it the stream does not open.
func (k *Keyring) SealStream(context string, w io.Writer) (io.WriteCloser, error) {
	key, salt := k.newest(), make([]byte, saltSize)
	rand.Read(salt)
	aead, err := key.stream(salt)
	if err != nil {
		return nil, err
	}
	head := append([]byte(streamMagic), byte(len(key.id)))
	head = append(append(head, key.id...), salt...)
	if _, err := w.Write(head); err != nil {
		return nil, err
	}
	return &sealer{w: w, chunks: chunks{aead: aead, context: []byte(context)}, plain: make([]byte, 0, chunkSize)}, nil
}

// OpenStream decrypts what SealStream wrote. Bytes are handed out only after
// their chunk is authenticated; a Read fails with ErrSealed when the stream was
// altered, cut off or sealed for another context.
func (k *Keyring) OpenStream(context string, r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, chunkSize+64)
	head := make([]byte, len(streamMagic)+1)
	if _, err := io.ReadFull(in, head); err != nil || string(head[:len(streamMagic)]) != streamMagic {
		return nil, sealedOr(err)
	}
	rest := make([]byte, int(head[len(streamMagic)])+saltSize)
	if _, err := io.ReadFull(in, rest); err != nil {
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
	return &opener{r: in, chunks: chunks{aead: aead, context: []byte(context)},
		box: make([]byte, chunkSize+aead.Overhead())}, nil
}

func (k *key) stream(salt []byte) (cipher.AEAD, error) {
	return gcm(mac(k.secret, "onewindow/stream", string(salt)))
}

// sealedOr keeps errors of the medium and turns a short stream into ErrSealed.
func sealedOr(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrSealed
	}
	return err
}

type chunks struct {
	aead    cipher.AEAD
	context []byte
	n       uint64
	nonce   [12]byte
}

// next is the nonce of the next chunk; no key is used for two streams, so the
// number alone makes it unique.
func (c *chunks) next(last bool) []byte {
	binary.BigEndian.PutUint64(c.nonce[:8], c.n)
	c.nonce[11] = 0
	if last {
		c.nonce[11] = 1
	}
	c.n++
	return c.nonce[:]
}

type sealer struct {
	chunks
	w     io.Writer
	plain []byte
	box   []byte
}

func (s *sealer) Write(p []byte) (int, error) {
	total := len(p)
	for len(p) > 0 {
		if len(s.plain) == chunkSize {
			if err := s.flush(false); err != nil {
				return total - len(p), err
			}
		}
		n := min(len(p), chunkSize-len(s.plain))
		s.plain = append(s.plain, p[:n]...)
		p = p[n:]
	}
	return total, nil
}

func (s *sealer) Close() error { return s.flush(true) }

func (s *sealer) flush(last bool) error {
	s.box = s.aead.Seal(s.box[:0], s.next(last), s.plain, s.context)
	s.plain = s.plain[:0]
	_, err := s.w.Write(s.box)
	return err
}

type opener struct {
	chunks
	r     *bufio.Reader
	box   []byte
	plain []byte
	done  bool
}

func (o *opener) Read(p []byte) (int, error) {
	for len(o.plain) == 0 {
		if o.done {
			return 0, io.EOF
		}
		if err := o.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, o.plain)
	o.plain = o.plain[n:]
	return n, nil
}

func (o *opener) fill() error {
	n, err := io.ReadFull(o.r, o.box)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return sealedOr(err)
	}
	if err == nil {
		_, err = o.r.Peek(1)
	}
	last := err != nil
	if last && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	o.plain, err = o.aead.Open(o.box[:0], o.next(last), o.box[:n], o.context)
	if err != nil {
		return ErrSealed
	}
	o.done = last
	return nil
}
