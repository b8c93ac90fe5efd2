package catalog

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/form"
)

func workingLimit(n int) *Limit {
	return &Limit{Limit: deadline.Limit{N: n, Unit: deadline.Working, Start: deadline.Accepted, Law: "x"}}
}

// min(promised − 2, 20), unless the matter says otherwise.
func TestDaysForHandingInLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		promised := rapid.IntRange(0, 60).Draw(t, "promised")
		i := &Implementation{Promised: workingLimit(promised), Variants: []Variant{{No: "01"}}}
		got := i.TolerableDays("01")
		if got < 0 || got > 20 || promised > 2 && got > promised-2 || promised >= 22 && got != 20 {
			t.Fatalf("promised %d, tolerated %d", promised, got)
		}
		own := rapid.IntRange(1, 60).Draw(t, "own")
		i.Tolerance = &Tolerance{Days: own}
		if i.TolerableDays("01") != own {
			t.Fatalf("own %d, got %d", own, i.TolerableDays("01"))
		}
		l := &lister{i: i}
		l.tolerance()
		if (len(l.out) > 0) != (own > promised) {
			t.Fatalf("own %d within promised %d: %v", own, promised, l.out)
		}
	})
}

func TestOnlyWhatIsMarkedMayFollow(t *testing.T) {
	m := func(no string, n Need) Material { return Material{No: no, Need: n, Name: no} }
	i := &Implementation{Promised: workingLimit(10), Variants: []Variant{{No: "01"}, {No: "02", Without: []string{"003"}}},
		Materials: []Material{m("001", Required), m("002", Optional), m("003", Deferrable)}}
	if got := i.Deferrables("01", nil); len(got) != 1 || got[0].No != "003" {
		t.Errorf("%v", got)
	}
	if !i.ToleranceOpen("01") || i.ToleranceOpen("02") {
		t.Error("open where nothing may follow")
	}
	i.Promised = workingLimit(2)
	if i.ToleranceOpen("01") {
		t.Error("open without time")
	}
}

// What a commitment makes of a matter, and that the matter itself stays.
func TestCommitted(t *testing.T) {
	i := &Implementation{Promised: workingLimit(10), SiteVisit: &SiteVisit{Always: true}, Commitment: &Commitment{Law: "某条例第五条", Replaces: []string{"002"}},
		Materials: []Material{{No: "001"}, {No: "002"}}, Variants: []Variant{{No: "01", Promised: workingLimit(3)}}}
	c := i.Committed()
	if len(c.Materials) != 1 || !c.Decision().OnTheSpot() || c.Variants[0].Promised != nil || c.SiteVisit != nil || c.Flow.Name != onTheSpot().Name {
		t.Errorf("%+v", c)
	}
	if len(i.Materials) != 2 || i.Promised.N != 10 || i.Variants[0].Promised == nil || i.SiteVisit == nil {
		t.Error("the matter itself changed")
	}
	if c.Committed() != c || !reflect.DeepEqual(c.Terms(), i.Terms()) {
		t.Error("narrowed twice, or promising something else")
	}
	plain := &Implementation{Materials: []Material{{No: "001"}}}
	if plain.Committed() != plain {
		t.Error("a matter without commitment is itself")
	}
}

// The text names everything that 国办发〔2020〕42号 wants told, and each of the
// informing parts changes it, so that the digest of what was signed differs.
func TestTermsTellEverything(t *testing.T) {
	i := &Implementation{Name: "某许可", Commitment: &Commitment{Law: "某法第五条", VerifyDays: 20, VerifyBy: "监管部门", Replaces: []string{"002"}},
		Conditions: []Condition{{Text: "有场所"}}, Materials: []Material{{No: "001", Name: "申请表", Need: Required}, {No: "002", Name: "使用证明", Need: Required}}}
	text := i.Terms().Text(i.Name, "某局")
	for _, want := range []string{"某法第五条", "有场所", "申请表", "使用证明（作出承诺的，申请时不再提交）", "20个工作日内核查", "撤销", "信用记录", "撤回承诺", "不向社会公开"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %s:\n%s", want, text)
		}
	}
	i.Commitment.VerifyDays = 21
	if i.Terms().Text(i.Name, "某局") == text {
		t.Error("another time for the check, the same text")
	}
}

func TestLacksOfProofsAndServices(t *testing.T) {
	for name, c := range map[string]struct {
		i    Implementation
		want string
	}{
		"grounded":       {Implementation{Proofs: []Proof{{Name: "无犯罪记录证明", Issuer: "公安机关", Law: "某条例第三条"}}}, ""},
		"by a notice":    {Implementation{Proofs: []Proof{{Name: "证明", Issuer: "社区", Law: "某部关于某事的通知"}}}, "proof_basis"},
		"by nothing":     {Implementation{Proofs: []Proof{{Name: "证明", Issuer: "社区"}}}, "proof_basis"},
		"by a decision":  {Implementation{Proofs: []Proof{{Name: "证明", Issuer: "社区", Law: "国务院对确需保留的行政审批项目设定行政许可的决定"}}}, ""},
		"service":        {Implementation{Services: []Intermediary{{Name: "评价", Provider: "机构", Law: "某法第八条", Paid: PaidByApplicant}}}, ""},
		"service, rule":  {Implementation{Services: []Intermediary{{Name: "评价", Provider: "机构", Law: "某办法第八条", Paid: PaidByApplicant}}}, "service_basis"},
		"passed on":      {Implementation{Services: []Intermediary{{Name: "评审", Provider: "机构", Law: "某法第八条", Entrusted: true, Paid: PaidByApplicant}}}, "service_paid"},
		"paid by nobody": {Implementation{Services: []Intermediary{{Name: "评审", Provider: "机构", Law: "某法第八条"}}}, "service_paid"},
		"unlisted":       {Implementation{Materials: []Material{{No: "001", Name: "评价报告", Origin: FromAgency}}}, "service_unlisted"},
	} {
		l := &lister{i: &c.i}
		l.proofs()
		var got []string
		for _, x := range l.out {
			got = append(got, strings.TrimPrefix(x.Code, "catalog.lack."))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
	shown := (&Implementation{Services: []Intermediary{{Name: "评价", Provider: "机构", Law: "某法第八条", Paid: PaidByApplicant}}}).proofFacts()
	if len(shown) != 1 || !strings.Contains(shown[0].Text, "费用由申请人承担") || !strings.Contains(shown[0].Text, "某法第八条") {
		t.Errorf("guide: %v", shown)
	}
}

// A permit is no precondition of a registration, unless a law says so for a
// situation; other limits than those of the regulation are none of its.
func TestLacksOfARegistration(t *testing.T) {
	permit := func(n Need, law string, c form.Condition) []Material {
		return []Material{{No: "001", Name: "食品经营许可证", Need: n, Law: law, If: c}}
	}
	when := form.Condition{{Field: "permit.used", Op: "equals", Value: "true"}}
	three := &Limit{Limit: deadline.Limit{N: 3, Unit: deadline.Working, Start: deadline.Received}}
	for name, c := range map[string]struct {
		i    Implementation
		want string
	}{
		"plain":              {Implementation{Registration: true, Statutory: three}, ""},
		"required permit":    {Implementation{Registration: true, Statutory: three, Materials: permit(Required, "某法第三条", nil)}, "registration_precondition"},
		"by a rule":          {Implementation{Registration: true, Statutory: three, Materials: permit(Optional, "某办法第三条", when)}, "registration_precondition"},
		"by a law, when":     {Implementation{Registration: true, Statutory: three, Materials: permit(Optional, "某法第三条", when)}, ""},
		"from acceptance":    {Implementation{Registration: true, Statutory: workingLimit(3)}, "registration_limit"},
		"twenty days":        {Implementation{Registration: true, Statutory: workingLimit(20)}, "registration_limit"},
		"no registration":    {Implementation{Statutory: workingLimit(20), Materials: permit(Required, "", nil)}, ""},
		"its own licence is": {Implementation{Registration: true, Statutory: three, Materials: []Material{{No: "001", Name: "营业执照（注销时缴回）", Need: Required}}}, ""},
	} {
		l := &lister{i: &c.i}
		l.registration()
		var got []string
		for _, x := range l.out {
			got = append(got, strings.TrimPrefix(x.Code, "catalog.lack."))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

func TestTimesOfARegistration(t *testing.T) {
	i := &Implementation{Registration: true}
	today := calendar.MustDay("2026-11-23")
	for name, c := range map[string]struct {
		v    form.Values
		want string
	}{
		"nothing":               {form.Values{}, ""},
		"no permit needed":      {form.Values{"permit.used": "false", "permit.issued_on": "2020-01-01"}, ""},
		"valid through today":   {form.Values{"permit.used": "true", "permit.issued_on": "2020-01-01", "permit.valid_until": "2026-11-23"}, ""},
		"over since yesterday":  {form.Values{"permit.used": "true", "permit.issued_on": "2020-01-01", "permit.valid_until": "2026-11-22"}, "registration.permit_over"},
		"ninety days old":       {form.Values{"permit.used": "true", "permit.issued_on": "2026-08-25"}, ""},
		"ninety-one":            {form.Values{"permit.used": "true", "permit.issued_on": "2026-08-24"}, "registration.permit_old"},
		"ninety-one, confirmed": {form.Values{"permit.used": "true", "permit.issued_on": "2026-08-24", "permit.confirmed": "true"}, ""},
		"published 20 days":     {form.Values{"cancel.subject": "company", "cancel.announced_on": "2026-11-03"}, "registration.announced_running"},
		"published 21 days":     {form.Values{"cancel.subject": "company", "cancel.announced_on": "2026-11-02"}, ""},
		"last day":              {form.Values{"cancel.subject": "company", "cancel.announced_on": "2026-10-14"}, ""},
		"a day late":            {form.Values{"cancel.subject": "company", "cancel.announced_on": "2026-10-13"}, "registration.announced_over"},
		"individual":            {form.Values{"cancel.subject": "individual", "cancel.announced_on": "2026-11-20"}, ""},
	} {
		got := ""
		for _, x := range i.RegistrationFaults(c.v, today) {
			got += x.Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := (&Implementation{}).RegistrationFaults(form.Values{"cancel.announced_on": "2026-11-20"}, today); got != nil {
		t.Errorf("another matter: %v", got)
	}
}

func TestWhomARegistrationNames(t *testing.T) {
	i := &Implementation{Registration: true}
	got := i.RegistrationPersons(form.Values{"company.legal_name": "李娜", "company.shareholders": "李娜，认缴60万元\n王强 认缴40万元\n定州市嘉禾食品有限公司，认缴10万元",
		"company.directors": "李娜，执行董事\n周涛、监事", "agent.used": "true", "agent.name": "赵敏"})
	var names []string
	for _, n := range got {
		names = append(names, n.Name+"："+n.Role)
	}
	want := []string{"李娜：法定代表人、股东、董事、监事、高级管理人员", "王强：股东", "周涛：董事、监事、高级管理人员", "赵敏：代理人"}
	if !slices.Equal(names, want) {
		t.Errorf("%v", names)
	}
	if got := i.RegistrationPersons(form.Values{"agent.used": "false", "agent.name": "赵敏"}); len(got) != 0 {
		t.Errorf("no agent: %v", got)
	}
}

// Only what establishes a market entity may be ended the simple way
// (市场主体登记管理条例第三十三条).
func TestSimpleCancel(t *testing.T) {
	permit := lister{i: &Implementation{SimpleCancel: &SimpleCancel{}}}
	permit.registration()
	if len(permit.out) != 1 || permit.out[0].Code != "catalog.lack.simple_cancel" {
		t.Errorf("%+v", permit.out)
	}
	register := lister{i: &Implementation{SimpleCancel: &SimpleCancel{}, Registration: true, Result: Result{Form: "licence"}, Variants: []Variant{{Kind: "new"}}}}
	register.registration()
	if len(register.out) != 0 {
		t.Errorf("%+v", register.out)
	}
	day := calendar.MustDay("2026-11-23")
	for individual, want := range map[bool][2]calendar.Day{false: {calendar.MustDay("2026-12-13"), calendar.MustDay("2027-01-02")}, true: {calendar.MustDay("2026-12-03"), 0}} {
		c := SimpleCancel{Individual: individual}
		if until := c.Until(day); until != want[0] || c.ApplyBy(until) != want[1] {
			t.Errorf("%v: %s %s", individual, until, c.ApplyBy(until))
		}
	}
}
