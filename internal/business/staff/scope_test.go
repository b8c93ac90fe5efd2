package staff

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
)

var (
	// few ids, so that scopes and rows meet; the empty one and the odd ones must
	// never match by accident.
	someID   = rapid.SampledFrom([]string{"a", "b", "c", "A", "", "' or 1=1 --", "%"})
	someIDs  = rapid.SliceOfN(someID, 0, 4)
	anyScope = rapid.Custom(func(t *rapid.T) Scope {
		return Scope{
			All:    rapid.IntRange(0, 9).Draw(t, "all") == 0,
			Bodies: someIDs.Draw(t, "bodies"), Intakes: someIDs.Draw(t, "intakes"),
			Applicants: someIDs.Draw(t, "applicants"), Agent: someID.Draw(t, "agent"),
		}
	})
)

// Covers and SQL must never differ: the one guards pages of single cases, the
// other guards lists.
func TestScopeSQLIsCovers(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		subjects := fillSubjects(t, d)
		rapid.Check(t, func(rt *rapid.T) {
			s := anyScope.Draw(rt, "scope")
			n := rapid.IntRange(1, 3).Draw(rt, "n")
			prefix := rapid.SampledFrom([]string{"", "c", "c."}).Draw(rt, "prefix")
			got := selected(rt, d, s, prefix, n)
			for i, x := range subjects {
				if got[i] != s.Covers(x) {
					rt.Fatalf("%+v: SQL %v, Covers %v for %+v", s, got[i], s.Covers(x), x)
				}
			}
		})
	})
}

func fillSubjects(t *testing.T, d *db.DB) map[int]Subject {
	t.Helper()
	if _, err := d.Pool().Exec(`create table scope_test (n integer primary key, body_id text, intake_id text, applicant_id text, agent_id text)`); err != nil {
		t.Fatal(err)
	}
	gen, out := rapid.Custom(func(t *rapid.T) Subject {
		return Subject{someID.Draw(t, "body"), someID.Draw(t, "intake"), someID.Draw(t, "applicant"), someID.Draw(t, "agent"), ""}
	}), map[int]Subject{}
	for n := range 60 {
		x := gen.Example(n)
		var agent any = x.AgentID
		if x.AgentID == "" && n%2 == 0 {
			agent = nil // a case without an agent may hold null
		}
		if _, err := d.Pool().Exec(`insert into scope_test values ($1, $2, $3, $4, $5)`, n, x.BodyID, x.IntakeID, x.ApplicantID, agent); err != nil {
			t.Fatal(err)
		}
		out[n] = x
	}
	return out
}

// selected runs the predicate behind n-1 other placeholders.
func selected(t *rapid.T, d *db.DB, s Scope, prefix string, n int) map[int]bool {
	predicate, args := s.SQL(prefix, n)
	text, before := "select c.n from scope_test c where 1 = 1", []any{}
	for i := 1; i < n; i++ {
		text += fmt.Sprintf(" and c.n <> $%d", i)
		before = append(before, -i)
	}
	rows, err := d.Pool().Query(text+" and "+predicate, append(before, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[int]bool{}
	for rows.Next() {
		var k int
		if err := rows.Scan(&k); err != nil {
			t.Fatal(err)
		}
		out[k] = true
	}
	return out
}

func TestEmptyScopeCoversNothing(t *testing.T) {
	for _, x := range []Subject{{}, {BodyID: "b"}, {"b", "h", "p", "a", ""}} {
		if (Scope{}).Covers(x) {
			t.Errorf("the empty scope covers %+v", x)
		}
	}
	if p, args := (Scope{}).SQL("c", 1); p != "1 = 0" || args != nil {
		t.Errorf("%s %v", p, args)
	}
	if (Scope{Bodies: []string{""}}).Covers(Subject{}) {
		t.Error("an empty id matches a case without a body")
	}
}

// What two scopes cover together is what either covers, and joining changes
// neither.
func TestScopesJoin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyScope.Draw(t, "a"), anyScope.Draw(t, "b")
		b.Agent = a.Agent // one account
		x := Subject{someID.Draw(t, "body"), someID.Draw(t, "intake"), someID.Draw(t, "applicant"), someID.Draw(t, "agent"), ""}
		both := a.plus(b)
		if both.Covers(x) != (a.Covers(x) || b.Covers(x)) {
			t.Fatalf("%+v", both)
		}
	})
}
