package party

import (
	"context"
	"fmt"
	"testing"

	"onewindow/internal/business/org"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/secret"
	"onewindow/internal/kit/sm"
)

const good = "Yichuang-2026"

var (
	wang = Register{Login: "wang", Password: good, Name: "王小明", IDType: IDCard, IDNumber: "139999199003070012", Phone: "13900000001",
		Address: "河北省定州市南城区街道示例路1号"}
	lina = Register{Login: "lina", Password: good, Name: "李娜", IDType: IDCard, IDNumber: "13999919881212002X", Phone: "13900000002"}
	zhao = Register{Login: "zhao", Password: good, Name: "赵敏", IDType: IDCard, IDNumber: "139999199506150049", Phone: "13900000003"}
	firm = RegisterCompany{Name: "定州市嘉禾食品有限公司", USCC: "91139999MA9900028Y"}
)

// hall is the service over an empty store with one clerk.
type hall struct {
	*Service
	t     *testing.T
	ctx   context.Context
	clk   *clock.Moving
	d     *db.DB
	clerk staff.Actor
}

func each(t *testing.T, test func(h hall)) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		keys, err := sm.ParseKeyring(sm.NewKey("k1"))
		if err != nil {
			t.Fatal(err)
		}
		accounts := staff.New(d, staff.Options{PartiesOf: OfAccount, Hasher: secret.New(64, 1)})
		h := hall{New(d, keys, accounts), t, context.Background(), clk, d, staff.Actor{}}
		if err := org.New(d).Seed(h.ctx); err != nil {
			t.Fatal(err)
		}
		h.clerk = h.officer("clerk", staff.Clerk)
		test(h)
	})
}

func (h hall) officer(login string, role staff.Role) staff.Actor {
	h.t.Helper()
	accountID, err := h.staff.CreateOfficer(h.ctx, staff.Machine("测试"), staff.CreateOfficer{Login: login, Name: "王敏", Password: good,
		Postings: []staff.Post{{BodyID: "dz-spj", HallID: "dz-hall", Role: role}}})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.actor(accountID)
}

func (h hall) actor(accountID string) staff.Actor {
	h.t.Helper()
	a, err := h.staff.ActorOf(h.ctx, accountID)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// person registers somebody and gives the actor and the party's id.
func (h hall) person(in Register) (staff.Actor, string) {
	h.t.Helper()
	accountID, err := h.Register(h.ctx, staff.Actor{}, in)
	if err != nil {
		h.t.Fatal(err)
	}
	a := h.actor(accountID)
	if len(a.PartyIDs) != 1 {
		h.t.Fatalf("%+v", a)
	}
	return a, a.PartyIDs[0]
}

func (h hall) want(err error, code string) {
	h.t.Helper()
	got := ""
	if f := fault.Of(err); f != nil {
		got = f.Code
	}
	if got != code {
		h.t.Errorf("%q (%v), want %q", got, err, code)
	}
}

func (h hall) load(partyID string) (p Party) {
	h.t.Helper()
	h.want(h.d.Read(h.ctx, func(tx *db.Tx) (err error) {
		p, err = h.Load(tx, partyID)
		return err
	}), "")
	return p
}

// acts lists what was audited about a party, newest first.
func (h hall) acts(partyID string) []string {
	h.t.Helper()
	var out []string
	h.want(h.d.Read(h.ctx, func(tx *db.Tx) error {
		entries, err := audit.Of(tx, "party", partyID, "", 100)
		for _, e := range entries {
			out = append(out, fmt.Sprintf("%s %s %s", e.Act, e.ActorID, e.After))
		}
		return err
	}), "")
	return out
}

// everything is the text of every row of the tables that know people.
func (h hall) everything() string {
	h.t.Helper()
	out := ""
	for _, table := range []string{"party", "audit", "outbox", "mandate"} {
		rows, err := h.d.Pool().Query("select * from " + table)
		if err != nil {
			h.t.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			cells := make([]any, len(columns))
			for i := range cells {
				cells[i] = new(any)
			}
			if err := rows.Scan(cells...); err != nil {
				h.t.Fatal(err)
			}
			for _, c := range cells {
				out += fmt.Sprintln(*c.(*any))
			}
		}
		rows.Close()
	}
	return out
}
