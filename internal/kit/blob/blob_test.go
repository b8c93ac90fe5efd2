package blob

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

func random(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{byte(n)}).Read(b)
	return b
}

func put(t testing.TB, s Store, key string, content []byte) Info {
	t.Helper()
	info, err := s.Put(t.Context(), key, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatalf("Put %s: %v", key, err)
	}
	return info
}

func get(t testing.TB, s Store, key string) ([]byte, Info) {
	t.Helper()
	rc, info, err := s.Open(t.Context(), key)
	if err != nil {
		t.Fatalf("Open %s: %v", key, err)
	}
	defer rc.Close()
	b, err := io.ReadAll(Checked(rc, info))
	if err != nil {
		t.Fatalf("read %s: %v", key, err)
	}
	return b, info
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Code
}

// battery is what every store must do.
func battery(t *testing.T, s Store) {
	t.Run("round trip", func(t *testing.T) {
		for _, n := range []int{0, 1, 100_000, 3 << 20} {
			content := random(n)
			key := "case/2026/" + sm.Digest(content)[:12] + ".pdf"
			sent := put(t, s, key, content)
			got, info := get(t, s, key)
			if !bytes.Equal(got, content) || info != sent || info != (Info{int64(n), sm.Digest(content)}) {
				t.Errorf("%d bytes: %v, %v", n, sent, info)
			}
			if st, err := s.Stat(t.Context(), key); err != nil || st != info {
				t.Errorf("Stat = %v, %v", st, err)
			}
		}
	})
	t.Run("seek", func(t *testing.T) {
		content := random(200_000)
		put(t, s, "seek", content)
		rc, _, err := s.Open(t.Context(), "seek")
		if err != nil {
			t.Fatal(err)
		}
		defer rc.Close()
		part := make([]byte, 500)
		if _, err := rc.(io.Seeker).Seek(150_000, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(rc, part); err != nil || !bytes.Equal(part, content[150_000:150_500]) {
			t.Errorf("a part is wrong: %v", err)
		}
	})
	t.Run("stream of unknown size", func(t *testing.T) {
		content := random(300_000)
		info, err := s.Put(t.Context(), "stream", iotest.HalfReader(bytes.NewReader(content)), -1)
		if got, _ := get(t, s, "stream"); err != nil || info.Size != 300_000 || !bytes.Equal(got, content) {
			t.Errorf("%v, %v", info, err)
		}
	})
	t.Run("never replaced", func(t *testing.T) {
		put(t, s, "once", []byte("first"))
		if info := put(t, s, "once", []byte("first")); info.Size != 5 {
			t.Errorf("the same again: %v", info)
		}
		if _, err := s.Put(t.Context(), "once", strings.NewReader("other"), 5); code(err) != "blob.exists" {
			t.Errorf("other content: %v", err)
		}
		if got, _ := get(t, s, "once"); string(got) != "first" {
			t.Errorf("now %q", got)
		}
	})
	t.Run("missing and deleted", func(t *testing.T) {
		put(t, s, "d/gone", []byte("x"))
		for range 2 {
			if err := s.Delete(t.Context(), "d/gone"); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := s.Open(t.Context(), "d/gone"); code(err) != "blob.missing" {
			t.Errorf("Open: %v", err)
		}
		if _, err := s.Stat(t.Context(), "d/gone"); code(err) != "blob.missing" {
			t.Errorf("Stat: %v", err)
		}
		if _, err := s.Stat(t.Context(), "d"); code(err) != "blob.missing" {
			t.Errorf("Stat of a folder: %v", err)
		}
		put(t, s, "d/gone", []byte("again"))
	})
	t.Run("failing senders", func(t *testing.T) { failingSenders(t, s) })
	t.Run("at the same time", func(t *testing.T) {
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				key := "many/" + string(rune('a'+i%4))
				if _, err := s.Put(t.Context(), key, strings.NewReader(key), -1); err != nil {
					t.Errorf("%s: %v", key, err)
				}
			})
		}
		wg.Wait()
		if got, _ := get(t, s, "many/c"); string(got) != "many/c" {
			t.Errorf("many/c holds %q", got)
		}
	})
}

func failingSenders(t *testing.T, s Store) {
	hung := errors.New("the line broke")
	broken := io.MultiReader(bytes.NewReader(random(100_000)), iotest.ErrReader(hung))
	if _, err := s.Put(t.Context(), "broken", broken, 200_000); !errors.Is(err, hung) {
		t.Errorf("broken line: %v", err)
	}
	for _, size := range []int64{4, 6} {
		if _, err := s.Put(t.Context(), "broken", strings.NewReader("12345"), size); code(err) != "blob.size" {
			t.Errorf("size %d: %v", size, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Put(ctx, "broken", strings.NewReader("12345"), 5); fault.Of(err).Kind != fault.KindUnavailable {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := s.Stat(t.Context(), "broken"); code(err) != "blob.missing" {
		t.Errorf("something was stored: %v", err)
	}
	for _, key := range []string{"", "/x", "x/", "a//b", "../x", "a/../../x", "a/./b", ".sm3/x", ".tmp/x", "a\x00b", "a\\b", "案卷", strings.Repeat("k", 201)} {
		if _, err := s.Put(t.Context(), key, strings.NewReader("x"), 1); err == nil {
			t.Errorf("key %q is accepted", key)
		}
		if _, _, err := s.Open(t.Context(), key); err == nil {
			t.Errorf("key %q opens", key)
		}
		if err := s.Delete(t.Context(), key); err == nil {
			t.Errorf("key %q is deleted", key)
		}
	}
}

func TestCheckedFindsAlteration(t *testing.T) {
	info := Info{Size: 5, SM3: sm.Digest([]byte("12345"))}
	for content, want := range map[string]error{"12345": nil, "12346": ErrAltered, "1234": ErrAltered, "123456": ErrAltered} {
		if _, err := io.ReadAll(Checked(io.NopCloser(strings.NewReader(content)), info)); !errors.Is(err, want) {
			t.Errorf("%s: %v", content, err)
		}
	}
}

func TestConnect(t *testing.T) {
	folder := t.TempDir()
	for address, want := range map[string]string{
		"file:" + folder:   "file:" + folder,
		"file://" + folder: "file:" + folder,
		"s3://me:secret@store:9000/bucket/a/b?region=cn&tls=1": "s3://store:9000/bucket/a/b",
	} {
		s, err := Connect(address)
		if err != nil || s.Name() != want {
			t.Errorf("%s: %v, %v", address, s, err)
		}
	}
	for _, address := range []string{"", "ftp://x", "s3://host", "file:", "s3://%zz:secret@x/y"} {
		if _, err := Connect(address); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
