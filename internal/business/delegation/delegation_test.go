package delegation_test

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/delegation"
	"onewindow/internal/kit/fault"
)

func code(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Code
	}
	return ""
}

func TestEntrustmentAndTransfer(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s, who := context.Background(), delegation.New(w.DB, w.Catalog), w.Actor("catalog")
		today := calendar.DayOf(w.Clock.Now())
		c := w.Submit(w.Food())
		entrust := delegation.Record{Kind: delegation.Entrust, ItemCode: w.Food().ItemCode, FromID: "dz-spj", ToID: "dz-t101", Basis: "某决定", Content: "委托公告", Instrument: "定委〔2026〕1号", From: today}
		if err := s.Record(ctx, w.Actor("handler"), entrust); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindDenied {
			t.Errorf("handler: %v", err)
		}
		part, past := entrust, entrust
		part.ItemCode += "01"
		past.From = today - 1
		for name, in := range map[string]delegation.Record{"a part of a matter": part, "a day gone": past, "nothing": {}} {
			if err := s.Record(ctx, who, in); code(err) != "form.invalid" {
				t.Errorf("%s: %v", name, err)
			}
		}
		self := entrust
		self.ToID = self.FromID
		if err := s.Record(ctx, who, self); code(err) != "delegation.self" {
			t.Errorf("to oneself: %v", err)
		}
		if err := s.Record(ctx, who, entrust); err != nil {
			t.Fatal(err)
		}
		if err := s.Record(ctx, who, entrust); code(err) != "delegation.already" {
			t.Errorf("twice: %v", err)
		}
		onward := entrust
		onward.FromID, onward.ToID = "dz-t101", "dz-scjg"
		if err := s.Record(ctx, who, onward); code(err) != "delegation.onward" {
			t.Errorf("onward: %v", err)
		}
		transfer := delegation.Record{Kind: delegation.Transfer, ItemCode: w.Food().ItemCode, FromID: "dz-spj", ToID: "dz-scjg", Basis: "某决定", Content: "划转", Instrument: "定审改〔2026〕2号", From: today + 1}
		if err := s.Record(ctx, who, transfer); err != nil {
			t.Fatal(err)
		}
		back := transfer
		back.FromID, back.ToID = transfer.ToID, transfer.FromID
		if err := s.Record(ctx, who, back); code(err) != "delegation.back" {
			t.Errorf("back: %v", err)
		}
		if now := w.Case(c.ID); now.BodyID != c.BodyID {
			t.Errorf("a case under way changed its owner: %s", now.BodyID)
		}
		all, err := s.List(ctx, "", 10)
		if err != nil || len(all) != 2 {
			t.Fatal(all, err)
		}
		if err := s.End(ctx, who, all[0].ID); code(err) != "delegation.over" {
			t.Errorf("a transfer ended: %v", err)
		}
		if err := s.End(ctx, who, all[1].ID); err != nil {
			t.Error(err)
		}
		if err := s.End(ctx, who, all[1].ID); code(err) != "delegation.over" {
			t.Errorf("ended twice: %v", err)
		}
	})
}

// A transfer ends the version of who gives the matter away on its day and leaves
// the draft of who takes it over; what ran out makes room for the next.
func TestATransferMakesTheNextVersion(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s, who, food := context.Background(), delegation.New(w.DB, w.Catalog), w.Actor("catalog"), w.Food()
		today := calendar.DayOf(w.Clock.Now())
		entrust := delegation.Record{Kind: delegation.Entrust, ItemCode: food.ItemCode, FromID: "dz-spj", ToID: "dz-t101", Basis: "某决定", Content: "公告",
			Instrument: "定委〔2026〕1号", From: today, Until: today + 10}
		backwards := entrust
		backwards.Until = today - 1
		if err := s.Record(ctx, who, backwards); code(err) != "form.invalid" {
			t.Errorf("backwards: %v", err)
		}
		if err := s.Record(ctx, who, entrust); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(11 * 24 * time.Hour)
		entrust.From, entrust.Until = today+11, 0
		if err := s.Record(ctx, who, entrust); err != nil {
			t.Errorf("after the first ran out: %v", err)
		}
		transfer := delegation.Record{Kind: delegation.Transfer, ItemCode: food.ItemCode, FromID: "dz-spj", ToID: "dz-scjg", Basis: "某决定", Content: "划转",
			Instrument: "定审改〔2026〕2号", From: today + 30}
		if err := s.Record(ctx, who, transfer); err != nil {
			t.Fatal(err)
		}
		all, err := s.List(ctx, "", 10)
		if err != nil || all[0].DraftID == "" {
			t.Fatal(all, err)
		}
		draft, err := w.Catalog.Draft(ctx, who, all[0].DraftID)
		if err != nil || draft.Body.ID != "dz-scjg" || draft.ItemCode != food.ItemCode || draft.Code() == food.Code() || len(draft.Remedies.Lacks()) > 0 {
			t.Errorf("%+v %v", draft, err)
		}
		before, err := w.Catalog.On(ctx, food.Code(), (today + 29).String())
		if err != nil || before.ID != food.ID {
			t.Errorf("the day before: %v %v", before, err)
		}
		if after, err := w.Catalog.On(ctx, food.Code(), (today + 30).String()); err == nil {
			t.Errorf("on the day: %v", after.Body)
		}
		if got, err := s.Get(ctx, all[0].ID); err != nil || got.Instrument != transfer.Instrument {
			t.Errorf("%+v %v", got, err)
		}
	})
}
