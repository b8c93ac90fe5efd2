package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"
	"time"

	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/sm"
)

// Beside the files, a folder store has these two folders; no key begins with a
// dot.
const (
	tempFolder   = ".tmp"
	digestFolder = ".sm3" // the digest of file k is in .sm3/k; without it the file is read again
)

var buffers = sync.Pool{New: func() any { return new([128 << 10]byte) }}

// Folder keeps files in a local folder, or in one that several machines mount.
type Folder struct {
	path string
	root *os.Root
	// durable are the folders that are known to survive a power failure.
	durable sync.Map
}

// NewFolder uses the folder at path and makes it when it is not there. What
// broken uploads left behind more than a day ago is removed.
func NewFolder(path string) (*Folder, error) {
	if path == "" {
		return nil, errors.New("blob: the folder has no name")
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	f := &Folder{path: path, root: root}
	for _, dir := range []string{tempFolder, digestFolder} {
		if err := root.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	}
	f.sweep(time.Now().Add(-24 * time.Hour))
	return f, nil
}

// sweep removes temporary files last written before limit; one that cannot be
// removed does no harm.
func (f *Folder) sweep(limit time.Time) {
	left, _ := fs.ReadDir(f.root.FS(), tempFolder)
	for _, e := range left {
		if info, err := e.Info(); err == nil && info.ModTime().Before(limit) {
			f.root.Remove(path.Join(tempFolder, e.Name()))
		}
	}
}

// Name is the folder's path.
func (f *Folder) Name() string { return "file:" + f.path }

// Close gives the folder back; the store is not used afterwards.
func (f *Folder) Close() error { return f.root.Close() }

// Put implements Store: temporary file, fsync, link, fsync of the folder.
func (f *Folder) Put(ctx context.Context, key string, r io.Reader, size int64) (Info, error) {
	if err := checkKey(key); err != nil {
		return Info{}, err
	}
	temp := path.Join(tempFolder, id.New())
	defer f.root.Remove(temp)
	src := &source{ctx: ctx, r: r}
	info, err := f.fill(temp, src)
	switch {
	case src.err != nil:
		return Info{}, src.err
	case err != nil:
		return Info{}, fault.Unavailable(err)
	}
	if err := checkSize(size, info.Size); err != nil {
		return Info{}, err
	}
	err = f.publish(temp, key, info.SM3)
	if errors.Is(err, fs.ErrExist) {
		there, err := f.Stat(ctx, key)
		if err != nil {
			return Info{}, err
		}
		return info, same(there, info)
	}
	if err != nil {
		return Info{}, fault.Unavailable(err)
	}
	return info, nil
}

// fill writes a new file and makes its content durable.
func (f *Folder) fill(name string, r io.Reader) (Info, error) {
	file, err := f.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return Info{}, err
	}
	m, buffer := newMeter(), buffers.Get().(*[128 << 10]byte)
	defer buffers.Put(buffer)
	_, err = io.CopyBuffer(io.MultiWriter(file, m), r, buffer[:])
	if err == nil {
		err = file.Sync()
	}
	return m.info(), errors.Join(err, file.Close())
}

// publish gives a finished file its key unless the key has a file already
// (fs.ErrExist): a hard link, unlike a rename, never replaces. The digest is
// noted afterwards; it need not outlive a power failure.
func (f *Folder) publish(temp, key, digest string) error {
	dir := path.Dir(key)
	if err := f.makeDurable(dir); err != nil {
		return err
	}
	if err := f.root.Link(temp, key); err != nil {
		return err
	}
	if err := f.sync(dir); err != nil {
		return err
	}
	note := path.Join(digestFolder, key)
	if err := f.root.MkdirAll(path.Dir(note), 0o700); err != nil {
		return err
	}
	defer f.root.Remove(temp + ".sm3")
	if err := f.root.WriteFile(temp+".sm3", []byte(digest), 0o600); err != nil {
		return err
	}
	return f.root.Rename(temp+".sm3", note)
}

// makeDurable makes a folder with all above it, and syncs each folder above
// one that may be new.
func (f *Folder) makeDurable(dir string) error {
	if _, ok := f.durable.Load(dir); ok {
		return nil
	}
	if err := f.root.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for d := dir; d != "."; {
		d = path.Dir(d)
		if err := f.sync(d); err != nil {
			return err
		}
	}
	f.durable.Store(dir, true)
	return nil
}

func (f *Folder) sync(dir string) error {
	d, err := f.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Open implements Store.
func (f *Folder) Open(_ context.Context, key string) (io.ReadCloser, Info, error) {
	if err := checkKey(key); err != nil {
		return nil, Info{}, err
	}
	file, err := f.root.Open(key)
	if err != nil {
		return nil, Info{}, gone(err)
	}
	info, err := f.info(file, key)
	if err != nil {
		file.Close()
		return nil, Info{}, err
	}
	return file, info, nil
}

// Stat implements Store.
func (f *Folder) Stat(ctx context.Context, key string) (Info, error) {
	file, info, err := f.Open(ctx, key)
	if err != nil {
		return Info{}, err
	}
	return info, file.Close()
}

func (f *Folder) info(file *os.File, key string) (Info, error) {
	st, err := file.Stat()
	if err != nil {
		return Info{}, fault.Unavailable(err)
	}
	if st.IsDir() {
		return Info{}, missing()
	}
	digest, err := f.root.ReadFile(path.Join(digestFolder, key))
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return Info{}, fault.Unavailable(err)
	case len(digest) == digestLength:
		return Info{Size: st.Size(), SM3: string(digest)}, nil
	}
	sum, size, err := sm.DigestReader(file)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return Info{}, fault.Unavailable(err)
	}
	return Info{Size: size, SM3: sum}, nil
}

const digestLength = 64

// Delete implements Store.
func (f *Folder) Delete(_ context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	for _, name := range []string{key, path.Join(digestFolder, key)} {
		err := f.root.Remove(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = f.sync(path.Dir(name))
		}
		if err != nil {
			return fault.Unavailable(err)
		}
	}
	return nil
}

// gone tells a key without a file from a disk that fails.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return missing()
	}
	return fault.Unavailable(err)
}
