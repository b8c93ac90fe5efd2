package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
)

var fonts = pdf.NewFonts()

func service(w *casetest.World) (*Service, *licence.Service) {
	documents := document.New(w.DB, document.Options{Fonts: fonts, Blobs: w.Blobs, Authority: w.Sign})
	licences := licence.New(w.DB, licence.Options{Casework: w.Casework, Catalog: w.Catalog, Keys: w.Keys, Authority: w.Sign, Fonts: fonts,
		Blobs: w.Blobs, BaseURL: "https://onewindow.example"})
	return New(w.DB, Options{Casework: w.Casework, Documents: documents, Licences: licences, Authority: w.Sign, Keys: w.Keys, Blobs: w.Blobs}), licences
}

// concluded is a case that was granted, issued and delivered.
func concluded(t *testing.T, w *casetest.World, l *licence.Service) *casework.Case {
	t.Helper()
	c := w.Walk(w.Submit(w.Food()), flow.Issue)
	if _, err := l.Issue(context.Background(), w.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)}); err != nil {
		t.Fatal(err)
	}
	return w.Walk(w.Case(c.ID), "")
}

// archived passes the events that wait to the service, as app does.
func archived(t *testing.T, w *casetest.World, s *Service) {
	t.Helper()
	var all []event.Event
	err := w.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		all, err = event.Waiting(tx, 5000)
		return err
	})
	for _, e := range all {
		if err == nil && slices.Contains(Topics(), e.Topic) {
			err = s.OnConcluded(context.Background(), e)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A concluded case becomes one package with all that belongs to it, in the
// standard's order of steps, and checks offline (国务院令第716号第十二条).
func TestAConcludedCaseIsArchived(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		s, l := service(w)
		open := w.Submit(w.Food())
		c := concluded(t, w, l)
		archived(t, w, s)
		archived(t, w, s) // events come at least once
		all, err := s.OfCase(ctx, w.Actor("handler"), c.ID)
		if err != nil || len(all) != 1 || all[0].N != 1 {
			t.Fatalf("%+v %v", all, err)
		}
		if none, err := s.OfCase(ctx, w.Actor("handler"), open.ID); len(none) != 0 || err != nil {
			t.Errorf("an open case is archived: %v %v", none, err)
		}
		for login, want := range map[string]string{"clerk": "permission", "lina": "permission", "zj-handler": "archive.missing"} {
			if _, _, err := s.Download(ctx, w.Actor(login), all[0].ID); fault.Of(err) == nil || fault.Of(err).Code != want {
				t.Errorf("%s: %v", login, err)
			}
		}
		p, packed := downloaded(t, w, s, all[0].ID)
		if int64(len(packed)) != p.Size {
			t.Fatalf("%d bytes, %d on record", len(packed), p.Size)
		}
		r, err := Check(bytes.NewReader(packed), p.Size, nil)
		if err != nil || !r.Sound() || !strings.Contains(r.Signer, "定州市行政审批局") {
			t.Fatalf("%+v %v", r.Findings, err)
		}
		complete(t, r.Manifest, c)
	})
}

// downloaded is a package as an officer gets it.
func downloaded(t *testing.T, w *casetest.World, s *Service, id string) (Package, []byte) {
	t.Helper()
	p, x, err := s.Download(context.Background(), w.Actor("handler"), id)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	b, err := io.ReadAll(x)
	if err != nil {
		t.Fatal(err)
	}
	return p, b
}

func complete(t *testing.T, m Manifest, c *casework.Case) {
	t.Helper()
	if m.Metadata.CaseNumber != c.Number || m.Metadata.ConcludedAt == "" {
		t.Errorf("%+v", m.Metadata)
	}
	kinds := map[string]int{}
	for _, f := range m.Files {
		kinds[f.Kind]++
		if strings.Contains(f.Path, "..") || strings.HasPrefix(f.Path, "/") {
			t.Errorf("path %s", f.Path)
		}
	}
	if kinds["material"] == 0 || kinds["document"] < 4 || kinds["result"] != 2 || kinds["form"] != 1 || kinds["history"] != 2 || kinds["metadata"] != 1 {
		t.Errorf("%v", kinds)
	}
	var steps []string
	for _, s := range m.Steps {
		steps = append(steps, s.Name)
	}
	if strings.Join(steps, " ") != "收集 整理 清点 形成归档信息包 生成校验信息 归档检测" {
		t.Error(steps)
	}
	if len(m.Lacks) > 0 {
		t.Errorf("%v", m.Lacks)
	}
}

// repack copies a package; edit may change an entry, drop it (nil) or leave it.
func repack(t interface{ Fatal(...any) }, packed []byte, edit func(name string, data []byte) []byte, extra ...string) []byte {
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		rc, _ := f.Open()
		data, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		if data = edit(f.Name, data); data != nil {
			e, _ := w.Create(f.Name)
			e.Write(data)
		}
	}
	for _, name := range extra {
		e, _ := w.Create(name)
		e.Write([]byte("x"))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whatever is altered in a package, the check finds it and says where.
func TestEveryAlterationIsFound(t *testing.T) {
	w := casetest.SQLite(t)
	s, l := service(w)
	c := concluded(t, w, l)
	archived(t, w, s)
	all, err := s.OfCase(context.Background(), w.Actor("handler"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, packed := downloaded(t, w, s, all[0].ID)
	check := func(b []byte, root []byte) Report {
		r, err := Check(bytes.NewReader(b), int64(len(b)), root)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	keep := func(_ string, data []byte) []byte { return data }
	if r := check(repack(t, packed, keep), nil); !r.Sound() {
		t.Errorf("a copy is not sound: %+v", r.Findings)
	}
	has := func(r Report, path string, trouble Trouble) {
		t.Helper()
		if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Path == path && f.Trouble == trouble }) {
			t.Errorf("%s %s is not among %+v", path, trouble, r.Findings)
		}
	}
	has(check(repack(t, packed, keep, "documents/99-XX.pdf"), nil), "documents/99-XX.pdf", ExtraFile)
	has(check(repack(t, packed, func(n string, d []byte) []byte {
		if n == "history.json" {
			return nil
		}
		return d
	}), nil), "history.json", MissingFile)
	has(check(repack(t, packed, func(n string, d []byte) []byte {
		if n == manifestFile {
			return bytes.Replace(d, []byte(c.Number), []byte(c.Number[:24]+"?"), 1)
		}
		return d
	}), nil), manifestFile, Unsigned)
	has(check(packed, []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")), rootFile, OtherRoot)
	if _, err := Check(strings.NewReader("no zip"), 6, nil); err == nil {
		t.Error("it takes anything for a package")
	}
	manifest := check(packed, nil).Manifest
	rapid.Check(t, func(t *rapid.T) {
		f := manifest.Files[rapid.IntRange(0, len(manifest.Files)-1).Draw(t, "file")]
		at := rapid.IntRange(0, int(f.Size)-1).Draw(t, "byte")
		b := repack(t, packed, func(n string, d []byte) []byte {
			if n == f.Path {
				d[at] ^= 0x40
			}
			return d
		})
		r, err := Check(bytes.NewReader(b), int64(len(b)), nil)
		if err != nil || len(r.Findings) != 1 || r.Findings[0].Path != f.Path || r.Findings[0].Trouble != AlteredFile {
			t.Fatalf("byte %d of %s: %+v %v", at, f.Path, r.Findings, err)
		}
	})
}

// A withdrawn case is archived too, and what happens to a licence later makes a
// second package.
func TestWithdrawnIsArchived(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, _ := service(w)
		c := w.Submit(w.Food())
		if err := w.Casework.Withdraw(context.Background(), w.Actor("lina"), casework.Withdraw{Seen: casetest.Seen(c), Reason: "不办了"}); err != nil {
			t.Fatal(err)
		}
		archived(t, w, s)
		all, err := s.List(context.Background(), w.Actor("supervisor"), "", 10)
		if err != nil || len(all) != 1 || all[0].CaseID != c.ID {
			t.Errorf("%+v %v", all, err)
		}
	})
}

func TestPlainNamesLeadNowhere(t *testing.T) {
	for name, want := range map[string]string{"../../etc/passwd": "passwd", `..\..\x.pdf`: "x.pdf", "..": "_", "材料.pdf": "材料.pdf", "a\x00b?.pdf": "a_b_.pdf", "/": "_"} {
		if got := plain(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}
