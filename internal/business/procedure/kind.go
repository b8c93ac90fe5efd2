package procedure

import (
	"slices"
	"strconv"

	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
)

// Kind is what is done.
type Kind string

// The kinds. Hearings (听证) have a noun of their own.
const (
	SiteVisit    Kind = "site_visit"  // 现场核查
	Inspection   Kind = "inspection"  // 检验
	Testing      Kind = "testing"     // 检测
	Quarantine   Kind = "quarantine"  // 检疫
	Appraisal    Kind = "appraisal"   // 鉴定
	ExpertReview Kind = "expert"      // 专家评审
	Tender       Kind = "tender"      // 招标
	Auction      Kind = "auction"     // 拍卖
	Examination  Kind = "examination" // 考试、考核
	Statute      Kind = "statute"     // 单行法规定的其他程序
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{SiteVisit, Inspection, Testing, Quarantine, Appraisal, ExpertReview, Tender, Auction, Examination, Statute}
}

// Special lists the kinds that are begun as a special procedure.
func Special() []Kind { return Kinds()[1:] }

// neverStops are things that take time and are no ground to stop the clock:
// article 45 does not name them (REV-03).
var neverStops = []Kind{SiteVisit, Examination, "consultation", "publicity", "fee", "supplement", "meeting"}

// article45 are the kinds whose time article 45 leaves out, hearings apart.
var article45 = []Kind{Inspection, Testing, Quarantine, Appraisal, ExpertReview, Tender, Auction}

// Manned says that two officers do it and sign its record (行政许可法第三十四条第三款、
// 第五十五条第二款).
func (k Kind) Manned() bool { return k == SiteVisit || k.Technical() }

// Technical says that it goes by a technical standard (行政许可法第五十五条).
func (k Kind) Technical() bool { return k == Inspection || k == Testing || k == Quarantine }

// Contest says that its result is who won or passed (行政许可法第五十三条、第五十四条).
func (k Kind) Contest() bool { return k == Tender || k == Auction || k == Examination }

// provided are the matter's own entries for the kind.
func provided(impl *catalog.Implementation, k Kind) (out []catalog.SpecialProcedure) {
	for _, s := range impl.Special {
		if s.Kind == string(k) {
			out = append(out, s)
		}
	}
	return out
}

// Choice is a special procedure that may be begun in cases of a matter.
type Choice struct {
	Kind Kind
	Name string
	Law  string // what the matter's own law says, "" where the officer must cite it
	Days int    // the most that the matter's law allows, 0 when it names none
	// Stops says whether it may stop the clock.
	Stops bool
}

// names are the kinds as documents call them.
var names = map[Kind]string{SiteVisit: "现场核查", Inspection: "检验", Testing: "检测", Quarantine: "检疫", Appraisal: "鉴定",
	ExpertReview: "专家评审", Tender: "招标", Auction: "拍卖", Examination: "考试、考核"}

// Choices are the special procedures of a matter: those that its own law names
// first, then the others of article 45, for which the officer cites the law
// that asks for them.
func Choices(impl *catalog.Implementation) (out []Choice) {
	for _, s := range impl.Special {
		if s.Kind == "hearing" {
			continue
		}
		out = append(out, Choice{Kind: Kind(s.Kind), Name: s.Name, Law: s.Law, Days: s.Days, Stops: s.StopsClock})
	}
	for _, k := range Special() {
		if k != Statute && len(provided(impl, k)) == 0 {
			out = append(out, Choice{Kind: k, Name: names[k], Stops: slices.Contains(article45, k)})
		}
	}
	return out
}

// mostDays bounds the days that a notice may name where no law names fewer.
const mostDays = 250

// choose finds what is to be begun and refuses what may not stop the clock
// (行政许可法第四十五条): only the procedures that the article names, or that the
// matter's own law says do not count. days of 0 stops nothing.
func choose(impl *catalog.Implementation, k Kind, name string, days int) (Choice, error) {
	if days > 0 && slices.Contains(neverStops, k) {
		return Choice{}, fault.Refused("procedure.never_stops", lawStop, "kind", string(k))
	}
	all := Choices(impl)
	i := slices.IndexFunc(all, func(c Choice) bool { return c.Kind == k && (name == "" || c.Name == name) })
	switch {
	case k == "hearing":
		return Choice{}, fault.Refused("procedure.hearing_apart", lawStop)
	case k == Statute && i < 0:
		return Choice{}, fault.Refused("procedure.no_own_law", lawStop)
	case i < 0:
		return Choice{}, fault.Invalid("form.invalid", fault.At("kind", "procedure.kind"))
	}
	c := all[i]
	return c, c.allows(days)
}

func (c Choice) allows(days int) error {
	switch most := c.most(); {
	case days > 0 && !c.Stops:
		return fault.Refused("procedure.counts", lawStop, "name", c.Name)
	case days < 0, days > most:
		f := fault.Invalid("form.invalid", fault.At("days", "procedure.days", "max", strconv.Itoa(most)))
		f.Law = c.law("")
		return f
	}
	return nil
}

// most is the greatest number of days that the notice may name.
func (c Choice) most() int {
	if c.Days > 0 {
		return c.Days
	}
	return mostDays
}

// law is the citation: the matter's own, or what the officer cites.
func (c Choice) law(cited string) string {
	if c.Law != "" {
		return c.Law
	}
	return cited
}
