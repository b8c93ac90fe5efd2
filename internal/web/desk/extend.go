package desk

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/deadline"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// askExtension is 申请延长办理期限, before the limit ends and once.
func (p *Pages) askExtension() *caseview.Deed {
	return &caseview.Deed{
		Key: "extend", Title: "申请延长办理期限", Law: "行政许可法第四十二条", Said: "已提交，等待批准。批准后出具延长办理期限告知书并通知申请人。",
		Lead: "法定期限内不能作出决定的，期限届满前经批准可以延长一次，并把理由告知申请人。承诺期限不因此延长。",
		Possible: func(v caseview.View) bool {
			return v.Status == casework.StatusHandling && len(v.Course.Extensions) == 0 && openRequest(v) == nil
		},
		Typed: []caseview.Field{{Name: "days", Label: "延长天数"}, {Name: "reasons", Label: "延长理由"}},
		Form:  func(a caseview.Act) templ.Component { return askExtensionForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			n, err := v.Int("days")
			if err != nil {
				return err
			}
			err = p.Casework.AskExtension(v.Context(), v.Actor, casework.AskExtension{Seen: seen, Days: n, Reasons: v.Text("reasons")})
			return caseview.Moved(err, "n", "days")
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("#clocks") },
	}
}

// approveExtension is the answer of who the law names.
func (p *Pages) approveExtension() *caseview.Deed {
	return &caseview.Deed{
		Key: "extend/approve", Title: "批准延长办理期限", Law: "行政许可法第四十二条", Said: "已批准延长，告知书已出具并通知申请人。",
		Lead:     "批准后法定办结期限重新计算，延长办理期限告知书送达申请人。只能延长一次，不能撤销。",
		Possible: func(v caseview.View) bool { return openRequest(v) != nil && v.Status == casework.StatusHandling },
		Typed:    []caseview.Field{{Name: "approver", Label: "批准的政府负责人"}, {Name: "number", Label: "批准文号"}},
		Form:     func(a caseview.Act) templ.Component { return approveExtensionForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			on, _ := calendar.ParseDay(v.Text("on")) // what is no day is refused as the zero day
			return p.Casework.Extend(v.Context(), v.Actor, casework.Extend{Seen: seen, RequestID: v.Text("request"), Approve: true,
				Government: casework.Government{Approver: v.Text("approver"), Number: v.Text("number"), On: on}})
		},
	}
}

// declineExtension keeps the limit as it is.
func (p *Pages) declineExtension() *caseview.Deed {
	return &caseview.Deed{
		Key: "extend/decline", Title: "不同意延长", Said: "已退回延长申请，期限不变。",
		Lead:     "期限不变，请承办人员在期限内办结。",
		Possible: func(v caseview.View) bool { return openRequest(v) != nil },
		Typed:    []caseview.Field{{Name: "answer", Label: "不同意的理由"}},
		Form:     func(a caseview.Act) templ.Component { return declineExtensionForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.Extend(v.Context(), v.Actor, casework.Extend{Seen: seen, RequestID: v.Text("request"), Answer: v.Text("answer")})
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("#clocks") },
	}
}

// explainLate is 公开超过承诺时限的理由.
func (p *Pages) explainLate() *caseview.Deed {
	return &caseview.Deed{
		Key: "late", Title: "公开超过承诺时限的理由", Law: "优化营商环境条例第三十六条", Said: "理由已公开，申请人和公众可以在进度查询页看到。",
		Lead:     "超过公开的办理时间的，应当公开说明理由。理由向社会公开，请不要写个人信息和商业秘密。",
		Possible: func(v caseview.View) bool { return v.Late == nil && v.PromiseMissed(v.Today) },
		Typed:    []caseview.Field{{Name: "reason", Label: "理由"}},
		Form:     func(a caseview.Act) templ.Component { return explainLateForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.ExplainLate(v.Context(), v.Actor, casework.ExplainLate{Seen: seen, Reason: v.Text("reason")})
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("#clocks") },
	}
}

// openRequest is the request for more time that waits for its answer, nil for none.
func openRequest(v caseview.View) *casework.ExtensionRequest {
	for _, r := range v.Extensions {
		if r.Status == casework.ExtensionOpen {
			return r
		}
	}
	return nil
}

// most is by how many working days the limit may be extended.
func most(a caseview.Act) int {
	if a.Impl.Jointly() {
		return 15
	}
	return 10
}

// extended is the statutory day as it would be with the request granted.
func extended(a caseview.Act) string {
	r := a.Clocks.Statutory
	if r == nil {
		return ""
	}
	c := r.Clock
	c.Extensions = append(c.Extensions[:len(c.Extensions):len(c.Extensions)], deadline.Extension{N: openRequest(a.View).Days, Unit: deadline.Working})
	day, _ := deadline.DueDay(a.Calendar, c)
	return text.Day(day)
}

// asked are the facts of the request that waits.
func asked(a caseview.Act) []ui.Pair {
	r := openRequest(a.View)
	return []ui.Pair{{Term: "申请人员", Text: r.AskedName, Note: text.At(r.AskedAt)}, {Term: "延长", Text: strconv.Itoa(r.Days) + "个工作日"},
		{Term: "理由（将告知申请人）", Text: r.Reasons}, {Term: "现在的法定期限", Text: text.Day(a.StatutoryDue)}, {Term: "批准后的法定期限", Text: extended(a)}}
}

// Extensions lists the requests that wait for the reader's approval.
func (p *Pages) Extensions(v *visit.Visit) error {
	all, err := p.Casework.Extensions(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	return show(v, "待批延长", extensionsPage(p.extensionTable(v, all, "/extend/approve"), len(all)), ui.Link{Text: "待批延长", Current: true})
}

func (p *Pages) extensionTable(v *visit.Visit, all []*casework.ExtensionRequest, deed string) ui.TableData {
	t := ui.TableData{Caption: "等待批准的延长申请", Columns: []ui.Column{{Title: "办件"}, {Title: "延长", Tight: true}, {Title: "理由"}, {Title: "申请", Tight: true}, {Title: "法定期限", Tight: true}}}
	for _, r := range all {
		row := ui.Row{Cells: []ui.Cell{{Text: r.ItemName, Href: Base + "/cases/" + r.CaseID + deed, Note: r.Number}, {Text: strconv.Itoa(r.Days) + "个工作日"},
			{Text: r.Reasons}, {Text: r.AskedName, Note: text.At(r.AskedAt)}, {Text: r.DueOn}}}
		if due, err := calendar.ParseDay(r.DueOn); err == nil {
			n, tone := caseview.Left(p.Casework.Calendar(), caseview.Today(v), due)
			row.Cells[4] = ui.Cell{Text: text.Day(due), Body: text.Countdown(n, deadline.Working, 2), Note: text.Day(due)}
			row.Tone = tone
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// approveWords is what the button says: in joint handling the government
// approved, and its approval is put on record here.
func approveWords(a caseview.Act) string {
	if a.Impl.Jointly() {
		return "登记批准，延长期限"
	}
	return "批准延长"
}
