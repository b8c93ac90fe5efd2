package blob

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

func folder(t testing.TB, path string) *Folder {
	t.Helper()
	f, err := NewFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// files lists what stands in a folder.
func files(t *testing.T, path string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, strings.TrimPrefix(p, path+"/"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFolder(t *testing.T) {
	path := t.TempDir()
	battery(t, folder(t, path))
	for _, name := range files(t, path) {
		if strings.HasPrefix(name, tempFolder) || strings.Contains(name, "broken") {
			t.Errorf("left behind: %s", name)
		}
	}
}

func TestFolderOutlivesItsProcess(t *testing.T) {
	path := t.TempDir()
	want := put(t, folder(t, path), "a/b", []byte("内容"))
	got, info := get(t, folder(t, path), "a/b")
	if string(got) != "内容" || info != want {
		t.Errorf("%q, %v", got, info)
	}
	st, err := os.Stat(filepath.Join(path, "a/b"))
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", st.Mode(), err)
	}
}

func TestFolderFindsAlteration(t *testing.T) {
	path := t.TempDir()
	s := folder(t, path)
	put(t, s, "a", []byte("内容"))
	if err := os.WriteFile(filepath.Join(path, "a"), []byte("内穷"), 0o600); err != nil {
		t.Fatal(err)
	}
	rc, info, err := s.Open(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	defer rc.Close()
	if _, err := new(bytes.Buffer).ReadFrom(Checked(rc, info)); err != ErrAltered {
		t.Errorf("%v", err)
	}
}

// TestCrashBeforeTheLastStep: a digest without its file is as nothing.
func TestCrashBeforeTheLastStep(t *testing.T) {
	path := t.TempDir()
	s := folder(t, path)
	put(t, s, "a", []byte("old"))
	if err := os.Remove(filepath.Join(path, "a")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Stat(t.Context(), "a"); code(err) != "blob.missing" {
		t.Error(err)
	}
	want := put(t, s, "a", []byte("new content"))
	if _, info := get(t, s, "a"); info != want {
		t.Errorf("%v", info)
	}
}

// TestLostDigest: the note beside a file may be lost; the file is read again.
func TestLostDigest(t *testing.T) {
	path := t.TempDir()
	s := folder(t, path)
	want := put(t, s, "a", []byte("内容"))
	note := filepath.Join(path, digestFolder, "a")
	for _, spoil := range []func() error{
		func() error { return os.Truncate(note, 0) },
		func() error { return os.Remove(note) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if got, info := get(t, s, "a"); string(got) != "内容" || info != want {
			t.Errorf("%q, %v", got, info)
		}
		put(t, s, "a", []byte("内容"))
	}
}

func TestNewFolderSweepsOldRemains(t *testing.T) {
	path := t.TempDir()
	folder(t, path)
	old, young := filepath.Join(path, tempFolder, "old"), filepath.Join(path, tempFolder, "young")
	for _, p := range []string{old, young} {
		if err := os.WriteFile(p, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	folder(t, path)
	if got := strings.Join(files(t, path), " "); got != ".tmp/young" {
		t.Errorf("left: %s", got)
	}
}

func TestLinksDoNotLeadOut(t *testing.T) {
	path, outside := t.TempDir(), t.TempDir()
	s := folder(t, path)
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(path, "link")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Open(t.Context(), "link/secret"); err == nil {
		t.Error("a link leads out of the store")
	}
}

// TestDiskFull fills a small file system, where the test may mount one.
func TestDiskFull(t *testing.T) {
	path := t.TempDir()
	if err := syscall.Mount("tmpfs", path, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("no file system to fill: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(path, syscall.MNT_DETACH) })
	s := folder(t, path)
	put(t, s, "small", random(1000))
	_, err := s.Put(t.Context(), "large", bytes.NewReader(random(2<<20)), 2<<20)
	if fault.Of(err).Kind != fault.KindUnavailable {
		t.Errorf("%v", err)
	}
	if got := strings.Join(files(t, path), " "); got != ".sm3/small small" {
		t.Errorf("left: %s", got)
	}
	put(t, s, "small2", random(1000))
}

func TestErrorsOfTheDiskAreUnavailable(t *testing.T) {
	for _, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EIO, syscall.EACCES, syscall.EROFS} {
		if f := fault.Of(gone(&fs.PathError{Op: "write", Path: "x", Err: errno})); f.Kind != fault.KindUnavailable {
			t.Errorf("%v: %v", errno, f)
		}
	}
	path := t.TempDir()
	s := folder(t, path)
	if err := os.RemoveAll(filepath.Join(path, tempFolder)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), "a", strings.NewReader("x"), 1); fault.Of(err).Kind != fault.KindUnavailable {
		t.Errorf("folder damaged: %v", err)
	}
}

func BenchmarkFolderPut(b *testing.B) {
	s := folder(b, b.TempDir())
	content := random(200 << 10)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		put(b, s, "case/"+string(rune('a'+i%26))+"/"+strings.Repeat("x", 1+i%150)+string(rune('a'+i/150%26))+string(rune('a'+i/3900%26)), content)
	}
}

// Many put different content under one key at once: one stays, whole, and the
// others are told.
func TestOneOfManyPutsStays(t *testing.T) {
	f := folder(t, t.TempDir())
	var won atomic.Int32
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			_, err := f.Put(context.Background(), "a/b", strings.NewReader(strings.Repeat(string(rune('a'+i%26)), 1000+i)), -1)
			switch {
			case err == nil:
				won.Add(1)
			case code(err) != "blob.exists":
				t.Error(err)
			}
		})
	}
	wg.Wait()
	content, info := get(t, f, "a/b")
	if won.Load() != 1 || sm.Digest(content) != info.SM3 {
		t.Fatalf("%d won; digest %s", won.Load(), info.SM3)
	}
}
