package desk

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// licenceRoutes are the pages on which licences end, each by its own procedure.
func (p *Pages) licenceRoutes() []visit.Route {
	return []visit.Route{
		p.get("/licences", staff.LicenceRead, p.AllLicences),
		p.get("/licences/{licence}", staff.LicenceRead, p.LicencePage),
		p.get("/licences/{licence}/begin/{kind}", staff.LicenceProceed, p.AskBegin),
		p.post("/licences/{licence}/begin/{kind}", staff.LicenceProceed, p.Begin),
		p.get("/archive", staff.ArchiveRead, p.ArchiveList),
		p.get("/archive/{package}", staff.ArchiveRead, p.ArchivePackage),
		p.get("/proceedings", staff.LicenceRead, p.Proceedings),
		p.get("/proceedings/{proceeding}", staff.LicenceRead, p.Proceeding),
		p.post("/proceedings/{proceeding}", staff.LicenceEnd, p.EndProceeding),
		p.post("/proceedings/{proceeding}/statement", staff.LicenceProceed, p.RecordStatement),
		p.post("/proceedings/{proceeding}/answer", staff.LicenceProceed, p.AnswerStatement),
		p.post("/proceedings/{proceeding}/objection", staff.LicenceProceed, p.RecordObjection),
	}
}

// held is a page of licences.
type held struct {
	All    []*licence.Licence
	Today  calendar.Day
	Number string
	Pages  ui.Pages
}

func (p *Pages) today() calendar.Day { return calendar.DayOf(p.Clock.Now()) }

const listSize = 20

// AllLicences lists the licences in the reader's scope, the newest first, or
// leads to the one whose number was typed.
func (p *Pages) AllLicences(v *visit.Visit) error {
	h := held{Today: p.today(), Number: v.Query("number")}
	if h.Number != "" {
		l, err := p.Licences.Find(v.Context(), v.Actor, h.Number)
		if err == nil {
			return v.See(licencePath(l.ID))
		}
		return v.Again(err, func(problems ui.Problems) templ.Component {
			return frame(v, "证照", licencesPage(h, problems))
		})
	}
	all, err := p.Licences.Mine(v.Context(), v.Actor, v.Query("after"), listSize+1)
	if err != nil {
		return err
	}
	h.All, h.Pages = visit.Cut(v, Base+"/licences", nil, all, listSize, func(l *licence.Licence) string { return l.ID })
	return show(v, "证照", licencesPage(h, ui.Problems{}))
}

func (h held) rows() (out []ui.Row) {
	for _, l := range h.All {
		s := string(l.StatusOn(h.Today))
		out = append(out, ui.Row{Cells: []ui.Cell{{Text: l.Content.Name, Href: licencePath(l.ID), Note: l.Content.Number},
			{Text: l.Content.Holder.Name}, {Text: l.Content.Validity()}, {Body: ui.Badge(text.Label(text.LicenceStatus, s), text.Tone(text.LicenceStatus, s))}}})
	}
	return out
}

func licencePath(id string) string { return Base + "/licences/" + id }

// oneLicence is the page of a licence at the desk.
type oneLicence struct {
	licence.Life
	Today       calendar.Day
	Proceedings []*aftercare.Proceeding
	Pushes      []*aftercare.Push
	MayBegin    bool
}

// LicencePage shows a licence with all that happened to it.
func (p *Pages) LicencePage(v *visit.Visit) error {
	o, err := p.oneLicence(v)
	if err != nil {
		return err
	}
	return show(v, o.Content.Name, licencePage(o), ui.Link{Text: "证照", Href: Base + "/licences"}, ui.Link{Text: o.Content.Number, Current: true})
}

func (p *Pages) oneLicence(v *visit.Visit) (o oneLicence, err error) {
	o.Today = p.today()
	if o.Life, err = p.Licences.Life(v.Context(), v.Actor, v.Path("licence")); err != nil {
		return o, err
	}
	if o.Proceedings, err = p.Aftercare.OfLicence(v.Context(), v.Actor, o.ID); err != nil {
		return o, err
	}
	o.MayBegin = v.Actor.May(staff.LicenceProceed, o.Subject) == nil
	for _, x := range o.Proceedings {
		o.MayBegin = o.MayBegin && !x.Open()
	}
	d, err := p.Casework.Dossier(v.Context(), v.Actor, o.CaseID)
	if err != nil {
		return o, err
	}
	o.Pushes, err = p.Aftercare.OfCase(v.Context(), v.Actor, d.Case)
	return o, err
}

// pairs are the facts of the licence.
func (o oneLicence) pairs() []ui.Pair {
	out := append(licencePairs(o.Licence), ui.Pair{Term: "版本", Text: "第" + strconv.Itoa(o.Version) + "版"})
	if o.StatusDay != nil {
		out = append(out, ui.Pair{Term: "状态起始日", Text: text.Day(*o.StatusDay)})
	}
	if o.DeregisteredOn != nil {
		out = append(out, ui.Pair{Term: "注销日期", Text: text.Day(*o.DeregisteredOn)})
	}
	if o.Window.Last != 0 {
		out = append(out, ui.Pair{Term: "延续申请期限", Text: text.Day(o.Window.Last), Note: o.Window.Rule.Chinese()})
	}
	return append(out, ui.Pair{Term: "原办件", Text: o.Content.Case, Href: Base + "/cases/" + o.CaseID})
}

func (o oneLicence) events() (out []ui.Event) {
	for _, x := range o.Versions {
		out = append(out, ui.Event{At: text.At(x.IssuedAt), Title: "颁发第" + strconv.Itoa(x.Version) + "版", Who: x.Content.Body.Name,
			Text: "有效期 " + x.Content.Validity(), Tone: ui.OK})
	}
	return out
}

// begin are the procedures that the desk can start.
var begin = []struct {
	kind              aftercare.Kind
	title, lead, push string
}{
	{aftercare.Rescind, "撤销", "作出准予决定时就有法律规定的问题。先书面告知并听取陈述申辩，再由有权人员决定。", "提起撤销"},
	{aftercare.Recall, "撤回", "许可合法作出，因法律修改或者客观情况重大变化，为公共利益收回，依法补偿。先告知并听取陈述申辩。", "提起撤回"},
	{aftercare.Deregister, "注销", "许可已经失去效力或者不再需要，办理登记上的终结手续，并公告。先告知持有人或者承受权利义务的人，听取意见并答复。", "提起注销"},
}

func (o oneLicence) shows(k aftercare.Kind) bool {
	switch s := o.StatusOn(o.Today); s {
	case licence.Valid, licence.Continued, licence.Expired:
		return true
	case licence.Rescinded, licence.Retracted, licence.Revoked:
		return k == aftercare.Deregister && o.DeregisteredOn == nil
	}
	return false
}

func pushRows(all []*aftercare.Push) (out []ui.Row) {
	for _, x := range all {
		ack := "未签收"
		if !x.AcknowledgedAt.IsZero() {
			ack = x.AcknowledgedBy + "，" + text.At(x.AcknowledgedAt)
		}
		result := "核查时限 " + text.Day(x.CheckBy)
		if x.Result != "" {
			result = text.Label(text.Checkup, string(x.Result)) + "：" + x.Findings
		}
		out = append(out, ui.Row{Cells: []ui.Cell{{Text: text.Label(text.Pushed, x.Reason), Note: text.At(x.At)}, {Text: x.Receiver}, {Text: ack}, {Text: result}}})
	}
	return out
}
