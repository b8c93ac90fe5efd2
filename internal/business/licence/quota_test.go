package licence

import (
	"context"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
)

// 行政许可法第五十七条: what is over makes room again, once however many papers
// close it.
func TestWhatIsOverGivesItsPlaceBack(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s, impl := context.Background(), service(w), w.Matter("取水许可")
		if err := w.Casework.SetQuota(ctx, w.Actor("editor"), casework.SetQuota{Code: impl.Code(), Total: 2, Note: "水资源配置方案"}); err != nil {
			t.Fatal(err)
		}
		used := func(want int) {
			t.Helper()
			var n int
			w.Read(func(tx *db.Tx) error { return tx.Row(`select used from quota where code = $1`, impl.Code()).Scan(&n) })
			if n != want {
				t.Errorf("%d are used, want %d", n, want)
			}
		}
		var ids []string
		for range 2 {
			c := w.Walk(w.Submit(impl), flow.Issue)
			id, err := s.Issue(ctx, w.Actor("issuer"), Issue{Seen: casetest.Seen(c)})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, id)
		}
		used(2)
		in := func(fn func(*db.Tx) error) {
			t.Helper()
			if err := w.DB.Act(ctx, fn); err != nil {
				t.Fatal(err)
			}
		}
		in(func(tx *db.Tx) error { _, err := s.End(tx, ids[0], Rescinded); return err })
		used(1)
		in(func(tx *db.Tx) error { _, err := s.Deregister(tx, ids[0]); return err })
		used(1)
		in(func(tx *db.Tx) error { _, err := s.Deregister(tx, ids[1]); return err })
		used(0)
		in(func(tx *db.Tx) error { return w.Casework.GiveBack(tx, w.Actor("decider"), impl.Code()) })
		used(0)
	})
}
