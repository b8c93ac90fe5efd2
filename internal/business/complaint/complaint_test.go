package complaint

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/licence"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
)

func wants(t *testing.T, err error, code string) {
	t.Helper()
	if code == "" && err != nil || code != "" && (err == nil || fault.Of(err).Code != code) {
		t.Errorf("got %v, want %q", err, code)
	}
}

var fonts = pdf.NewFonts()

func service(w *casetest.World) *Service {
	return New(w.DB, Options{Casework: w.Casework, Keys: w.Keys, Licences: licence.New(w.DB, licence.Options{Casework: w.Casework, Catalog: w.Catalog,
		Keys: w.Keys, Authority: w.Sign, Fonts: fonts, Blobs: w.Blobs, BaseURL: "https://onewindow.example"})})
}

// A complaint has its own clock: five working days to be taken up, fifteen to be
// answered; who is late loses it to the supervisor, and so does an answer that
// does not satisfy.
func TestAComplaintAndItsClock(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s := context.Background(), service(w)
		c := w.Submit(w.Food())
		lina, hall, supervisor := w.Actor("lina"), w.Actor("hall"), w.Actor("supervisor")
		_, err := s.File(ctx, lina, File{CaseID: c.ID, Kind: "anger", Text: "x"})
		wants(t, err, "form.invalid")
		_, err = s.File(ctx, w.Actor("wangxiaoming"), File{CaseID: c.ID, Kind: Late, Text: "不是我的"})
		wants(t, err, "case.missing")
		id, err := s.File(ctx, lina, File{CaseID: c.ID, Kind: Late, Text: "一直没有消息"})
		wants(t, err, "")
		_, err = s.File(ctx, lina, File{CaseID: c.ID, Kind: Late, Text: "再来一次"})
		wants(t, err, "complaint.open")
		w.Kept(c.ID, "complaint.open")
		x, err := s.Get(ctx, hall, id)
		wants(t, err, "")
		if x.AcceptDue != calendar.MustDay("2026-09-20") || x.Text != "一直没有消息" {
			t.Errorf("%+v", x)
		}
		if n, err := s.Escalate(ctx); n != 0 || err != nil {
			t.Errorf("%d %v", n, err)
		}
		wants(t, s.Accept(ctx, w.Actor("clerk"), Seen{ID: id}), "permission")
		wants(t, s.Accept(ctx, hall, Seen{ID: id, Version: 9}), "complaint.stale")
		wants(t, s.Reply(ctx, hall, Reply{Seen: Seen{ID: id}, Text: "x"}), "complaint.not_open")
		wants(t, s.Accept(ctx, hall, Seen{ID: id}), "")
		w.Clock.Advance(40 * 24 * time.Hour)
		if n, err := s.Escalate(ctx); n != 1 || err != nil {
			t.Fatalf("%d %v", n, err)
		}
		wants(t, s.Reply(ctx, hall, Reply{Seen: Seen{ID: id}, Text: "处理了"}), "complaint.escalated")
		w.Kept(c.ID, "complaint.escalated")
		wants(t, s.Reply(ctx, supervisor, Reply{Seen: Seen{ID: id}, Text: "经查属实，已督促办理。", Upheld: true}), "")
		x, err = s.Get(ctx, lina, id)
		if err != nil || x.Status != Answered || !x.Upheld || x.EscalatedWhy != "late_answer" {
			t.Errorf("%+v %v", x, err)
		}
		wants(t, s.Again(ctx, lina, Seen{ID: id}), "complaint.not_answered") // it was with the supervisor already
	})
}

func TestUnsatisfied(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s := context.Background(), service(w)
		c := w.Submit(w.Food())
		lina, hall := w.Actor("lina"), w.Actor("hall")
		id, err := s.File(ctx, lina, File{CaseID: c.ID, Kind: Attitude, Text: "态度不好"})
		wants(t, err, "")
		wants(t, s.Accept(ctx, hall, Seen{ID: id}), "")
		wants(t, s.Reply(ctx, hall, Reply{Seen: Seen{ID: id}, Text: "不属实"}), "")
		wants(t, s.Again(ctx, w.Actor("wangxiaoming"), Seen{ID: id}), "complaint.missing")
		wants(t, s.Again(ctx, lina, Seen{ID: id}), "")
		wants(t, s.Reply(ctx, hall, Reply{Seen: Seen{ID: id}, Text: "不属实"}), "complaint.escalated")
		all, err := s.List(ctx, w.Actor("supervisor"), true, "", 10)
		if err != nil || len(all) != 1 || all[0].EscalatedWhy != "unsatisfied" {
			t.Errorf("%v %v", all, err)
		}
	})
}

// Who holds the number and the check code complains without signing in, and
// reads the answer in the same way; a wrong code tells nothing.
func TestAComplaintByCode(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s := context.Background(), service(w)
		c := w.Submit(w.Food())
		by, in := ByCode{c.Number, w.Casework.CheckCode(c)}, File{Kind: Attitude, Text: "态度不好"}
		_, err := s.FileByCode(ctx, ByCode{c.Number, "AAAAAA"}, "", in)
		wants(t, err, "progress.not_found")
		_, err = s.FileByCode(ctx, by, "", File{Kind: "anger", Text: "x"})
		wants(t, err, "form.invalid")
		number, err := s.FileByCode(ctx, by, "", in)
		wants(t, err, "")
		_, err = s.FileByCode(ctx, by, "李娜", in)
		wants(t, err, "complaint.open")
		w.Kept(c.ID, "complaint.open")
		all, err := s.List(ctx, w.Actor("hall"), true, "", 10)
		if err != nil || len(all) != 1 || all[0].Number != number || all[0].FiledBy != "" {
			t.Fatalf("%+v %v", all, err)
		}
		wants(t, s.Accept(ctx, w.Actor("hall"), Seen{ID: all[0].ID}), "")
		wants(t, s.Reply(ctx, w.Actor("hall"), Reply{Seen: Seen{ID: all[0].ID}, Text: "已批评教育", Upheld: true}), "")
		found, err := s.OfCode(ctx, by)
		if err != nil || len(found) != 1 || found[0].Answer != "已批评教育" {
			t.Errorf("%+v %v", found, err)
		}
		_, err = s.OfCode(ctx, ByCode{c.Number, "AAAAAA"})
		wants(t, err, "progress.not_found")
	})
}
