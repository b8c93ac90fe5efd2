package licence

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
)

var fonts = pdf.NewFonts()

const address = "https://onewindow.example"

func service(w *casetest.World) *Service {
	return New(w.DB, Options{Casework: w.Casework, Catalog: w.Catalog, Keys: w.Keys, Authority: w.Sign, Fonts: fonts, Blobs: w.Blobs, BaseURL: address})
}

// granted is a case of the matter at its issuing step.
func granted(w *casetest.World, impl *catalog.Implementation) *casework.Case {
	return w.Walk(w.Submit(impl), flow.Issue)
}

// issued is the licence of a fresh case of the matter.
func issued(t *testing.T, w *casetest.World, impl *catalog.Implementation) *Licence {
	t.Helper()
	s, c := service(w), granted(w, impl)
	licenceID, err := s.Issue(context.Background(), w.Actor("issuer"), Issue{casetest.Seen(c)})
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.load(context.Background(), licenceID)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func wants(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil || fault.Of(err).Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestIssue(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		l := issued(t, w, w.Food())
		c := w.Case(l.CaseID)
		id, err := code.ParseLicenceID(l.Content.Identifier)
		if err != nil || id.Serial != c.Number[10:24] || id.Version != 1 || id.Type != w.Food().Result.TypeCode {
			t.Errorf("identifier %s: %+v %v", l.Content.Identifier, id, err)
		}
		if err := code.Checked3736(l.Content.Number); err != nil || l.Content.Number[1:25] != c.Number[:24] {
			t.Errorf("number %s of case %s: %v", l.Content.Number, c.Number, err)
		}
		if v := l.Content.Validity(); v != "2026年9月14日至2031年9月13日" {
			t.Errorf("validity %s", v)
		}
		if l.Content.Holder.Name != "定州市嘉禾食品有限公司（示例）" || !l.Content.Holder.Organisation || l.Content.Holder.Code == "" {
			t.Errorf("holder %+v", l.Content.Holder)
		}
		if _, open := c.Open(w.Food().Flow, flow.Deliver); !open || c.Status != casework.StatusGranted {
			t.Errorf("the case stands at %s %s", c.Status, c.Steps())
		}
		happened(t, w, l)
	})
}

func happened(t *testing.T, w *casetest.World, l *Licence) {
	t.Helper()
	var topics []string
	err := w.DB.Read(context.Background(), func(tx *db.Tx) error {
		all, err := event.Waiting(tx, 1000)
		for _, e := range all {
			if e.SubjectID == l.ID {
				topics = append(topics, e.Topic)
			}
		}
		return err
	})
	if err != nil || strings.Join(topics, " ") != "licence.issued" {
		t.Errorf("events %v, %v", topics, err)
	}
}

func TestIssueOnlyOnce(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, ctx := service(w), context.Background()
		c := granted(w, w.Food())
		in := Issue{casetest.Seen(c)}
		for _, login := range []string{"decider", "lina", "zj-issuer"} {
			if _, err := s.Issue(ctx, w.Actor(login), in); err == nil {
				t.Errorf("%s issues a licence", login)
			}
		}
		won := together(4, func() error {
			_, err := s.Issue(ctx, w.Actor("issuer"), in)
			return err
		})
		if won != 1 {
			t.Errorf("%d of four issued", won)
		}
		_, err := s.Issue(ctx, w.Actor("issuer"), Issue{casework.Seen{CaseID: c.ID}})
		wants(t, err, "case.not_at_step")
		_, err = s.Issue(ctx, w.Actor("issuer"), in)
		wants(t, err, "case.stale")
	})
}

// together runs fn n times at once and counts the successes.
func together(n int, fn func() error) (won int) {
	var all sync.WaitGroup
	results := make(chan error, n)
	for range n {
		all.Go(func() { results <- fn() })
	}
	all.Wait()
	close(results)
	for err := range results {
		if err == nil {
			won++
		}
	}
	return won
}

func TestIssueBeforeTheDecision(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Review)
		_, err := service(w).Issue(context.Background(), w.Actor("issuer"), Issue{casetest.Seen(c)})
		wants(t, err, "case.not_at_step")
	})
}

func TestWhoReadsIt(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, ctx := service(w), context.Background()
		l := issued(t, w, w.Food())
		for login, sees := range map[string]bool{"lina": true, "issuer": true, "clerk": true, "supervisor": true,
			"wangxiaoming": false, "zhaomin": true, "zj-issuer": false, "sysadmin": false, "hall": false} {
			got, err := s.ByCase(ctx, w.Actor(login), l.CaseID)
			if sees != (err == nil && got.ID == l.ID) {
				t.Errorf("%s: %v", login, err)
			}
			if mine, _ := s.Mine(ctx, w.Actor(login), "", 0); (len(mine) == 1) != sees {
				t.Errorf("%s lists %d", login, len(mine))
			}
			if _, rc, err := s.Download(ctx, w.Actor(login), l.ID); sees != (err == nil) {
				t.Errorf("%s downloads: %v", login, err)
			} else if err == nil {
				rc.Close()
			}
		}
		if mine, err := s.Mine(ctx, w.Actor("lina"), l.ID, 5); err != nil || len(mine) != 0 {
			t.Errorf("the page after the last holds %d, %v", len(mine), err)
		}
	})
}

func TestRenditionStaysTheSame(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, ctx := service(w), context.Background()
		l := issued(t, w, w.Food())
		won := together(3, func() error { _, err := s.Render(ctx, l.ID); return err })
		if won != 3 {
			t.Errorf("%d of three rendered", won)
		}
		first := download(t, s, w, l)
		w.Clock.Advance(400 * 24 * time.Hour)
		if err := s.OnIssued(ctx, event.Event{SubjectID: l.ID}); err != nil {
			t.Fatal(err)
		}
		if download(t, s, w, l) != first {
			t.Error("another download has other bytes")
		}
		rc, _, err := w.Blobs.Open(ctx, "licence/"+l.ID+".pdf")
		if err != nil {
			t.Fatal(err)
		}
		defer rc.Close()
		if stored, _ := io.ReadAll(rc); strings.Contains(string(stored), "%PDF") {
			t.Error("the stored file is not sealed")
		}
	})
}

func download(t *testing.T, s *Service, w *casetest.World, l *Licence) string {
	t.Helper()
	_, rc, err := s.Download(context.Background(), w.Actor("lina"), l.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer rc.Close()
	all, err := io.ReadAll(rc)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// A name that no font has delays the paper, not the licence.
func TestRareCharacters(t *testing.T) {
	w := casetest.SQLite(t)
	s, ctx := service(w), context.Background()
	l := issued(t, w, w.Food())
	change(t, w, l, func(c *Content) { c.Holder.Name, c.Prints[0].Value = "䶮公司", "䶮公司" })
	_, err := s.Render(ctx, l.ID)
	wants(t, err, "licence.glyph")
	if err := s.OnIssued(ctx, event.Event{SubjectID: l.ID}); err != nil {
		t.Errorf("the reaction fails: %v", err)
	}
	waiting, err := s.Unprinted(ctx, 10)
	if err != nil || len(waiting) != 1 || waiting[0].Glyphs != "䶮" {
		t.Errorf("%+v, %v", waiting, err)
	}
	change(t, w, l, func(c *Content) { c.Holder.Name, c.Prints[0].Value = "某公司", "某公司" })
	if _, err := s.Render(ctx, l.ID); err != nil {
		t.Error(err)
	}
	if waiting, _ := s.Unprinted(ctx, 10); len(waiting) != 0 {
		t.Error("it still waits")
	}
}

// change rewrites the content and leaves digest and signature as they were.
func change(t *testing.T, w *casetest.World, l *Licence, fn func(*Content)) {
	t.Helper()
	c := l.Content
	fn(&c)
	text, err := c.bytes()
	if err != nil {
		t.Fatal(err)
	}
	alter(t, w, l, "content_sealed", w.Keys.Seal(sealContent, string(text)))
}

// alter writes one column behind everybody's back.
func alter(t *testing.T, w *casetest.World, l *Licence, column, value string) {
	t.Helper()
	err := w.DB.Act(context.Background(), func(tx *db.Tx) error {
		tx.Write(`update licence set `+column+` = $2 where id = $1`, l.ID, value)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
