package text

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/kit/fault"
)

// source scans the whole tree.
func source(t *testing.T) *scan { return newScan(t, "../..") }

// TestEveryCodeHasWords fails when source and tables disagree: write the line
// into the table of its subject.
func TestEveryCodeHasWords(t *testing.T) {
	s := source(t)
	if len(s.codes) < 100 {
		t.Fatalf("the scan finds only %d codes", len(s.codes))
	}
	var lacking []string
	for code, where := range s.codes {
		if _, ok := faults[code]; !ok {
			lacking = append(lacking, code+"  "+where[0])
		}
	}
	slices.Sort(lacking)
	for _, l := range lacking {
		t.Error("no Chinese message: " + l)
	}
	for code := range faults {
		if _, used := s.codes[code]; !used {
			t.Logf("not found in the source: %s", code)
		}
	}
}

// TestEverySlugHasALabel compares the constants of the business with the labels.
func TestEverySlugHasALabel(t *testing.T) {
	s := source(t)
	for typ, kind := range map[string]Kind{
		"casework.Status": Status, "casework.DraftStatus": Draft, "casework.Channel": Channel, "casework.Way": Way,
		"catalog.Status": Version, "catalog.Ground": Ground, "catalog.Part": Part, "flow.Act": Act,
		"staff.Permission": Permission, "staff.Role": Role, "staff.Kind": ActorKind, "org.Kind": Body,
		"org.WindowKind": WindowKind, "party.Kind": PartyKind, "party.Relation": Relation,
		"deadline.Unit": Unit, "deadline.Start": Start, "calendar.Kind": DayKind, "licence.Status": LicenceStatus,
		"supervision.Kind": FaultKind, "supervision.Status": FaultStatus, "supervision.Colour": Colour, "supervision.Verdict": Verdict,
		"disclosure.Outcome": Decided, "disclosure.Standing": Standing, "casework.Purpose": Purpose, "aftercare.Status": Proceeding, "aftercare.Kind": Procedure, "aftercare.Outcome": Ending, "aftercare.Result": Checkup,
		"aftercare.Via": Told, "aftercare.Standing": Speaking, "aftercare.Claim": Claim,
	} {
		slugs := s.typed(typ)
		if len(slugs) == 0 {
			t.Errorf("no constants of type %s", typ)
		}
		for _, slug := range slugs {
			if labels[kind][slug] == "" {
				t.Errorf("%s %q has no label", typ, slug)
			}
		}
	}
}

// What people read is Chinese, and every placeholder of a label names a kind.
func TestMessagesAreWellFormed(t *testing.T) {
	placeholder := regexp.MustCompile(`\{([a-z_]+)(\|[a-z_]+)?\}`)
	han := regexp.MustCompile(`\p{Han}`)
	for code, m := range faults {
		if !han.MatchString(m) {
			t.Errorf("%s: %q", code, m)
		}
		if strings.ContainsAny(placeholder.ReplaceAllString(m, ""), "{}") {
			t.Errorf("%s: %q has an odd brace", code, m)
		}
		for _, p := range placeholder.FindAllStringSubmatch(m, -1) {
			if k := strings.TrimPrefix(p[2], "|"); k != "" && k != "fault" && labels[Kind(k)] == nil {
				t.Errorf("%s: no labels of kind %q", code, k)
			}
		}
	}
	for kind, words := range labels {
		for slug, w := range words {
			if !han.MatchString(w) {
				t.Errorf("%s %s: %q", kind, slug, w)
			}
		}
	}
}

func TestFault(t *testing.T) {
	for _, c := range []struct {
		f    *fault.Fault
		want string
	}{
		{fault.Refused("signin.locked", "", "minutes", "15"), "连续输错次数过多，账号已临时锁定，请 15 分钟后再试"},
		{fault.Conflict("case.stale", "status", "handling"), "这个办件刚刚有了变化，现在是「办理中」。请刷新后核对再办"},
		{fault.Internal(nil), byKind[fault.KindInternal]},
		{fault.Invalid("never.heard", fault.At("a", "x"), fault.At("b", "y")), "有 2 处需要更正"},
		{fault.Denied("never.heard"), byKind[fault.KindDenied]},
	} {
		if got := Fault(c.f); got != c.want {
			t.Errorf("%s: %s", c.f.Code, got)
		}
	}
}

// An unplanned error keeps its words to itself even under a known code.
func TestInternalErrorsStaySilent(t *testing.T) {
	f := fault.Internal(errString("dial tcp 10.1.2.3: secret"))
	if p := Problems(f); strings.Contains(p.Message, "secret") || len(p.Fields) != 0 {
		t.Errorf("%+v", p)
	}
}

type errString string

func (e errString) Error() string { return string(e) }

func TestProblems(t *testing.T) {
	f := fault.Invalid("form.invalid",
		fault.At("company.uscc", "form.uscc", "label", "统一社会信用代码", "why", "code.check", "pos", "18"),
		fault.At("name", "form.required", "label", "名称"))
	f.Law = "行政许可法第三十一条"
	p := Problems(f)
	if p.Law != f.Law || p.At("company.uscc") != "统一社会信用代码不对：第 18 位校验码不符，请逐位核对" || p.At("name") != "请填写名称" {
		t.Errorf("%+v", p)
	}
}

func TestChoicesAndUnknownLabels(t *testing.T) {
	got := Choices(Channel, "online", "window")
	if len(got) != 2 || got[1].Text != "窗口收件" || got[1].Value != "window" {
		t.Errorf("%+v", got)
	}
	if Label(Status, "unheard") != "unheard" || Label(Status, "") != "" {
		t.Error("an unknown slug shows as it is")
	}
}
