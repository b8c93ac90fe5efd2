package catalog

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
)

// Renewal (延续) is when a licence may be renewed, counted back from the last
// day of its validity. The zero value is the rule of the licensing law: thirty
// days before.
type Renewal struct {
	// Lead is how long before the end the application is due, Unit what is
	// counted; the law says 日 of the applicant's own time, so natural days are
	// counted where nothing else is laid down.
	Lead int           `json:"lead"`
	Unit deadline.Unit `json:"unit"`
	// Earliest is how long before the end the first application may come, in
	// the same unit; 0 where no law holds it back.
	Earliest int `json:"earliest,omitempty"`
	// LateRefused says that a late application is not accepted. Without it a late
	// one is examined, but silence does not renew.
	LateRefused bool   `json:"late_refused,omitempty"`
	Law         string `json:"law"`
}

const lawRenewal = "行政许可法第五十条第一款"

// renewalDays is 三十日 of 行政许可法第五十条第一款.
const renewalDays = 30

// RenewalRule is the matter's own rule, or the law's.
func (r Result) RenewalRule() Renewal {
	if r.RenewedBy != nil {
		return *r.RenewedBy
	}
	return Renewal{Lead: renewalDays, Unit: deadline.Natural, Law: lawRenewal}
}

// Last is the last day on which the renewal of a licence that is valid through
// end is applied for in time. Where natural days or months lead to a rest day,
// the next working day still counts (民法典第二百零三条第一款), though never a day
// after the end itself.
func (r Renewal) Last(end calendar.Day, cal *calendar.Table) calendar.Day {
	last := r.back(end, r.Lead, cal)
	if r.Unit != deadline.Working {
		last = cal.NextWorking(last)
	}
	return min(last, end)
}

// Derive is Last with every day on the way, counted back from the end, which is not
// counted itself, and forward again where the last day rolled. Months have no days
// on the way.
func (r Renewal) Derive(end calendar.Day, cal *calendar.Table) deadline.Due {
	due := deadline.Due{Day: r.Last(end, cal), Provisional: !cal.Known(r.Last(end, cal), end)}
	if r.Unit == deadline.Month {
		return due
	}
	due.Days = []deadline.Counted{{Day: end, Why: deadline.WhyFirst, Name: cal.Name(end)}}
	for day, n := end.AddDays(-1), 0; n < r.Lead; day = day.AddDays(-1) {
		c := deadline.Counted{Day: day, Why: deadline.WhyNatural, Name: cal.Name(day), Counts: true}
		if r.Unit == deadline.Working {
			c.Why, c.Counts = workingWhy(cal.Kind(day)), cal.Working(day)
		}
		if c.Counts {
			n++
			c.N = n
		}
		due.Days = append(due.Days, c)
	}
	slices.Reverse(due.Days)
	if reached := due.Days[0].Day; reached < due.Day { // it rolled: the last day lies among those counted
		for i := range due.Days {
			if day := due.Days[i].Day; day >= reached && day < due.Day {
				due.Days[i].Why = deadline.WhyRolled
			}
		}
	}
	return due
}

func workingWhy(k calendar.Kind) string {
	why := map[calendar.Kind]string{calendar.Working: deadline.WhyWorking, calendar.MakeUp: deadline.WhyMakeUp, calendar.Assumed: deadline.WhyAssumed,
		calendar.Weekend: deadline.WhyWeekend}[k]
	if why == "" {
		why = deadline.WhyHoliday
	}
	return why
}

// First is the first day on which it may be applied for; the zero day where no
// law holds it back.
func (r Renewal) First(end calendar.Day, cal *calendar.Table) calendar.Day {
	if r.Earliest == 0 {
		return 0
	}
	return r.back(end, r.Earliest, cal)
}

func (r Renewal) back(end calendar.Day, n int, cal *calendar.Table) calendar.Day {
	switch r.Unit {
	case deadline.Working:
		return cal.AddWorking(end, -n)
	case deadline.Month:
		return end.AddMonths(-n)
	}
	return end.AddDays(-n)
}

// Limit is the lead as a limit, for showing how a day came about.
func (r Renewal) Limit() deadline.Limit {
	return deadline.Limit{N: r.Lead, Unit: r.Unit, Start: deadline.Expiry, Law: r.Law}
}

// Chinese says the rule in words: 有效期届满90个工作日至15个工作日前.
func (r Renewal) Chinese() string {
	unit := r.Unit.Chinese()
	if r.Unit == deadline.Natural {
		unit = "日"
	}
	lead := strconv.Itoa(r.Lead) + unit
	if r.Earliest > 0 {
		return "有效期届满前" + strconv.Itoa(r.Earliest) + unit + "至" + lead + "之间"
	}
	return "有效期届满" + lead + "前"
}

var (
	renewalWindow = regexp.MustCompile(`届满前(\d+)(?:个工作日)?[–至-](\d+)个工作日`)
	renewalLead   = regexp.MustCompile(`(\d+)(日|个月|个工作日)前`)
)

// renewal reads what the collected material says of renewal; nil where it says
// nothing that differs from the law's thirty days, or where what it says must be
// checked first: until then the law's own rule is better for the applicant.
func (r lawRow) renewal() *Renewal {
	if strings.Contains(r.Renewal, "须核对") {
		return nil
	}
	out := &Renewal{LateRefused: strings.Contains(r.Renewal, "逾期不再受理"), Law: lawRenewal}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	if m := renewalWindow.FindStringSubmatch(r.Renewal); m != nil {
		out.Earliest, out.Lead, out.Unit = number(m[1]), number(m[2]), deadline.Working
		return out
	}
	m := renewalLead.FindStringSubmatch(r.Renewal)
	if m == nil || m[1] == strconv.Itoa(renewalDays) && m[2] == "日" {
		return nil
	}
	out.Lead = number(m[1])
	out.Unit = map[string]deadline.Unit{"日": deadline.Natural, "个月": deadline.Month, "个工作日": deadline.Working}[m[2]]
	return out
}

// safetySectors and safetyWords tell the matters that directly concern public
// safety, health, life and property. Which matters do is for the legal
// department to confirm; a version says it of itself (Safety).
var (
	safetySectors = []string{"药品监督管理", "卫生健康", "应急管理", "消防救援", "公安", "城镇燃气主管"}
	safetyWords   = []string{"食品", "危险", "农药", "兽药", "医疗", "爆", "毒", "燃气"}
)

func (r lawRow) safety() bool {
	return r.Kind == Licensing && (slices.Contains(safetySectors, r.Sector) ||
		slices.ContainsFunc(safetyWords, func(w string) bool { return strings.Contains(r.Name, w) }))
}
