package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/deadline"
	"onewindow/internal/business/form"
)

// Tolerance is 容缺受理: the main documents are there, the lacking ones follow
// within a time. A matter needs it only to depart from the defaults; which
// materials may follow is marked on each of them (Deferrable).
type Tolerance struct {
	Days int    `json:"days,omitempty"` // working days; 0 takes the default
	Law  string `json:"law,omitempty"`  // the local rule
	// EndsItself says that a case whose time is over is ended by the system; by
	// default an officer decides whether to.
	EndsItself bool `json:"ends_itself,omitempty"`
}

const lawTolerance = "地方容缺受理制度"

// Most working days for handing in later, and how much shorter than the
// promised limit they are (深圳; no national rule sets a number).
const (
	mostTolerance  = 20
	toleranceShort = 2
)

// TolerableDays are the working days for handing in later in a situation of the
// matter: what the matter says, otherwise the promised limit less two, at most
// twenty. 0 says that the limit leaves no room for it.
func (i *Implementation) TolerableDays(variant string) int {
	if i.Tolerance != nil && i.Tolerance.Days > 0 {
		return i.Tolerance.Days
	}
	limit := i.Decision()
	if v, ok := i.Variant(variant); ok && v.Promised != nil {
		limit = v.Promised
	}
	if limit == nil || limit.OnTheSpot() {
		return 0
	}
	return max(0, min(workingDays(limit.Limit)-toleranceShort, mostTolerance))
}

// ToleranceLaw is the rule that the matter's tolerance rests on.
func (i *Implementation) ToleranceLaw() string {
	if i.Tolerance != nil && i.Tolerance.Law != "" {
		return i.Tolerance.Law
	}
	return lawTolerance
}

// Deferrables are the materials that may follow later in a situation.
func (i *Implementation) Deferrables(variant string, v form.Values) (out []Material) {
	x, _ := i.Variant(variant)
	for _, m := range i.Materials {
		if m.Need == Deferrable && m.AskedOf(v) && !slices.Contains(x.Without, m.No) {
			out = append(out, m)
		}
	}
	return out
}

// ToleranceOpen says whether applicants may choose tolerance in a situation:
// some material may follow, and the limit leaves room for it.
func (i *Implementation) ToleranceOpen(variant string) bool {
	x, _ := i.Variant(variant)
	some := slices.ContainsFunc(i.Materials, func(m Material) bool {
		return m.Need == Deferrable && !m.Shared && !slices.Contains(x.Without, m.No)
	})
	return some && !i.Registration && i.TolerableDays(variant) > 0
}

// tolerance lists what lacks of it: the time must lie within the promised limit.
func (l *lister) tolerance() {
	t, limit := l.i.Tolerance, l.i.Decision()
	if t == nil || t.Days == 0 {
		return
	}
	if limit == nil || limit.OnTheSpot() || t.Days > workingDays(limit.Limit) {
		promise := deadline.Limit{}.Chinese()
		if limit != nil {
			promise = limit.Chinese()
		}
		l.on("tolerance.days").lack(PartProcedure, "tolerance", l.i.ToleranceLaw(), "days", strconv.Itoa(t.Days), "limit", promise)
	}
}

// ToleranceText (容缺承诺) is what an applicant promises who hands in later: the
// text that is shown and signed.
func (i *Implementation) ToleranceText(variant string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "容缺受理承诺书\n事项：%s\n行政机关：%s\n一、可以容缺后补的材料\n", i.Name, i.Body.Name)
	n := 0
	x, _ := i.Variant(variant)
	for _, m := range i.Materials {
		if m.Need == Deferrable && !m.Shared && !slices.Contains(x.Without, m.No) {
			n++
			fmt.Fprintf(&b, "%d. %s（%s）\n", n, m.Name, m.Standard)
		}
	}
	fmt.Fprintf(&b, "二、补齐期限\n自受理之日起%d个工作日内。\n三、说明\n", i.TolerableDays(variant))
	for n, line := range ToleranceConsequences() {
		fmt.Fprintf(&b, "%d. %s\n", n+1, line)
	}
	b.WriteString("四、申请人承诺\n已知悉上述内容，保证在规定期限内补齐材料，并对材料的真实性负责；逾期未补齐的，自愿承担相应后果。\n")
	return b.String()
}

// ToleranceConsequences are what follows from handing in later.
func ToleranceConsequences() []string {
	return []string{
		"受理后先行审查；材料补齐之前，不作出准予决定、不发放证件",
		"逾期不补齐的，行政机关可以终止办理；材料齐全后可以重新申请",
		"逾期不补齐的记入信用记录，信用修复前不再适用容缺受理、告知承诺",
	}
}
