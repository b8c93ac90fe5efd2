package casework_test

import (
	"errors"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
)

// 行政许可法第三十二条第一款第（四）项: everything is told once. A second notice speaks only
// of what came with the answer, says what is new, goes on record; there is no
// third, and what was tried and refused goes on record too.
func TestASecondNoticeNeedsANewFact(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Submit(w.Food())
		var taken []catalog.Material
		for _, m := range w.Food().Materials {
			if casework.Takes(m, "pdf") && !m.Shared {
				taken = append(taken, m)
			}
		}
		first, other := taken[0], taken[1]
		tell := func(material, newFact string) error {
			return w.Casework.NotifySupplement(ctx, w.Actor("clerk"), casework.NotifySupplement{Seen: casetest.Seen(w.Case(c.ID)), NewFact: newFact,
				Items: []casework.Item{{Material: material, Name: "材料", Problem: "不清晰", Standard: "清晰"}}})
		}
		answer := func() error {
			w.Clock.Advance(time.Minute)
			w.Attach(w.Actor("lina"), c.ID, first.No)
			return w.Casework.Supplement(ctx, w.Actor("lina"), casework.SupplementCase{Seen: casetest.Seen(w.Case(c.ID))})
		}
		attempts := func() int {
			return count(t, w, `select count(*) from outbox where topic = 'supplement.attempted' and subject_id = $1`, c.ID)
		}
		for _, err := range []error{tell(first.No, ""), answer()} {
			if err != nil {
				t.Fatal(err)
			}
		}
		w.Clock.Advance(8 * 24 * time.Hour) // past the five days from receipt, and from the answer
		if err := tell(first.No, "新的问题"); !errors.Is(err, fault.Refused("supplement.late", "")) {
			t.Fatalf("late: %v", err)
		}
		w.Clock.Advance(-8 * 24 * time.Hour)
		if err := tell(first.No, " "); !errors.Is(err, fault.Refused("supplement.once", "")) {
			t.Fatalf("nothing new: %v", err)
		}
		if err := tell(other.No, "另一材料也有问题"); !errors.Is(err, fault.Refused("supplement.old_fact", "")) || attempts() != 2 {
			t.Fatalf("what was there before: %v, %d attempts on record", err, attempts())
		}
		if err := tell(first.No, "新提交的文件是另一家公司的"); err != nil {
			t.Fatal(err)
		}
		if got := w.Case(c.ID); got.Status != casework.StatusSupplement {
			t.Fatal(got.Status)
		}
		if err := answer(); err != nil {
			t.Fatal(err)
		}
		if err := tell(first.No, "还有问题"); !errors.Is(err, fault.Refused("supplement.once", "")) || attempts() != 3 {
			t.Fatalf("a third: %v", err)
		}
		if n := count(t, w, `select count(*) from document where case_id = $1 and kind = 'BZ'`, c.ID); n != 2 {
			t.Fatalf("%d notices", n)
		}
		if err := w.Casework.Accept(ctx, w.Actor("clerk"), casework.Accept{Seen: casetest.Seen(w.Case(c.ID))}); err != nil {
			t.Fatal(err)
		}
	})
}
