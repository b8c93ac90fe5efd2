package casework_test

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/fault"
)

// 行政许可法第七十八条: who hands in false materials in a matter that concerns safety
// does not apply for it again for a year; in another matter, or refused for
// another reason, they may.
func TestFalseMaterialsBarForAYear(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, who := context.Background(), w.Actor("lina")
		refuse := func(deceived bool) {
			c := w.Walk(w.Submit(w.Food()), flow.Decide)
			err := w.Casework.Decide(ctx, w.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Opinion: "不予许可", Reasons: "健康证明系伪造",
				Basis: "《中华人民共和国行政许可法》第七十八条", False: deceived})
			if err != nil {
				t.Fatal(err)
			}
		}
		refuse(false)
		refuse(true)
		draft := w.Draft(who, w.Food())
		submit := func() error {
			_, err := w.Casework.Submit(ctx, who, casework.Submit{DraftID: draft, Declared: true})
			return err
		}
		f := fault.Of(submit())
		if f == nil || f.Code != "submit.barred" || f.Law != "行政许可法第七十八条" || f.Args["day"] != "2027年9月14日" {
			t.Fatalf("%+v", f)
		}
		w.Submit(w.Matter("人力资源服务许可"))
		w.Clock.Set(time.Date(2027, 9, 15, 1, 0, 0, 0, time.UTC))
		if err := submit(); err != nil {
			t.Errorf("after the year: %v", err)
		}
	})
}
