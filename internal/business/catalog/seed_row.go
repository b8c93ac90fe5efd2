package catalog

import (
	"strings"

	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
)

// lawRow is one matter as the collected public material has it: what the law
// says, in its own wording, and where that was read.
type lawRow struct {
	ID             string     `json:"id"`
	Code           string     `json:"code"`
	CodeReal       bool       `json:"code_real"`
	Name           string     `json:"name"`
	Kind           Kind       `json:"kind"`
	KindAsWritten  string     `json:"kind_as_written"`
	Split          bool       `json:"split"`
	Sector         string     `json:"sector"`
	LevelAsWritten string     `json:"level_as_written"`
	Law            string     `json:"law"`
	LawVersion     string     `json:"law_version"`
	Articles       []string   `json:"articles"`
	Limit          *int       `json:"limit"`
	UnitAsWritten  string     `json:"unit_as_written"`
	LimitLaw       string     `json:"limit_law"`
	LimitNote      string     `json:"limit_note"`
	Start          string     `json:"start"`
	Extension      string     `json:"extension"`
	Validity       string     `json:"validity"`
	Months         int        `json:"months"`
	Renewal        string     `json:"renewal"`
	Result         string     `json:"result"`
	ResultForm     string     `json:"result_form"`
	Onsite         string     `json:"onsite"`
	SiteAlways     bool       `json:"site_always"`
	Hearing        string     `json:"hearing"`
	Conditions     string     `json:"conditions"`
	Note           string     `json:"note"`
	Fee            Fee        `json:"fee"`
	Offline        string     `json:"offline"`
	Variant        *Variant   `json:"variant"`
	Themes         []string   `json:"themes"`
	Audiences      []Audience `json:"audiences"`
	Aliases        []string   `json:"aliases"`
	Source         string     `json:"source"`
	Confidence     string     `json:"confidence"`
}

const demoCode = "基本编码为示例，启用前换成河北省基本目录的编码"

func (r lawRow) item() Item {
	src := Provenance{Source: r.Source, Confidence: r.Confidence, Sample: !r.CodeReal, Why: demoCode}
	if r.CodeReal {
		src.Why = ""
	}
	return Item{Code: r.Code, Name: r.Name, Kind: r.Kind, Listed: true, Split: r.Split, Aliases: r.Aliases, Source: src}
}

// implementation is the version that the row alone gives: what the law says,
// without materials, form and example.
func (r lawRow) implementation() *Implementation {
	i := &Implementation{
		Version: 1, Status: Draft, Revision: 1, ItemCode: r.Code, Name: r.Name, Kind: r.Kind, Level: County,
		Audiences: r.Audiences, Themes: r.Themes, Fee: r.Fee, Safety: r.safety(), Offline: r.Offline, Rows: []string{r.ID},
		Basis: r.basis(), Conditions: r.conditions(), SiteVisit: r.siteVisit(), Sources: r.sources(),
		Result:    Result{Name: r.Result, Form: r.ResultForm, Months: r.Months, Validity: r.Validity, Renewal: r.Renewal, RenewedBy: r.renewal()},
		ExampleOn: exampleOn,
		Phones:    Phones{Consult: hotline, Complain: hotline},
		Variants:  []Variant{r.variant()},
	}
	if r.Note != "" {
		i.Notes = []string{r.Note}
	}
	if r.Kind == Licensing && !r.Fee.Charged {
		i.Fee.Law = lawFee
	}
	r.limits(i)
	i.Flow = procedure("", i)
	return i
}

func (r lawRow) variant() Variant {
	if r.Variant != nil {
		return *r.Variant
	}
	name := "首次申请"
	if r.Kind == OtherPower {
		name = "备案"
	}
	return Variant{No: "01", Name: name, Kind: "new"}
}

func (r lawRow) basis() []Basis {
	var out []Basis
	for _, a := range r.Articles {
		out = append(out, Basis{Law: r.Law, Version: r.LawVersion, Article: a})
	}
	return out
}

func (r lawRow) cite() string { return r.Law + strings.Join(r.Articles, "、") }

func (r lawRow) conditions() []Condition {
	var out []Condition
	for part := range strings.SplitSeq(r.Conditions, "；") {
		if part != "" {
			out = append(out, Condition{Text: part, Law: r.cite()})
		}
	}
	return out
}

func (r lawRow) siteVisit() *SiteVisit {
	if r.Onsite == "" {
		return nil
	}
	return &SiteVisit{Always: r.SiteAlways, Officers: 2, Text: r.Onsite, Law: lawSiteVisit}
}

// limits reads the time limit of the row (see limit) and what belongs to it.
func (r lawRow) limits(i *Implementation) {
	i.Statutory = r.statutory()
	if r.Start == "event" { // the limit binds the applicant, not the body
		i.Duty = "条文规定的期限：" + r.UnitAsWritten
	}
	if i.Statutory != nil && i.Statutory.Law == lawLicensing {
		i.Extension = &deadline.Extension{N: 10, Unit: deadline.Working, Law: lawLicensing}
	}
	if strings.HasPrefix(r.Extension, "+3工作日") {
		i.Extension = &deadline.Extension{N: 3, Unit: deadline.Working, Law: r.LimitLaw}
	}
	if r.Kind == Licensing {
		i.Delivery = &Limit{Limit: deadline.Limit{N: 10, Unit: deadline.Working, Start: deadline.Decided, Law: lawDelivery}}
	}
}

const lawLicensing = "行政许可法第四十二条第一款"

// statutory reads the limit as the law writes it. Where the text says 日 the
// unit is unsure and natural days are counted; where the special law is silent
// on a licence, the twenty working days of the licensing law apply
// (行政许可法第四十二条、第八十二条); a limit of a department's regulation
// (规章) does not replace them.
func (r lawRow) statutory() *Limit {
	w := r.UnitAsWritten
	start, _, _ := strings.Cut(r.Start, "(")
	l := &Limit{Limit: deadline.Limit{Start: deadline.Start(start), Law: r.cite()}, Note: r.LimitNote}
	if r.LimitLaw != "" {
		l.Law = r.LimitLaw
	}
	switch {
	case r.Start == "event":
		return nil
	case r.Limit == nil && r.Kind == Licensing && (strings.Contains(w, "许可法") || strings.Contains(w, "规章")):
		l.N, l.Unit, l.Law, l.Written = 20, deadline.Working, lawLicensing, "二十日"
		return l
	case r.Limit == nil:
		return nil
	}
	l.N = *r.Limit
	switch {
	case strings.Contains(w, "行政许可法"):
		l.Unit, l.Law, l.Written = deadline.Working, lawLicensing, "二十日"
	case strings.HasPrefix(w, "日"):
		l.Unit, l.Unsure = deadline.Natural, true
	case w == "月":
		l.Unit = deadline.Month
	default: // 工作日, and a filing that is done at once
		l.Unit = deadline.Working
	}
	if l.Written == "" && l.N > 0 {
		l.Written = l.asWritten()
	}
	return l
}

// asWritten is the limit in the wording of the law.
func (l *Limit) asWritten() string {
	text := l.Chinese()
	if l.Unsure {
		return strings.TrimSuffix(text, deadline.Natural.Chinese()) + "日"
	}
	return text
}

func (r lawRow) sources() map[Part]Provenance {
	read := Provenance{Source: r.Source, Confidence: r.Confidence}
	item := r.item().Source
	return map[Part]Provenance{
		PartItem: item, PartBasis: read, PartConditions: read, PartLimits: read, PartResult: read,
		PartProcedure: {Source: "行政许可法第四章第二节至第四节", Confidence: "medium", Sample: true, Why: "环节时限的分配为示例"},
		PartFee:       {Source: "行政许可法第五十八条；所据法律、行政法规未见收费规定", Confidence: "medium"},
		PartOnline:    {Source: "按全程网上办理配置", Confidence: "low", Sample: true, Why: "网上办理程度和到现场次数为示例"},
		PartPhones:    {Source: "12345政务服务便民热线", Confidence: "medium"},
	}
}

// procedure is the built-in flow that suits the matter, its steps fitted into
// the limit.
func procedure(kind string, i *Implementation) flow.Definition {
	limit := i.Decision()
	days, accept := 20, 5 // 行政许可法第三十二条、第四十二条
	if limit != nil {
		days = workingDays(limit.Limit)
		if !limit.afterAcceptance() {
			accept = max(1, min(5, days/4))
			days -= accept
		}
	}
	fit := map[flow.Act]int{flow.Accept: accept}
	switch {
	case kind == "on_the_spot", limit != nil && limit.OnTheSpot():
		return flow.OnTheSpot()
	case kind == "simple", days < 3, kind == "" && i.Kind != Licensing:
		fit[flow.Review], fit[flow.Decide] = days-days/2, days/2
		return fitted(flow.Simple(), fit)
	}
	fit[flow.Examine], fit[flow.Review], fit[flow.Decide] = days/2, days/4, days-days/2-days/4
	return fitted(flow.Standard(), fit)
}

func fitted(d flow.Definition, days map[flow.Act]int) flow.Definition {
	for n := range d.Nodes {
		if v, ok := days[d.Nodes[n].Act]; ok {
			d.Nodes[n].Days = v
		}
	}
	return d
}
