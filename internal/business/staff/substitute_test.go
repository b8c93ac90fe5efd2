package staff

import (
	"strings"
	"testing"
	"time"

	"onewindow/internal/kit/fault"
)

var ofBureau = Subject{BodyID: "dz-spj", IntakeID: "dz-hall"}

// A/B 岗: who stands in does the other's work from the first to the last day,
// and no longer; what is lent is not lent on.
func TestASubstituteDoesTheWorkForSomeDays(t *testing.T) {
	each(t, func(o office) {
		a, b, c := o.officer("decider-a", Decider), o.officer("handler-b", Handler), o.officer("handler-c", Handler)
		day := func(n int) string { return today(o.clk.Now().AddDate(0, 0, n)) }
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(o.Substitute(o.ctx, a, Substitute{SubstituteID: b.AccountID, From: day(1), To: day(2), Reason: "出差"}))
		must(o.Substitute(o.ctx, b, Substitute{SubstituteID: c.AccountID, From: day(4), To: day(5), Reason: "休假"}))
		if b := o.actor(b.AccountID); b.Can(CaseDecide) {
			t.Error("decides before the first day")
		}
		o.clk.Advance(24 * time.Hour)
		b = o.actor(b.AccountID)
		if err := b.May(CaseDecide, ofBureau); err != nil {
			t.Errorf("the substitute may not decide: %v", err)
		}
		if got := b.StandsInFor(CaseDecide, ofBureau); got != a.AccountID || !b.Substitutes(a.AccountID) {
			t.Errorf("decides for %q", got)
		}
		if got := b.StandsInFor(CaseExamine, ofBureau); got != "" {
			t.Errorf("examines for %q, and it is the own work", got)
		}
		if b.May(CaseDecide, Subject{BodyID: "dz-zjj"}) == nil {
			t.Error("decides for another body")
		}
		if o.actor(c.AccountID).Can(CaseDecide) {
			t.Error("what is lent was lent on")
		}
		o.clk.Advance(48 * time.Hour)
		if o.actor(b.AccountID).Can(CaseDecide) {
			t.Error("decides after the last day")
		}
	})
}

func TestEndingASubstitution(t *testing.T) {
	each(t, func(o office) {
		a, b, other := o.officer("decider-a", Decider), o.officer("handler-b", Handler), o.officer("handler-c", Handler)
		day := today(o.clk.Now())
		if err := o.Substitute(o.ctx, a, Substitute{SubstituteID: b.AccountID, From: day, To: day, Reason: "出差"}); err != nil {
			t.Fatal(err)
		}
		if !o.actor(b.AccountID).Can(CaseDecide) {
			t.Fatal("the substitute may not decide")
		}
		all, err := o.Substitutions(o.ctx, o.actor(b.AccountID))
		if err != nil || len(all) != 1 || all[0].AccountID != a.AccountID {
			t.Fatalf("%+v %v", all, err)
		}
		if err := o.EndSubstitution(o.ctx, other, all[0].ID); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindMissing {
			t.Errorf("a third officer ended it: %v", err)
		}
		if err := o.EndSubstitution(o.ctx, a, all[0].ID); err != nil {
			t.Fatal(err)
		}
		if o.actor(b.AccountID).Can(CaseDecide) {
			t.Error("still decides")
		}
	})
}

func TestSubstituteRefusals(t *testing.T) {
	each(t, func(o office) {
		a, b, away := o.officer("decider-a", Decider), o.officer("handler-b", Handler), o.officer("handler-c", Handler)
		admin, empty := o.officer("sec-d", SecurityAdmin), o.officer("nobody-e")
		now := o.clk.Now()
		day := func(n int) string { return today(now.AddDate(0, 0, n)) }
		for _, x := range []Substitute{
			{AccountID: a.AccountID, SubstituteID: b.AccountID, From: day(10), To: day(12), Reason: "出差"},
			{AccountID: away.AccountID, SubstituteID: b.AccountID, From: day(20), To: day(30), Reason: "出差"},
		} {
			if err := o.Substitute(o.ctx, o.sys, x); err != nil {
				t.Fatal(err)
			}
		}
		for name, c := range map[string]struct {
			who  Actor
			in   Substitute
			want string
		}{
			"oneself":              {a, Substitute{SubstituteID: a.AccountID, From: day(0), To: day(1), Reason: "出差"}, "staff.substitute_self"},
			"nobody":               {a, Substitute{From: day(0), To: day(1), Reason: "出差"}, "staff.substitute_self"},
			"yesterday":            {a, Substitute{SubstituteID: b.AccountID, From: day(-1), To: day(1), Reason: "出差"}, "staff.substitute_from"},
			"backwards":            {a, Substitute{SubstituteID: b.AccountID, From: day(3), To: day(2), Reason: "出差"}, "staff.days"},
			"for good":             {a, Substitute{SubstituteID: b.AccountID, From: day(0), To: day(90), Reason: "出差"}, "staff.substitute_long"},
			"without a reason":     {a, Substitute{SubstituteID: b.AccountID, From: day(0), To: day(1), Reason: " "}, "staff.substitute_reason"},
			"a long story":         {a, Substitute{SubstituteID: b.AccountID, From: day(0), To: day(1), Reason: strings.Repeat("长", 201)}, "staff.substitute_reason"},
			"two at a time":        {a, Substitute{SubstituteID: b.AccountID, From: day(12), To: day(13), Reason: "出差"}, "staff.substitute_twice"},
			"who is away too":      {a, Substitute{SubstituteID: away.AccountID, From: day(25), To: day(26), Reason: "出差"}, "staff.substitute_away"},
			"an administrator":     {a, Substitute{SubstituteID: admin.AccountID, From: day(0), To: day(1), Reason: "出差"}, "staff.three_officers"},
			"who works elsewhere":  {a, Substitute{SubstituteID: empty.AccountID, From: day(0), To: day(1), Reason: "出差"}, "staff.substitute_body"},
			"for somebody else":    {b, Substitute{AccountID: a.AccountID, SubstituteID: b.AccountID, From: day(0), To: day(1), Reason: "出差"}, "permission"},
			"by nobody signed in":  {Actor{}, Substitute{SubstituteID: b.AccountID, From: day(0), To: day(1), Reason: "出差"}, "signed_out"},
			"who does not exist":   {a, Substitute{SubstituteID: "x", From: day(0), To: day(1), Reason: "出差"}, "staff.account"},
			"days that are no day": {a, Substitute{SubstituteID: b.AccountID, From: "明天", To: "后天", Reason: "出差"}, "staff.substitute_from"},
		} {
			f := fault.Of(o.Substitute(o.ctx, c.who, c.in))
			got := ""
			if f != nil {
				got = f.Code
				if len(f.Fields) > 0 {
					got = f.Fields[0].Code
				}
			}
			if got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	})
}

// Another body that takes a part reads the case, and does nothing to it.
func TestGuestsReadAndNoMore(t *testing.T) {
	each(t, func(o office) {
		a := o.officer("handler-a", Handler)
		x := Subject{BodyID: "dz-zjj", Guests: "dz-xfj,dz-spj"}
		if err := a.May(CaseRead, x); err != nil {
			t.Errorf("a guest may not read: %v", err)
		}
		if a.May(CaseExamine, x) == nil {
			t.Error("a guest may examine")
		}
		if a.May(CaseRead, Subject{BodyID: "dz-zjj", Guests: "dz-spj2"}) == nil {
			t.Error("half a name is enough")
		}
	})
}
