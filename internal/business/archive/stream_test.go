package archive

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strconv"
	"testing"
	"testing/iotest"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/kit/fault"
)

// big is content of a size that no memory of this program should hold: every
// opening gives the same bytes.
func big(size int64) content {
	return func() (io.ReadCloser, error) { return io.NopCloser(io.LimitReader(&counting{}, size)), nil }
}

type counting struct{ n byte }

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		c.n = c.n*31 + 7
		p[i] = c.n
	}
	return len(p), nil
}

// allocated is how many bytes fn asked memory for, all in all.
func allocated(fn func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	fn()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// begun is a package under way of a case that was withdrawn.
func begun(t *testing.T, w *casetest.World, s *Service, eventID string) *making {
	t.Helper()
	ctx := context.Background()
	c := w.Submit(w.Food())
	if err := w.Casework.Withdraw(ctx, w.Actor("lina"), casework.Withdraw{Seen: casetest.Seen(c), Reason: "不办了"}); err != nil {
		t.Fatal(err)
	}
	k, err := s.begin(ctx, c.ID, eventID)
	if err != nil || k == nil {
		t.Fatal(err)
	}
	if k.pack, err = s.pack(ctx, "archive/"+k.m.ID+".zip"); err != nil {
		t.Fatal(err)
	}
	return k
}

// Making, checking and handing out a package asks for a small part of its size
// in memory, added up over the whole time, and not more for one four times as
// large.
func TestAPackageIsNeverHeldWhole(t *testing.T) {
	const most = 4 << 20
	w := casetest.SQLite(t)
	s, _ := service(w)
	for _, size := range []int64{8 << 20, 32 << 20} {
		k := begun(t, w, s, "event-"+strconv.FormatInt(size, 10))
		if got := allocated(func() {
			if err := errors.Join(k.put("material", "materials/大图.jpg", "大图", big(size)), k.finish(context.Background())); err != nil {
				t.Fatal(err)
			}
		}); got > most {
			t.Errorf("%d bytes are made with %d bytes of memory", size, got)
		}
		if got := allocated(func() {
			_, x, err := s.Download(context.Background(), w.Actor("handler"), k.m.ID)
			if err != nil || x.Size() < size {
				t.Fatal(err)
			}
			defer x.Close()
			if n, err := io.Copy(io.Discard, x); err != nil || n != x.Size() {
				t.Fatalf("%d %v", n, err)
			}
			r, err := Check(x, x.Size(), nil)
			if err != nil || !r.Sound() || len(r.Manifest.Files) != 1 {
				t.Fatalf("%+v %v", r.Findings, err)
			}
		}); got > most {
			t.Errorf("%d bytes are handed out and checked with %d bytes of memory", size, got)
		}
	}
}

// narrow refuses to give much at once, as a reader of a whole package would ask.
type narrow struct {
	io.ReaderAt
	t    *testing.T
	most int
}

func (n narrow) ReadAt(p []byte, off int64) (int, error) {
	if len(p) > n.most {
		n.t.Errorf("%d bytes are asked for at once", len(p))
	}
	return n.ReaderAt.ReadAt(p, off)
}

// The check asks a package for small parts only.
func TestTheCheckReadsInParts(t *testing.T) {
	w := casetest.SQLite(t)
	s, _ := service(w)
	k := begun(t, w, s, "event")
	if err := errors.Join(k.put("material", "materials/a.jpg", "图", big(8<<20)), k.put("material", "materials/a.txt", "文", big(8<<20)), k.finish(context.Background())); err != nil {
		t.Fatal(err)
	}
	_, x, err := s.Download(context.Background(), w.Actor("handler"), k.m.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	r, err := Check(narrow{x, t, 128 << 10}, x.Size(), nil)
	if err != nil || !r.Sound() {
		t.Errorf("%+v %v", r.Findings, err)
	}
}

// What cannot be read to its end leaves no trace in the package but a line of
// what lacks; a store that is away leaves no package, and it is tried again.
func TestWhatCannotBeReadLeavesNoTrace(t *testing.T) {
	w := casetest.SQLite(t)
	s, _ := service(w)
	k := begun(t, w, s, "event")
	broken := func(err error) content {
		return func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(io.LimitReader(&counting{}, 1<<20), iotest.ErrReader(err))), nil
		}
	}
	if err := k.putOr("material", "materials/b.jpg", "坏图", broken(errors.New("altered"))); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(k.put("form", "form.json", "申请表", text([]byte("{}"))), k.finish(context.Background())); err != nil {
		t.Fatal(err)
	}
	_, packed := downloaded(t, w, s, k.m.ID)
	if len(packed) > 100<<10 || len(k.m.Files) != 1 || len(k.m.Lacks) != 1 || k.m.Lacks[0].Title != "坏图" {
		t.Errorf("%d bytes, %+v %+v", len(packed), k.m.Files, k.m.Lacks)
	}
	k = begun(t, w, s, "event-2")
	err := k.putOr("material", "materials/c.jpg", "图", broken(fault.Unavailable(errors.New("away"))))
	if f := fault.Of(err); f == nil || f.Kind != fault.KindUnavailable {
		t.Fatalf("%v", err)
	}
	if err := k.pack.abandon(err); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Blobs.Stat(context.Background(), k.pack.key); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindMissing {
		t.Errorf("a half package is stored: %v", err)
	}
}

// A package of before packages were streamed still checks: its format is the
// same, and every alteration of it is found.
func TestAPackageOfBeforeStillChecks(t *testing.T) {
	f, err := os.Open("testdata/package-2026-11.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	r, err := Check(f, info.Size(), nil)
	if err != nil || !r.Sound() || len(r.Manifest.Files) != 9 || r.Manifest.Format != formatName || r.Signer == "" {
		t.Errorf("%+v %+v %v", r.Findings, r.Manifest, err)
	}
}
