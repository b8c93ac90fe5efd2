package blob

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"onewindow/internal/kit/fault"
)

// S3Config says where the bucket is. The bucket must be there already.
type S3Config struct {
	Endpoint             string // host or host:port
	Bucket, Prefix       string
	AccessKey, SecretKey string
	Region               string
	TLS                  bool
}

// S3 keeps files in a bucket of an S3 store. The digest is kept as metadata of
// the object.
type S3 struct {
	client         *minio.Client
	bucket, prefix string
	name           string
}

// digestKey is the name of the metadata entry, as HTTP writes it.
const digestKey = "Sm3"

// NewS3 prepares the store; nothing is sent before the first use.
func NewS3(c S3Config) (*S3, error) {
	if c.Bucket == "" {
		return nil, errors.New("blob: S3 needs a bucket")
	}
	transport, err := minio.DefaultTransport(c.TLS)
	if err != nil {
		return nil, err
	}
	transport.ResponseHeaderTimeout = 30 * time.Second
	client, err := minio.New(c.Endpoint, &minio.Options{
		Creds:      credentials.NewStaticV4(c.AccessKey, c.SecretKey, ""),
		Secure:     c.TLS,
		Region:     c.Region,
		Transport:  transport,
		MaxRetries: 3,
	})
	if err != nil {
		return nil, err
	}
	return &S3{client: client, bucket: c.Bucket, prefix: c.Prefix,
		name: "s3://" + path.Join(c.Endpoint, c.Bucket, c.Prefix)}, nil
}

// Name is address, bucket and prefix.
func (s *S3) Name() string { return s.name }

func (s *S3) key(key string) string { return path.Join(s.prefix, key) }

// Put implements Store. The digest goes in before the content, so the content
// is read twice: what cannot seek is put into a temporary file first.
func (s *S3) Put(ctx context.Context, key string, r io.Reader, size int64) (Info, error) {
	if err := checkKey(key); err != nil {
		return Info{}, err
	}
	src := &source{ctx: ctx, r: r}
	content, info, done, err := measured(src, r)
	defer done()
	switch {
	case src.err != nil:
		return Info{}, src.err
	case err != nil:
		return Info{}, fault.Unavailable(err)
	}
	if err := checkSize(size, info.Size); err != nil {
		return Info{}, err
	}
	// Where another Put of this key is just under way, the store refuses this one
	// and does not show the other yet.
	for wait := 20 * time.Millisecond; ; wait *= 2 {
		err = s.send(ctx, key, content, info)
		if err == nil {
			return info, nil
		}
		if !refused(err) || wait > time.Second {
			return Info{}, fault.Unavailable(err)
		}
		if there, err := s.Stat(ctx, key); err == nil {
			return info, same(there, info)
		}
		select {
		case <-ctx.Done():
			return Info{}, ctx.Err()
		case <-time.After(wait):
		}
	}
}

// send puts content in one request, all or nothing.
func (s *S3) send(ctx context.Context, key string, content io.ReadSeeker, info Info) error {
	start, err := content.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	options := minio.PutObjectOptions{
		UserMetadata:     map[string]string{digestKey: info.SM3},
		ContentType:      "application/octet-stream",
		DisableMultipart: true,
	}
	options.SetMatchETagExcept("*")
	if _, err = s.client.PutObject(ctx, s.bucket, s.key(key), content, info.Size, options); err == nil {
		return nil
	}
	_, again := content.Seek(start, io.SeekStart)
	return errors.Join(err, again)
}

// refused says that the store would not replace a file.
func refused(err error) bool {
	var answer minio.ErrorResponse
	if !errors.As(err, &answer) {
		return false
	}
	status := answer.StatusCode
	return status == http.StatusPreconditionFailed || status == http.StatusConflict
}

// measured gives content that can be read again, with its digest, and what to
// call when it is done with.
func measured(src *source, r io.Reader) (io.ReadSeeker, Info, func(), error) {
	m := newMeter()
	if again, ok := r.(io.ReadSeeker); ok {
		start, err := again.Seek(0, io.SeekCurrent)
		if err == nil {
			_, err = io.Copy(m, src)
			if err == nil {
				_, err = again.Seek(start, io.SeekStart)
			}
			return again, m.info(), func() {}, err
		}
	}
	temp, err := os.CreateTemp("", "onewindow-blob-*")
	if err != nil {
		return nil, Info{}, func() {}, err
	}
	done := func() { temp.Close(); os.Remove(temp.Name()) }
	if _, err = io.Copy(io.MultiWriter(temp, m), src); err == nil {
		_, err = temp.Seek(0, io.SeekStart)
	}
	return temp, m.info(), done, err
}

// Open implements Store.
func (s *S3) Open(ctx context.Context, key string) (io.ReadCloser, Info, error) {
	if err := checkKey(key); err != nil {
		return nil, Info{}, err
	}
	object, err := s.client.GetObject(ctx, s.bucket, s.key(key), minio.GetObjectOptions{})
	if err != nil {
		return nil, Info{}, absent(err)
	}
	st, err := object.Stat()
	if err != nil {
		object.Close()
		return nil, Info{}, absent(err)
	}
	return object, infoOf(st), nil
}

// Stat implements Store.
func (s *S3) Stat(ctx context.Context, key string) (Info, error) {
	if err := checkKey(key); err != nil {
		return Info{}, err
	}
	st, err := s.client.StatObject(ctx, s.bucket, s.key(key), minio.StatObjectOptions{})
	if err != nil {
		return Info{}, absent(err)
	}
	return infoOf(st), nil
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	err := s.client.RemoveObject(ctx, s.bucket, s.key(key), minio.RemoveObjectOptions{})
	if err != nil && !errors.Is(absent(err), missing()) {
		return fault.Unavailable(err)
	}
	return nil
}

func infoOf(st minio.ObjectInfo) Info { return Info{Size: st.Size, SM3: st.UserMetadata[digestKey]} }

// absent tells a key without a file from a store that fails.
func absent(err error) error {
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return missing()
	}
	return fault.Unavailable(err)
}
