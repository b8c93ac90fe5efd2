package procedure

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

var ctx = context.Background()

// city is a world with procedures.
type city struct {
	*casetest.World
	*Service
	t *testing.T
}

func each(t *testing.T, test func(*testing.T, city)) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		test(t, city{w, New(w.DB, Options{Casework: w.Casework, Blobs: w.Blobs, FileBytes: 1 << 20}), t})
	})
}

func (c city) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c city) refused(err error, code string) {
	c.t.Helper()
	if f := fault.Of(err); f == nil || f.Code != code && (len(f.Fields) == 0 || f.Fields[0].Code != code) {
		c.t.Fatalf("%v, want %s", err, code)
	}
}

// at is a case of the matter that waits for the act.
func (c city) at(matter string, act flow.Act) *casework.Case {
	c.t.Helper()
	return c.Walk(c.Submit(c.Matter(matter)), act)
}

func (c city) get(id string) *Procedure {
	c.t.Helper()
	var p *Procedure
	c.ok(c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		p, err = byID(tx, id)
		return err
	}))
	return p
}

// seen is the procedure in the version in which it stands.
func (c city) seen(id string) Seen { return Seen{id, c.get(id).Version} }

func (c city) officers(logins ...string) (out []Appoint) {
	for _, l := range logins {
		out = append(out, Appoint{c.Actor(l).AccountID, "冀F-" + l})
	}
	return out
}

func (c city) kinds(caseID string) map[document.Kind]int {
	c.t.Helper()
	docs := document.New(c.DB, document.Options{})
	all, err := docs.ByCase(ctx, c.Actor("supervisor"), caseID)
	c.ok(err)
	out := map[document.Kind]int{}
	for _, d := range all {
		out[d.Kind]++
	}
	return out
}

func picture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func (c city) add(who staff.Actor, id, name string, content []byte) error {
	_, err := c.AddFile(ctx, who, AddFile{Seen: Seen{ID: id}, Name: name, Size: int64(len(content)), Content: bytes.NewReader(content), Caption: "门面"})
	return err
}

// visit plans a visit of two officers tomorrow and goes there.
func (c city) visit(k *casework.Case, officers ...string) string {
	c.t.Helper()
	id, err := c.Plan(ctx, c.Actor("handler"), Plan{Seen: casework.Seen{CaseID: k.ID}, At: c.Clock.Now().Add(24 * time.Hour),
		Place: "定州市中山路1号", Organiser: ByBureau, Officers: c.officers(officers...), Why: "核实经营场所"})
	c.ok(err)
	c.Clock.Advance(25 * time.Hour)
	return id
}

func (c city) record(who staff.Actor, id string, found Conclusion) error {
	in := Record{Seen: c.seen(id), HeldAt: c.Clock.Now().Add(-time.Hour), Findings: "场所与图纸一致", Present: "李娜（法定代表人）", Conclusion: found}
	if found == Rectify {
		in.Items = []Item{{Problem: "消毒间没有流动水", Demand: "接通给水"}}
		in.Until = c.calendar().AddWorking(c.get(id).From, 3)
	}
	return c.Record(ctx, who, in)
}

func (c city) sign(login, id string) error {
	return c.Service.Sign(ctx, c.Actor(login), Sign{ID: id, Revision: c.get(id).Detail.Revision})
}

func (c city) decide(k *casework.Case, grant bool, reasons string) error {
	in := casework.Decide{Seen: casework.Seen{CaseID: k.ID}, Grant: grant, Opinion: "同意。"}
	if !grant {
		in.Reasons, in.Basis = reasons, "《公共场所卫生管理条例》第四条"
	}
	return c.Casework.Decide(ctx, c.Actor("decider"), in)
}

// 行政许可法第三十四条第三款: two officers, announced, recorded with photographs, signed
// by each; the decision waits for it and follows it.
func TestSiteVisit(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		k := c.at("公共场所卫生许可", flow.Decide)
		c.refused(c.decide(k, true, ""), "decide.visit_lacking")
		before := c.Case(k.ID).StatutoryDue
		plan := Plan{Seen: casework.Seen{CaseID: k.ID}, At: c.Clock.Now().Add(24 * time.Hour), Place: "中山路1号", Organiser: ByBureau, Why: "核实"}
		for code, officers := range map[string][]Appoint{
			"procedure.two_officers":  c.officers("handler"),
			"procedure.officer_twice": append(c.officers("handler"), Appoint{c.Actor("handler").AccountID, "冀F-2"}),
			"procedure.officer":       c.officers("handler", "zj-handler"),
		} {
			plan.Officers = officers
			_, err := c.Plan(ctx, c.Actor("handler"), plan)
			c.refused(err, code)
		}
		late := plan
		late.At, late.Officers = c.Clock.Now().Add(400*24*time.Hour), c.officers("handler", "handler2")
		_, err := c.Plan(ctx, c.Actor("handler"), late)
		c.refused(err, "visit.after_due")
		late.At = c.Clock.Now()
		_, err = c.Plan(ctx, c.Actor("handler"), late)
		c.refused(err, "visit.past")

		id := c.visit(k, "handler", "handler2")
		c.refused(c.decide(k, false, "不符合"), "visit.holds")
		if got := c.Case(k.ID); got.StatutoryDue != before || len(got.Course.Pauses) != 0 {
			t.Errorf("a visit moved the due day from %s to %s", before, got.StatutoryDue)
		}
		who := c.Actor("handler")
		c.refused(c.record(who, id, Passed), "visit.photos")
		c.Kept(k.ID, "visit.photos")
		c.refused(c.add(who, id, "照片.png", []byte("<html><script>")), "upload.mismatch")
		c.refused(c.add(who, id, "图.pdf", casetest.PDF), "upload.not_taken")
		c.refused(c.add(c.Actor("reviewer"), id, "照片.png", picture()), "procedure.not_sent")
		c.ok(c.add(who, id, "照片.png", picture()))
		c.refused(c.record(c.Actor("reviewer"), id, Passed), "procedure.not_sent")
		c.ok(c.record(who, id, Rectify))
		c.refused(c.sign("reviewer", id), "procedure.not_sent")
		c.ok(c.sign("handler", id))
		c.refused(c.sign("handler", id), "procedure.signed")
		c.refused(c.record(who, id, Passed), "procedure.signed_by_one")
		if c.get(id).State != Signing || c.kinds(k.ID)[document.XCHC] != 1 {
			t.Error("one signature is taken for two")
		}
		c.ok(c.sign("handler2", id))
		if p := c.get(id); p.State != Done || c.kinds(k.ID)[document.XCHC] != 2 {
			t.Errorf("state %s, documents %v", p.State, c.kinds(k.ID))
		}
		c.refused(c.decide(k, true, ""), "decide.visit_failed")

		again := c.visit(k, "handler", "handler2")
		if c.get(again).Round != 2 {
			t.Errorf("round %d", c.get(again).Round)
		}
		c.ok(c.add(who, again, "照片.png", picture()))
		c.ok(c.record(who, again, Passed))
		c.ok(c.sign("handler", again))
		c.ok(c.sign("handler2", again))
		c.ok(c.decide(k, true, ""))
	})
}

// Two officers who sign at the same instant both succeed, and the record is
// issued once.
func TestParallelSignatures(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		for range 3 {
			k := c.at("公共场所卫生许可", flow.Decide)
			id := c.visit(k, "handler", "handler2")
			c.ok(c.add(c.Actor("handler"), id, "照片.png", picture()))
			c.ok(c.record(c.Actor("handler"), id, Passed))
			revision := c.get(id).Detail.Revision
			got := make(chan error)
			for i := range 8 { // each presses the button four times
				who := c.Actor([]string{"handler", "handler2"}[i%2])
				go func() { got <- c.Service.Sign(ctx, who, Sign{ID: id, Revision: revision}) }()
			}
			signed := 0
			for range 8 {
				if err := <-got; err == nil {
					signed++
				}
			}
			if p := c.get(id); signed != 2 || p.State != Done || p.signed() != 2 || c.kinds(k.ID)[document.XCHC] != 2 {
				t.Fatalf("%d signatures, state %s, %v", signed, p.State, c.kinds(k.ID))
			}
		}
	})
}

// A record that one of the two cannot sign is taken back; what was signed is
// void.
func TestReopen(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		k := c.at("公共场所卫生许可", flow.Examine)
		id := c.visit(k, "handler", "handler2")
		c.ok(c.add(c.Actor("handler"), id, "照片.png", picture()))
		c.ok(c.record(c.Actor("handler"), id, Passed))
		c.ok(c.sign("handler", id))
		c.refused(c.Reopen(ctx, c.Actor("reviewer"), Reopen{c.seen(id), "x"}), "procedure.not_sent")
		c.refused(c.Reopen(ctx, c.Actor("handler2"), Reopen{c.seen(id), " "}), "text.required")
		old := c.get(id).Detail.Revision
		c.ok(c.Reopen(ctx, c.Actor("handler2"), Reopen{c.seen(id), "漏记消毒设施"}))
		if p := c.get(id); p.State != Open || p.signed() != 0 {
			t.Errorf("%s with %d signatures", p.State, p.signed())
		}
		c.ok(c.record(c.Actor("handler2"), id, Failed))
		c.refused(c.Service.Sign(ctx, c.Actor("handler"), Sign{ID: id, Revision: old}), "procedure.stale")
		c.ok(c.sign("handler", id))
		c.ok(c.sign("handler2", id))
		if p := c.get(id); p.State != Done || p.Detail.Conclusion != Failed {
			t.Errorf("%+v", p)
		}
	})
}

// 定州方案: a joint visit has people of both; who was sent from the supervising
// department signs, and sees nothing else of the body's cases.
func TestJointVisit(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		k := c.at("食品经营许可", flow.Examine)
		plan := Plan{Seen: casework.Seen{CaseID: k.ID}, At: c.Clock.Now().Add(24 * time.Hour), Place: "中山路1号", Why: "核实", Officers: c.officers("handler", "regulator")}
		for organiser, code := range map[Organiser]string{ByBureau: "visit.bureau_alone", "regulator": "choice.unknown"} {
			plan.Organiser = organiser
			_, err := c.Plan(ctx, c.Actor("handler"), plan)
			c.refused(err, code)
		}
		plan.Organiser = Jointly
		id, err := c.Plan(ctx, c.Actor("handler"), plan)
		c.ok(err)
		c.Clock.Advance(25 * time.Hour)
		regulator := c.Actor("regulator")
		if _, err := c.Get(ctx, regulator, id); err != nil {
			t.Error(err)
		}
		_, err = c.Get(ctx, c.Actor("zj-handler"), id)
		c.refused(err, "procedure.missing")
		_, err = c.Casework.Dossier(ctx, regulator, k.ID)
		c.refused(err, "case.missing")
		c.ok(c.add(regulator, id, "照片.png", picture()))
		c.ok(c.record(regulator, id, Passed))
		c.ok(c.sign("handler", id))
		c.ok(c.sign("regulator", id))
		own, _, err := c.Visits(ctx, regulator, Visits{Own: true, Past: true})
		c.ok(err)
		all, _, err := c.Visits(ctx, regulator, Visits{Past: true})
		c.ok(err)
		if len(own) != 1 || len(all) != 0 {
			t.Errorf("own %d, all %d", len(own), len(all))
		}
	})
}

// The visits' calendar is cut by key and shows to each only what is theirs.
func TestVisitsList(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		var want []string
		for i := range 5 {
			k := c.at("公共场所卫生许可", flow.Examine)
			id, err := c.Plan(ctx, c.Actor("handler"), Plan{Seen: casework.Seen{CaseID: k.ID}, At: c.Clock.Now().Add(time.Duration(24+i/2) * time.Hour),
				Place: "中山路1号", Organiser: ByBureau, Officers: c.officers("handler", "handler2"), Why: "核实"})
			c.ok(err)
			want = append(want, id)
		}
		var got []string
		at := Cursor{}
		for range 5 {
			page, next, err := c.Visits(ctx, c.Actor("handler2"), Visits{Own: true, Limit: 2, After: ParseCursor(at.String())})
			c.ok(err)
			for _, p := range page {
				got = append(got, p.ID)
			}
			if at = next; at.ID == "" {
				break
			}
		}
		if len(got) != 5 {
			t.Errorf("%d of 5: %v, want %v", len(got), got, want)
		}
		if other, _, err := c.Visits(ctx, c.Actor("zj-handler"), Visits{}); err != nil || len(other) != 0 {
			t.Errorf("another department sees %d: %v", len(other), err)
		}
		_, _, err := c.Visits(ctx, c.Actor("lina"), Visits{})
		c.refused(err, "permission")
	})
}

// Cancelling and moving a visit are told, and moving is bound by the due day.
func TestRescheduleAndCancel(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		k := c.at("公共场所卫生许可", flow.Examine)
		who := c.Actor("handler")
		id, err := c.Plan(ctx, who, Plan{Seen: casework.Seen{CaseID: k.ID}, At: c.Clock.Now().Add(24 * time.Hour), Place: "中山路1号",
			Organiser: ByBureau, Officers: c.officers("handler", "handler2"), Why: "核实"})
		c.ok(err)
		move := Reschedule{Seen: c.seen(id), At: c.Clock.Now().Add(48 * time.Hour), Place: "中山路3号", Reason: "申请人不在"}
		c.refused(c.Reschedule(ctx, c.Actor("zj-handler"), move), "procedure.missing")
		c.ok(c.Reschedule(ctx, who, move))
		c.refused(c.Reschedule(ctx, who, move), "procedure.stale")
		if c.kinds(k.ID)[document.XCHC] != 2 {
			t.Errorf("%v", c.kinds(k.ID))
		}
		c.ok(c.Cancel(ctx, who, Cancel{c.seen(id), "申请材料已能核实"}))
		c.refused(c.Cancel(ctx, who, Cancel{c.seen(id), "x"}), "procedure.over")
		if n := len(c.Case(k.ID).Course.Holds); n != 0 {
			t.Errorf("%d holds are left", n)
		}
	})
}
