package casework_test

import (
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/fault"
)

// Receipt and acceptance stay as they were written; a correction beside them
// takes the limits back in time, and never forward.
func TestRectify(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		decider := w.Actor("decider")
		in := casework.Rectify{Seen: casetest.Seen(c), Of: casework.OfAcceptance, Is: c.AcceptedAt.Add(time.Hour), Reason: "登记簿"}
		if err := w.Casework.Rectify(ctx, decider, in); !field(err, "is") {
			t.Fatalf("a later instant: %v", err)
		}
		in.Is = c.ReceivedAt.Add(-time.Minute)
		if err := w.Casework.Rectify(ctx, decider, in); !field(err, "is") {
			t.Fatalf("accepted before receipt: %v", err)
		}
		in.Of, in.Is = casework.OfReceipt, c.ReceivedAt.AddDate(0, 0, -3)
		if err := w.Casework.Rectify(ctx, w.Actor("handler"), in); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindDenied {
			t.Fatalf("a handler may: %v", err)
		}
		if err := w.Casework.Rectify(ctx, decider, in); err != nil {
			t.Fatal(err)
		}
		in = casework.Rectify{Seen: casetest.Seen(w.Case(c.ID)), Of: casework.OfAcceptance, Is: c.AcceptedAt.AddDate(0, 0, -3), Reason: "登记簿"}
		if err := w.Casework.Rectify(ctx, decider, in); err != nil {
			t.Fatal(err)
		}
		after := w.Case(c.ID)
		if !after.ReceivedAt.Equal(c.ReceivedAt) || !after.AcceptedAt.Equal(c.AcceptedAt) {
			t.Fatal("an instant moved")
		}
		if len(after.Course.Corrections) != 2 || after.StatutoryDue >= c.StatutoryDue {
			t.Fatalf("%d corrections, due %s instead of before %s", len(after.Course.Corrections), after.StatutoryDue, c.StatutoryDue)
		}
	})
}
