package document

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onewindow/internal/business/org"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

var ctx = context.Background()

func draft(k Kind) Draft {
	f := sample()
	f.Addressee = ""
	return Draft{Kind: k, CaseID: "case-1", Body: body, Subject: subject, Facts: f, Actor: staff.Machine("测试")}
}

func issue(t testing.TB, d *db.DB, drafts ...Draft) []string {
	t.Helper()
	var ids []string
	err := d.Act(ctx, func(tx *db.Tx) error {
		ids = nil
		for _, x := range drafts {
			documentID, err := Issue(tx, x)
			if err != nil {
				return err
			}
			ids = append(ids, documentID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func get(t testing.TB, d *db.DB, documentID string) (out Document) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = Load(tx, documentID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func count(t testing.TB, d *db.DB, query string) (n int) {
	t.Helper()
	if err := d.Read(ctx, func(tx *db.Tx) error { return tx.Row(query).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestIssue(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		first := get(t, d, issue(t, d, draft(BZ))[0])
		if first.Number != "定审补字〔2026〕第1号" || first.Wording != 1 || first.Body != body || first.Subject != subject || len(first.Digest) != 64 {
			t.Errorf("%+v", first)
		}
		if got, want := plainText(first.Text()), strings.Replace(plainText(func() *Document {
			x := document(BZ, draft(BZ).Facts)
			x.IssuedAt = dbtest.Start
			return &x
		}().Text()), "第12号", "第1号", 1); got != want {
			t.Errorf("what is read says something else:\n%s\n%s", got, want)
		}
		ids := issue(t, d, draft(BZ), draft(SL), draft(BZ))
		for i, want := range []string{"定审补字〔2026〕第2号", "定审受字〔2026〕第1号", "定审补字〔2026〕第3号"} {
			if got := get(t, d, ids[i]).Number; got != want {
				t.Errorf("%s, not %s", got, want)
			}
		}
		licence := get(t, d, issue(t, d, draft(ZZ))[0])
		if licence.Number != licence.Facts.Licence.Number {
			t.Errorf("a licence goes by %s", licence.Number)
		}
		checkTold(t, d, first)
	})
}

// checkTold checks that event and audit record came with the document.
func checkTold(t *testing.T, d *db.DB, x Document) {
	t.Helper()
	var events []event.Event
	err := d.Read(ctx, func(tx *db.Tx) (err error) { events, err = event.Waiting(tx, 1); return err })
	var payload Issued
	if err != nil || len(events) != 1 || events[0].Topic != "document.issued" || events[0].Decode(&payload) != nil ||
		payload != (Issued{x.ID, "case-1", BZ, "dz-spj", "party-1"}) {
		t.Errorf("%+v %+v %v", events, payload, err)
	}
	if n := count(t, d, "select count(*) from audit where act = 'document.issue' and subject_id = '"+x.ID+"'"); n != 1 {
		t.Errorf("%d audit records", n)
	}
}

// A refused document takes no number.
func TestRefusedDocumentLeavesNoTrace(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		in := draft(BYXK)
		in.Facts.Remedies.Review = ""
		err := d.Act(ctx, func(tx *db.Tx) error {
			_, err := Issue(tx, in)
			return err
		})
		if f := fault.Of(err); f == nil || f.Code != "document.lacks" || f.Args["what"] != "复议机关与60日" || f.Law != reviewLaw {
			t.Errorf("%+v", f)
		}
		if got := get(t, d, issue(t, d, draft(BYXK))[0]); got.Number != "定审不准字〔2026〕第1号" {
			t.Error(got.Number)
		}
	})
}

// Numbers begin anew with the year in Beijing, eight hours before UTC's.
func TestNumbersFollowTheBeijingYear(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		for _, x := range []struct{ at, number string }{
			{"2026-12-31T15:59:59Z", "定审受字〔2026〕第1号"},
			{"2026-12-31T16:00:00Z", "定审受字〔2027〕第1号"},
			{"2027-06-01T00:00:00Z", "定审受字〔2027〕第2号"},
		} {
			at, _ := time.Parse(time.RFC3339, x.at)
			clk.Set(at)
			if got := get(t, d, issue(t, d, draft(SL))[0]); got.Number != x.number {
				t.Errorf("%s: %s, not %s", x.at, got.Number, x.number)
			}
		}
	})
}

// Of 64 issuers at once, some of whose acts fail, nobody loses or shares a number.
func TestNumbersHaveNoGapsUnderConcurrency(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		const issuers, failing = 64, 8
		errs := make(chan error, issuers+failing)
		var wait sync.WaitGroup
		for i := range issuers + failing {
			wait.Go(func() { errs <- issueTwo(d, i, i >= issuers) })
		}
		wait.Wait()
		close(errs)
		failed := 0
		for err := range errs {
			if err != nil {
				failed++
			}
		}
		if failed != failing {
			t.Errorf("%d acts failed, not %d", failed, failing)
		}
		for _, word := range []string{"受", "补"} {
			gapless(t, d, word, issuers)
		}
	})
}

// issueTwo issues an acceptance and a supplement notice, every other issuer in
// the other order; a failing act also queues a write that touches no row.
func issueTwo(d *db.DB, i int, fail bool) error {
	kinds := []Kind{SL, BZ}
	if i%2 == 1 {
		slices.Reverse(kinds)
	}
	return d.Act(ctx, func(tx *db.Tx) error {
		for _, k := range kinds {
			in := draft(k)
			in.CaseID = fmt.Sprintf("case-%d", i)
			if _, err := Issue(tx, in); err != nil {
				return err
			}
		}
		if fail {
			tx.Write(`delete from document_glyph where document_id = $1`, "nobody")
		}
		return nil
	})
}

func gapless(t *testing.T, d *db.DB, word string, want int) {
	t.Helper()
	var numbers []int
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		numbers, err = db.List(tx, func(r db.Scanner) (n int, err error) { return n, r.Scan(&n) },
			`select n from document where word = $1 order by n limit 1000`, word)
		return err
	})
	if err != nil || len(numbers) != want {
		t.Fatalf("%d numbers of %s, %v", len(numbers), word, err)
	}
	for i, n := range numbers {
		if n != i+1 {
			t.Fatalf("%s: number %d stands at place %d", word, n, i+1)
		}
	}
}

func TestDocumentsDoNotChange(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		issue(t, d, draft(SL))
		for _, text := range []string{"update document set content = '{}' where kind = $1", "delete from document where kind = $1"} {
			if err := d.Act(ctx, func(tx *db.Tx) error { tx.WriteN(db.Any, text, "SL"); return nil }); err == nil {
				t.Errorf("%s went through", text)
			}
		}
	})
}

// 个人信息保护法第六条: identity numbers do not enter documents, not even in free
// text; longer codes stay whole.
func TestIdentityNumbersAreMasked(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":"11010519491231002X"}`:              `{"a":"110***********002X"}`,
		`{"a":"身份证号\n11010519491231002x。"}`:       `{"a":"身份证号\n110***********002x。"}`,
		`{"a":"\u300011010519491231002X"}`:        `{"a":"\u3000110***********002X"}`,
		`{"a":"\\11010519491231002X"}`:            `{"a":"\\110***********002X"}`,
		`{"a":"11130682MB990001354000131026001"}`: `{"a":"11130682MB990001354000131026001"}`,
		`{"a":"110105194912310021"}`:              `{"a":"110105194912310021"}`,
		`{"a":"1306820001202609140000123"}`:       `{"a":"1306820001202609140000123"}`,
	} {
		text := []byte(in)
		maskIDs(text)
		if string(text) != want {
			t.Errorf("%s, not %s", text, want)
		}
	}
	d := draft(BYXK)
	d.Facts.Reasons = []string{"申请人（身份证号11010519491231002X）不符合条件"}
	if content, err := d.content(); err != nil || strings.Contains(string(content), "19491231") {
		t.Errorf("%s %v", content, err)
	}
}

func TestBodiesHaveDifferentWords(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	s := org.New(d)
	if err := s.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	bodies, err := s.List(ctx, org.Filter{Inactive: true})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, b := range bodies {
		w := BodyOf(b).Word
		if other := seen[w]; other != "" || !strings.HasPrefix(w, "定") {
			t.Errorf("%s and %s are both called %s", b.Name, other, w)
		}
		seen[w] = b.Name
	}
	for want, b := range map[string]org.Body{
		"定审":     {ID: "dz-spj"},
		"定留早镇":   {ID: "x", Name: "定州市留早镇人民政府", Short: "留早镇政府"},
		"定西城区街道": {ID: "x", Name: "定州市西城区街道办事处", Short: "西城区街道办事处"},
		"定粮食":    {ID: "x", Name: "定州市粮食局", Short: "市粮食局"},
	} {
		if got := WordOf(b); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}
