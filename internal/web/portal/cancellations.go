package portal

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/party"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

func cancellationURL(id string) string { return "/cancellations/" + id }

// cancellationsTitle is the title of the public list.
const cancellationsTitle = "注销公告"

// Cancellations is the public list: simple deregistrations, and notices to who
// speaks for a holder that is no more and whom nobody knows.
func (p *Pages) Cancellations(v *visit.Visit) error {
	list, err := p.Aftercare.Announced(v.Context(), clip(v.Query("after"), 60), perPage+1)
	if err != nil {
		return err
	}
	next := ""
	if len(list) > perPage {
		list = list[:perPage]
		next = list[perPage-1].ID
	}
	return show(v, cancellationsTitle, cancellationsPage(list, p.today(), next))
}

// cancellation is one announcement, and what may be done about it.
type cancellation struct {
	*aftercare.Proceeding
	Today    calendar.Day
	Typed    map[string]string
	Problems ui.Problems
}

func (p *Pages) cancellation(v *visit.Visit) (c cancellation, err error) {
	c = cancellation{Today: p.today(), Typed: map[string]string{}}
	c.Proceeding, err = p.Aftercare.Announcement(v.Context(), v.Path("proceeding"))
	return c, err
}

// Cancellation is one announcement.
func (p *Pages) Cancellation(v *visit.Visit) error {
	c, err := p.cancellation(v)
	if err != nil {
		return err
	}
	return show(v, c.title(), cancellationPage(c), ui.Link{Text: cancellationsTitle, Href: "/cancellations"})
}

func (c cancellation) title() string { return announcedAs(c.Proceeding) }

func announcedAs(p *aftercare.Proceeding) string {
	if p.Simple != nil {
		return "简易注销公示"
	}
	return "注销事先告知公告"
}

// open says that one may still object.
func (c cancellation) open() bool {
	return c.Proceeding.Open() && c.Statement == "" && c.Today <= c.Until &&
		(c.Status == aftercare.Noticed || c.Status == aftercare.Notified)
}

// holderShown masks a natural person, who is one where the ground is a death.
func holderShown(p *aftercare.Proceeding) string {
	if p.Ground == "died" {
		return party.MaskName(p.Holder)
	}
	return p.Holder
}

// stands is where an announced procedure stands, in words.
func stands(p *aftercare.Proceeding, today calendar.Day) (string, ui.Tone) {
	switch {
	case p.Outcome != "":
		return text.Label(text.Ending, string(p.Outcome)), text.Tone(text.Proceeding, string(p.Status))
	case p.Status == aftercare.Proposed:
		return "公示期满，已申请注销登记", ui.Info
	case today > p.Until:
		return "期满", ui.Neutral
	}
	return "可以提出异议", ui.Warn
}

// Objecting asks who objects, and why.
func (p *Pages) Objecting(v *visit.Visit) error {
	c, err := p.cancellation(v)
	if err != nil {
		return err
	}
	c.Typed = p.typed(v)
	return show(v, "提出异议", objectingPage(c), c.crumbs()...)
}

func (c cancellation) crumbs() []ui.Link {
	return []ui.Link{{Text: cancellationsTitle, Href: "/cancellations"}, {Text: c.title(), Href: cancellationURL(c.ID)}}
}

// Objected takes the objection.
func (p *Pages) Objected(v *visit.Visit) error {
	err := p.Aftercare.Object(v.Context(), v.Actor, aftercare.Object{Seen: aftercare.Seen{ID: v.Path("proceeding")}, Claim: aftercare.Claim(v.Text("claim")),
		Said: aftercare.Said{Name: v.Text("name"), Contact: v.Text("contact"), Text: v.Text("text")}})
	if err == nil {
		v.Flash(ui.OK, "异议已提交，登记（颁发）机关会看到您的姓名、联系方式和理由。")
		return v.See(cancellationURL(v.Path("proceeding")))
	}
	c, failed := p.cancellation(v)
	if failed != nil {
		return failed
	}
	c.Typed = v.Answers("")
	return again(v, err, "提出异议", func(problems ui.Problems) templ.Component {
		c.Problems = problems
		return objectingPage(c)
	}, c.crumbs()...)
}

func claims() (out []ui.Choice) {
	for _, c := range aftercare.Claims() {
		if c != aftercare.Department { // departments have no account here; what they write is taken down at the desk
			out = append(out, ui.Choice{Value: string(c), Text: text.Label(text.Claim, string(c))})
		}
	}
	return out
}

const letterTitle = "注销告知：陈述申辩"

// LetterPage asks for number and code of the letter.
func (p *Pages) LetterPage(v *visit.Visit) error {
	return show(v, letterTitle, toldLetterPage(key{Number: clip(v.Query("number"), 60)}, ui.Problems{}), ui.Link{Text: cancellationsTitle, Href: "/cancellations"})
}

// Letter shows who was told by letter what they may say, and takes it. Number
// and code travel with every form; the code is never part of an address.
func (p *Pages) Letter(v *visit.Visit) error {
	in := key{Number: clip(v.Text("number"), 60), Code: clip(v.Text("code"), 20)}
	x, err := p.knownLetter(v, in)
	crumb := ui.Link{Text: cancellationsTitle, Href: "/cancellations"}
	if err != nil {
		if f := fault.Of(err); f.Kind == fault.KindMissing {
			err = fault.Invalid(f.Code) // the form again, whatever was wrong
		}
		return again(v, err, letterTitle, func(problems ui.Problems) templ.Component { return toldLetterPage(in, problems) }, crumb)
	}
	c := cancellation{Proceeding: x, Today: p.today(), Typed: v.Answers("")}
	if !v.Has("text") {
		return show(v, letterTitle, letterSpeakPage(c, in, false), crumb)
	}
	if err := p.Aftercare.StateByCode(v.Context(), in.Number, in.Code, v.Text("text")); err != nil {
		return again(v, err, letterTitle, func(problems ui.Problems) templ.Component {
			c.Problems = problems
			return letterSpeakPage(c, in, false)
		}, crumb)
	}
	if c.Proceeding, err = p.Aftercare.Known(v.Context(), in.Number, in.Code); err != nil {
		return err
	}
	return show(v, letterTitle, letterSpeakPage(c, in, true), crumb)
}

// knownLetter limits how often one may try before the store is asked.
func (p *Pages) knownLetter(v *visit.Visit, in key) (*aftercare.Proceeding, error) {
	if err := v.Limit(p.Guesses, "letter"); err != nil {
		return nil, err
	}
	return p.Aftercare.Known(v.Context(), in.Number, in.Code)
}

// publicPairs are what everybody may read.
func (c cancellation) publicPairs() []ui.Pair {
	out := []ui.Pair{{Term: "证照", Text: c.Licence, Note: c.Number}, {Term: "持有人", Text: holderShown(c.Proceeding)}, {Term: "公告日期", Text: calendar.DayOf(c.OpenedAt).Chinese()},
		{Term: "异议期至", Text: c.Until.Chinese() + "（含当日）"}}
	if c.Simple == nil {
		return append(out, ui.Pair{Term: "拟注销的情形", Text: groundText(c.Proceeding)})
	}
	return append(out, ui.Pair{Term: "全体投资人", Text: strings.Join(c.Simple.Investors, "、")}, ui.Pair{Term: "承诺文本摘要", Text: c.Simple.SM3, Note: "SM3"})
}

// heardPairs are what who has the letter reads.
func (c cancellation) heardPairs() []ui.Pair {
	out := []ui.Pair{{Term: "证照", Text: c.Licence, Note: c.Number}, {Term: "持有人", Text: c.Holder}, {Term: "情形", Text: groundText(c.Proceeding)},
		{Term: "事实和理由", Text: strings.Join(c.Reasons, "；")}, {Term: "陈述申辩期限", Text: c.Until.Chinese()}}
	if c.Statement != "" {
		out = append(out, ui.Pair{Term: "陈述和申辩", Text: c.Statement, Note: text.At(c.StatedAt)})
	}
	if c.Answer != "" {
		out = append(out, ui.Pair{Term: "答复", Text: c.Answer})
	}
	if c.Outcome != "" {
		out = append(out, ui.Pair{Term: "结果", Text: text.Label(text.Ending, string(c.Outcome)), Note: text.At(c.DecidedAt)})
	}
	return out
}
