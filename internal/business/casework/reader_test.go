package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// readBy are the documents of a case that somebody may read; the single one is
// asked for too, so that list and check agree.
func readBy(t *testing.T, w *casetest.World, who staff.Actor, caseID string) (out []document.Kind) {
	t.Helper()
	docs := document.New(w.DB, document.Options{})
	all, err := docs.ByCase(context.Background(), who, caseID)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if _, err := docs.Get(context.Background(), who, d.ID); err != nil {
			t.Errorf("%s is listed and not given: %v", d.Kind, err)
		}
		out = append(out, d.Kind)
	}
	return out
}

// Who is asked for an opinion reads what the opinion is about: the case, its
// materials and what was told to the applicant; nobody else of another body does,
// and what is internal to the deciding body stays there.
func TestWhoIsAskedReadsTheFile(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		zj, gh := w.Actor("zj-handler"), w.Actor("gh-handler")
		d, err := w.Casework.Dossier(ctx, w.Actor("handler"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		var fileID string
		for _, m := range d.Materials {
			for _, f := range m.Files {
				fileID = f.ID
			}
		}
		listed := func(who staff.Actor) bool {
			all, err := w.Casework.Cases(ctx, who, "", 0)
			if err != nil {
				t.Fatal(err)
			}
			return slices.ContainsFunc(all, func(x *casework.Case) bool { return x.ID == c.ID })
		}
		if len(readBy(t, w, zj, c.ID)) > 0 || listed(zj) {
			t.Error("another body reads before it is asked")
		}
		if err := w.Casework.Consult(ctx, w.Actor("handler"), casework.Consult{Seen: casetest.Seen(c), BodyID: "dz-zjj", Question: "请核对房屋用途", Days: 5}); err != nil {
			t.Fatal(err)
		}
		if err := w.DB.Act(ctx, func(tx *db.Tx) error { // a warning of the supervisors
			day := w.Casework.Calendar().AddWorking(calendar.DayOf(c.ReceivedAt), 3)
			_, err := document.Issue(tx, document.Draft{Kind: document.JCYJ, CaseID: c.ID, Subject: c.Subject(), Actor: w.Actor("supervisor"),
				Body: document.Body{ID: "dz-spj", Name: "定州市行政审批局"},
				Facts: document.Facts{Matter: document.Matter{Name: c.ItemName, Code: "x"}, CaseNumber: c.Number, Applicant: document.Applicant{Name: c.ApplicantName},
					Alert: &document.Alert{Number: "1", Rule: "1", Unit: "承办", Type: "预警", ReplyBy: &day}}})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		got := readBy(t, w, zj, c.ID)
		if !slices.Contains(got, document.SL) || slices.Contains(got, document.JCYJ) || !listed(zj) {
			t.Errorf("who is asked reads %v", got)
		}
		if !slices.Contains(readBy(t, w, w.Actor("handler"), c.ID), document.JCYJ) {
			t.Error("the own body does not read what is internal")
		}
		if _, rc, err := w.Casework.OpenFile(ctx, zj, fileID); err != nil {
			t.Errorf("who is asked does not see the materials: %v", err)
		} else {
			rc.Close()
		}
		if _, _, err := w.Casework.OpenFile(ctx, gh, fileID); codeOf(err) != "file.missing" || len(readBy(t, w, gh, c.ID)) > 0 || listed(gh) {
			t.Errorf("who is not asked reads: %v", err)
		}
	})
}

// The minutes (联审会议纪要) are a numbered document that the bodies at the table
// read and the applicant does not.
func TestTheMinutesAreADocument(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(joint(w), flow.Meet)
		w.Walk(c, flow.Review)
		docs := document.New(w.DB, document.Options{})
		all, err := docs.ByCase(context.Background(), w.Actor("ga-handler"), c.ID)
		at := slices.IndexFunc(all, func(d document.Document) bool { return d.Kind == document.LSJY })
		if err != nil || at < 0 || !strings.Contains(all[at].Number, "联审字") || len(all[at].Facts.Meeting.Attendees) < 3 {
			t.Fatalf("%v %+v", err, all)
		}
		d, err := w.Casework.Dossier(context.Background(), w.Actor("handler"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(d.History, func(h casework.Happening) bool { return h.Kind == "case.met" && h.Outcome == flow.Support }) {
			t.Error("the meeting is not in the history")
		}
		if slices.Contains(readBy(t, w, w.Actor("lina"), c.ID), document.LSJY) || slices.Contains(readBy(t, w, w.Actor("gh-handler"), c.ID), document.LSJY) {
			t.Error("the minutes are read by others")
		}
	})
}

// Who has an interest in the case gives no opinion in it, and that it was refused
// is kept (公务员法第七十七条).
func TestARefusedOpinionIsKept(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		if err := w.Casework.Consult(ctx, w.Actor("handler"), casework.Consult{Seen: casetest.Seen(c), BodyID: "dz-zjj", Question: "请核对房屋用途", Days: 5}); err != nil {
			t.Fatal(err)
		}
		zj := w.Actor("zj-handler")
		if err := w.Casework.Recuse(ctx, zj, casework.Recuse{Seen: casetest.Seen(w.Case(c.ID)), Ground: casework.GroundKin, Reason: "申请人是我的亲属"}); err != nil {
			t.Fatal(err)
		}
		all, err := w.Casework.Consultations(ctx, zj, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		refusedBy(t, w.Casework.Opine(ctx, zj, casework.Opine{CaseID: c.ID, ID: all[0].ID, Stance: flow.Support, Opinion: "同意"}), "recusal.recused", "公务员法第七十七条")
		kept, err := w.Casework.Refusals(ctx, w.Actor("handler"), c.ID)
		if err != nil || len(kept) != 1 || kept[0].Code != "recusal.recused" || kept[0].OrgID != "dz-zjj" {
			t.Errorf("%+v %v", kept, err)
		}
	})
}
