package desk

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/procedure"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

func handling(v caseview.View) bool { return v.Status == casework.StatusHandling }

// begin is 启动特别程序: by the written notice of the time that it needs.
func (p *Pages) begin(from []procedure.Candidate) *caseview.Deed {
	return &caseview.Deed{
		Key: "procedure", Title: "启动特别程序", Law: "行政许可法第四十五条", Possible: handling, Said: "特别程序已启动。",
		Lead:  "检验、检测、检疫、鉴定、专家评审、招标、拍卖，以及本事项法律规定的其他程序。所需时间书面告知申请人后停止计时；现场核查、征求意见、公示、缴费不停止计时。",
		Typed: []caseview.Field{{Name: "kind", Label: "程序"}, {Name: "days", Label: "所需时间"}, {Name: "law", Label: "依据"}, {Name: "why", Label: "启动理由"}},
		Form:  func(a caseview.Act) templ.Component { return beginForm(a, from) },
		Label: officerLabel,
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			days, err := v.Int("days")
			if err != nil {
				return err
			}
			kind, name, _ := strings.Cut(v.Text("kind"), " ")
			id, err := p.Procedures.Begin(v.Context(), v.Actor, procedure.Begin{Seen: seen, Kind: procedure.Kind(kind), Name: name, Days: days,
				Law: v.Text("law"), Why: v.Text("why"), Officers: appointed(a.Typed)})
			a.Typed["made"] = id
			return err
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return caseview.ProcedureURL(a.Typed["made"]) },
	}
}

// sending makes the deed with those who can be sent in the case, and goes on
// with its page.
func (p *Pages) sending(deed func([]procedure.Candidate) *caseview.Deed, page func(*caseview.Deed) func(*visit.Visit) error) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		d, err := p.Casework.Dossier(v.Context(), v.Actor, v.Path("id"))
		if err != nil {
			return err
		}
		from, err := p.Procedures.Candidates(v.Context(), v.Actor, d.Case, d.Impl)
		if err != nil {
			return err
		}
		return page(deed(from))(v)
	}
}

func officerLabel(a caseview.Act, name string) string {
	for _, f := range a.Deed.Typed {
		if f.Name == name {
			return f.Label
		}
	}
	if n, ok := strings.CutPrefix(name, "number"); ok {
		return "第" + n + "名人员的证件号"
	}
	return ""
}

// kinds are what can be begun in the case. The value names the kind and which
// one of the matter's own it is.
func kinds(a caseview.Act) (out []ui.Choice) {
	for _, c := range procedure.Choices(a.Impl) {
		x := ui.Choice{Value: string(c.Kind) + " " + c.Name, Text: c.Name}
		switch {
		case c.Law != "" && c.Days > 0:
			x.Help = "本事项规定，最长 " + strconv.Itoa(c.Days) + " 个工作日　" + c.Law
		case c.Law != "":
			x.Help = "本事项规定　" + c.Law
		case !c.Stops:
			x.Help = "不停止计时"
		}
		out = append(out, x)
	}
	return out
}

// technical are the kinds that two officers do, as a condition of the browser.
func technical(a caseview.Act) (out []string) {
	for _, c := range procedure.Choices(a.Impl) {
		if c.Kind.Technical() {
			out = append(out, string(c.Kind)+" "+c.Name)
		}
	}
	return out
}

// lawless are the kinds for which the officer cites the law.
func lawless(a caseview.Act) (out []string) {
	for _, c := range procedure.Choices(a.Impl) {
		if c.Law == "" {
			out = append(out, string(c.Kind)+" "+c.Name)
		}
	}
	return out
}

// when is the condition that the chosen kind is one of these.
func when(values []string) any {
	return []map[string]any{{"field": "kind", "op": "in", "values": values}}
}

// plan is 安排现场核查.
func (p *Pages) plan(from []procedure.Candidate) *caseview.Deed {
	return &caseview.Deed{
		Key: "visit", Title: "安排现场核查", Law: "行政许可法第三十四条第三款", Said: "现场核查已安排，通知书已出具。",
		Lead:     "指派两名以上工作人员核查，事先告知申请人时间、地点和人员。核查时间计入办理期限。",
		Possible: visitable,
		Typed:    []caseview.Field{{Name: "at", Label: "核查日期"}, {Name: "place", Label: "核查地点"}, {Name: "why", Label: "核查内容"}},
		Form:     func(a caseview.Act) templ.Component { return planForm(a, from) },
		Label:    officerLabel,
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			_, err := p.Procedures.Plan(v.Context(), v.Actor, procedure.Plan{Seen: seen, At: instant(v.Text("at"), v.Text("time")),
				Place: v.Text("place"), Organiser: procedure.Organiser(v.Text("organiser")), Why: v.Text("why"), Officers: appointed(a.Typed)})
			return err
		},
	}
}

// visitable: before the decision, while no other visit is open.
func visitable(v caseview.View) bool {
	if last := procedure.Latest(v.Procedures, procedure.SiteVisit); last != nil && !last.State.Ended() {
		return false
	}
	return handling(v)
}

// placeOf is where the visit probably goes: the premises of the application.
func placeOf(a caseview.Act) string {
	if s, typed := a.Typed["place"]; typed {
		return s
	}
	for _, id := range []string{"premises.address", "project.site"} {
		if s := a.Values[id]; s != "" {
			return s
		}
	}
	return ""
}

// whyOf begins with what the matter says of its visits.
func whyOf(a caseview.Act) string {
	if s, typed := a.Typed["why"]; typed {
		return s
	}
	if x := a.Impl.SiteVisit; x != nil {
		return x.Text
	}
	return ""
}

// assignDays is 五日 of 行政许可法第五十五条第二款.
const assignDays = 5

func acceptedOn(a caseview.Act) calendar.Day { return calendar.DayOf(a.AcceptedAt) }

func visitHelp(a caseview.Act) string {
	if a.StatutoryDue == 0 || !a.DecidedAt.IsZero() {
		return ""
	}
	return "核查时间计入办理期限，应在 " + text.Day(a.StatutoryDue) + "前进行。"
}

func organiserOf(a caseview.Act) string {
	if s := a.Typed["organiser"]; s != "" {
		return s
	}
	return string(procedure.ByBureau)
}

// organisers are who may organise.
func organisers() []ui.Choice { return text.Choices(text.Organiser, procedure.Organisers()...) }
