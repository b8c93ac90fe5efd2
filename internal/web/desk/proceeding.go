package desk

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// beginning is the page on which a procedure is begun.
type beginning struct {
	oneLicence
	Kind     aftercare.Kind
	Typed    map[string]string
	Problems ui.Problems
}

// Title is what the button says.
func (b beginning) Title() string { return "提起" + text.Label(text.Procedure, string(b.Kind)) }

func (p *Pages) beginning(v *visit.Visit) (b beginning, err error) {
	b.Kind, b.Typed = aftercare.Kind(v.Path("kind")), map[string]string{}
	if b.Kind == aftercare.Revoke || len(aftercare.Grounds(b.Kind)) == 0 {
		return b, fault.Missing("licence.missing")
	}
	b.oneLicence, err = p.oneLicence(v)
	return b, err
}

// AskBegin asks for the ground and the facts.
func (p *Pages) AskBegin(v *visit.Visit) error {
	b, err := p.beginning(v)
	if err != nil {
		return err
	}
	return show(v, b.Title(), beginPage(b), b.crumbs()...)
}

func (b beginning) crumbs() []ui.Link {
	return []ui.Link{{Text: "证照", Href: Base + "/licences"}, {Text: b.Content.Number, Href: licencePath(b.ID)}, {Text: b.Title(), Current: true}}
}

// Begin begins it.
func (p *Pages) Begin(v *visit.Visit) error {
	id, err := p.Aftercare.Open(v.Context(), v.Actor, aftercare.Open{LicenceID: v.Path("licence"), Kind: aftercare.Kind(v.Path("kind")),
		Ground: v.Text("ground"), Reasons: v.Text("reasons"), Basis: v.Text("basis"), Speaker: speakerOf(v)})
	if err == nil {
		v.Flash(ui.OK, "程序已经提起，已出具事先告知书，期限见本页。")
		return v.See(proceedingPath(id))
	}
	b, failed := p.beginning(v)
	if failed != nil {
		return failed
	}
	for _, name := range []string{"ground", "reasons", "basis", "via", "standing", "speaker", "contact"} {
		b.Typed[name] = v.Text(name)
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		b.Problems = problems
		return frame(v, b.Title(), beginPage(b), b.crumbs()...)
	})
}

func grounds(k aftercare.Kind) (out []ui.Choice) {
	for _, g := range aftercare.Grounds(k) {
		if g.Code != "requested" {
			out = append(out, ui.Choice{Value: g.Code, Text: g.Text, Help: g.Law})
		}
	}
	return out
}

func proceedingPath(id string) string { return Base + "/proceedings/" + id }

// proceedings is a page of procedures.
type proceedings struct {
	All      []*aftercare.Proceeding
	Open     bool
	Problems []*aftercare.Push // what regulators reported back
	Pages    ui.Pages
}

// Proceedings lists the procedures in the reader's scope, and what regulators
// found.
func (p *Pages) Proceedings(v *visit.Visit) error {
	x := proceedings{Open: v.Query("show") != "all"}
	all, err := p.Aftercare.List(v.Context(), v.Actor, x.Open, v.Query("after"), listSize+1)
	if err != nil {
		return err
	}
	x.All, x.Pages = visit.Cut(v, Base+"/proceedings", visit.ShowAll(!x.Open), all, listSize, func(x *aftercare.Proceeding) string { return x.ID })
	if v.Actor.Can(staff.LicenceProceed) && v.Query("after") == "" {
		if x.Problems, err = p.Aftercare.Problems(v.Context(), v.Actor); err != nil {
			return err
		}
	}
	return show(v, "撤销、撤回、注销", proceedingsPage(x))
}

var proceedingColumns = []ui.Column{{Title: "程序和证照"}, {Title: "持有人"}, {Title: "提起"}, {Title: "状态", Tight: true}}

func proceedingRows(all []*aftercare.Proceeding) (out []ui.Row) {
	for _, x := range all {
		note := ""
		if x.Status == aftercare.Noticed {
			note = "异议期至 " + text.Day(x.Until)
		}
		if x.Simple != nil && x.Simple.Due != 0 && x.Open() {
			note = "应在 " + text.Day(x.Simple.Due) + " 前决定"
		}
		if x.Status == aftercare.Notified {
			note = "陈述申辩至 " + text.Day(x.Until)
			if x.Statement != "" {
				note = "已收到陈述申辩"
			}
		}
		out = append(out, ui.Row{Cells: []ui.Cell{
			{Text: text.Label(text.Procedure, string(x.Kind)) + "　" + x.Licence, Href: proceedingPath(x.ID), Note: x.Number},
			{Text: x.Holder}, {Text: x.OpenedName, Note: text.At(x.OpenedAt)},
			{Body: ui.Badge(text.Label(text.Proceeding, string(x.Status)), text.Tone(text.Proceeding, string(x.Status))), Note: note}}})
	}
	return out
}

// oneProceeding is the page of a procedure.
type oneProceeding struct {
	*aftercare.Proceeding
	Ground     aftercare.Ground
	Papers     []document.Document
	Objections []aftercare.Objection
	Today      calendar.Day
	MayEnd     bool
	MayProceed bool
	Waits      string // why it cannot be decided yet; empty when it can
	Typed      map[string]string
	Problems   ui.Problems
}

func (p *Pages) oneProceeding(v *visit.Visit) (o oneProceeding, err error) {
	o.Typed, o.Today = map[string]string{}, p.today()
	if o.Proceeding, err = p.Aftercare.Get(v.Context(), v.Actor, v.Path("proceeding")); err != nil {
		return o, err
	}
	o.Ground, _ = aftercare.GroundOf(o.Kind, o.Proceeding.Ground)
	all, err := p.Documents.ByCase(v.Context(), v.Actor, o.CaseID)
	if err != nil {
		return o, err
	}
	for _, d := range all {
		switch d.Kind {
		case document.CXGZ, document.ZXGZ, document.JYGS, document.ZZSQ, document.CX, document.CH, document.ZX:
			if !d.IssuedAt.Before(o.OpenedAt) {
				o.Papers = append(o.Papers, d)
			}
		}
	}
	o.MayEnd = o.Open() && v.Actor.May(staff.LicenceEnd, o.Subject) == nil
	o.MayProceed = o.Open() && v.Actor.May(staff.LicenceProceed, o.Subject) == nil
	o.Waits = o.waits(v.Actor, o.Today)
	o.Objections, err = p.Aftercare.Objections(v.Context(), v.Actor, o.ID)
	return o, err
}

// waits says what must happen before the reader can decide.
func (o oneProceeding) waits(who staff.Actor, today calendar.Day) string {
	switch {
	case o.Status == aftercare.Noticed && o.Simple.Way == aftercare.CompanyWay && today > o.Until:
		return "公示期满，没有人提出异议。持有人在" + text.Day(o.Simple.ApplyBy) + "前可以申请注销登记，申请后决定；逾期的，程序自动终止。"
	case o.Status == aftercare.Noticed && today <= o.Until:
		return "正在听取异议，至" + text.Day(o.Until) + "。收到异议的，简易程序终止。"
	case o.Kind == aftercare.Deregister && o.Statement != "" && o.Answer == "":
		return "已收到陈述申辩，由承办人员答复并说明理由以后再决定。"
	case o.Status == aftercare.Notified && o.Statement == "" && today <= o.Until:
		return "正在听取陈述申辩，至" + text.Day(o.Until) + "。收到陈述申辩或者期满后可以决定。"
	case !o.MayEnd:
		return "等待本机关负责批准的人员决定。"
	case who.Self(o.OpenedBy):
		return "提起的人不能作出决定，等待本机关负责批准的另一名人员决定。"
	}
	return ""
}

// Proceeding shows a procedure and asks the decider.
func (p *Pages) Proceeding(v *visit.Visit) error {
	o, err := p.oneProceeding(v)
	if err != nil {
		return err
	}
	return show(v, o.title(), proceedingPage(o), o.crumbs()...)
}

func (o oneProceeding) title() string { return text.Label(text.Procedure, string(o.Kind)) + "程序" }

func (o oneProceeding) crumbs() []ui.Link {
	return []ui.Link{{Text: "撤销、撤回、注销", Href: Base + "/proceedings"}, {Text: o.Licence, Href: licencePath(o.LicenceID)}, {Text: o.title(), Current: true}}
}

// EndProceeding decides it.
func (p *Pages) EndProceeding(v *visit.Visit) error {
	version, err := strconv.Atoi(v.Text("version"))
	if err != nil || version < 1 {
		return fault.Invalid("request.broken")
	}
	err = p.Aftercare.Decide(v.Context(), v.Actor, aftercare.Decide{Seen: aftercare.Seen{ID: v.Path("proceeding"), Version: version},
		Outcome: aftercare.Outcome(v.Text("outcome")), Answer: v.Text("answer"), Compensation: v.Text("compensation"), Announcement: v.Text("announcement"),
		Original: v.Text("original") == "true"})
	if err == nil {
		v.Flash(ui.OK, "已经决定，已通知持有人和监管部门。")
		return v.See(proceedingPath(v.Path("proceeding")))
	}
	o, failed := p.oneProceeding(v)
	if failed != nil {
		return failed
	}
	for _, name := range []string{"outcome", "answer", "compensation", "announcement", "original"} {
		o.Typed[name] = v.Text(name)
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		o.Problems = problems
		return frame(v, o.title(), proceedingPage(o), o.crumbs()...)
	})
}

func (o oneProceeding) outcomes() []ui.Choice {
	kind := text.Label(text.Procedure, string(o.Kind))
	out := []ui.Choice{{Value: string(aftercare.Ended), Text: "决定" + kind}, {Value: string(aftercare.NotFound), Text: "情形不成立，不予" + kind}}
	if o.Kind == aftercare.Rescind {
		out = append(out, ui.Choice{Value: string(aftercare.PublicInterest), Text: "可能对公共利益造成重大损害，不予撤销", Help: "行政许可法第六十九条第三款"})
	}
	return out
}

// compensated says that the decision must speak of compensation.
func (o oneProceeding) compensated() bool {
	return o.Kind == aftercare.Recall || o.Kind == aftercare.Rescind && !o.Ground.Must
}

func (o oneProceeding) pairs() []ui.Pair {
	out := []ui.Pair{{Term: "证照", Text: o.Licence, Href: licencePath(o.LicenceID), Note: o.Number}, {Term: "持有人", Text: o.Holder},
		{Term: "情形", Text: o.Ground.Text, Note: o.Ground.Law}, {Term: "事实和理由", Text: strings.Join(o.Reasons, "；")},
		{Term: "提起", Text: o.OpenedName, Note: text.At(o.OpenedAt)}}
	add := func(term, words string) {
		if words != "" {
			out = append(out, ui.Pair{Term: term, Text: words})
		}
	}
	if x := o.Speaker; x != nil {
		out = append(out, ui.Pair{Term: "告知", Text: told(x), Note: x.Contact})
	}
	if o.Letter != "" {
		out = append(out, ui.Pair{Term: "告知书编号", Text: o.Letter, Note: "查询码印在告知书上"})
	}
	if x := o.Simple; x != nil {
		out = append(out, ui.Pair{Term: "简易注销承诺人", Text: strings.Join(x.Investors, "、"), Note: "SM3 " + x.SM3})
		add("申请注销最后日期", text.Day(x.ApplyBy))
		add("应当决定的日期", text.Day(x.Due))
	}
	add("其他依据", strings.Join(o.Basis, "；"))
	add("行政处罚决定书", o.Penalty)
	add(map[bool]string{true: "异议期至", false: "陈述申辩期限"}[o.Simple != nil], text.Day(o.Until))
	if o.Statement != "" {
		out = append(out, ui.Pair{Term: "陈述和申辩", Text: o.Statement, Note: text.At(o.StatedAt) + "，" + text.Label(text.Told, string(o.StatedVia))})
	}
	if !o.DecidedAt.IsZero() {
		out = append(out, ui.Pair{Term: "结果", Text: text.Label(text.Ending, string(o.Outcome)), Note: o.DecidedName + "，" + text.At(o.DecidedAt)})
	}
	add("答复、理由", o.Answer)
	add("赔偿、补偿", o.Compensation)
	return out
}
