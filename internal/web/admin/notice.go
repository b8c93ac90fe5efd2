package admin

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/privacy"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/sheet"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

const noticePath = Base + "/privacy"

func (p *Pages) noticeRoutes() []visit.Route {
	return []visit.Route{
		p.get("/privacy", staff.PrivacyManage, p.Notice),
		p.get("/privacy/draft", staff.PrivacyManage, p.NoticeEdit),
		p.post("/privacy/draft", staff.PrivacyManage, p.NoticeSave),
		p.post("/privacy/hand-over", staff.PrivacyManage, p.NoticeHandOver),
		p.post("/privacy/send-back", staff.PrivacyManage, p.NoticeSendBack),
		p.post("/privacy/publish", staff.PrivacyManage, p.NoticePublish),
	}
}

// notices is the page of the notice: its versions, and what becomes of the draft.
type notices struct {
	All           []privacy.Notice
	Current       int
	Draft         *privacy.Notice
	Apart         bool // the reader did not write the draft
	From, Reasons string
	Problems      ui.Problems
}

func (p *Pages) notices(v *visit.Visit) (n notices, err error) {
	if n.All, err = p.Privacy.Notices(v.Context()); err != nil {
		return n, err
	}
	now, err := p.Privacy.Current(v.Context())
	if err != nil {
		return n, err
	}
	n.Current, n.From = now.Version, calendar.DayOf(v.Now()).AddDays(1).String()
	if n.Draft, err = p.Privacy.NoticeDraft(v.Context(), v.Actor); err == nil && n.Draft != nil {
		n.Apart = !slices.Contains(n.Draft.Review.Writers, v.Actor.AccountID)
	}
	return n, err
}

func noticesFrame(v *visit.Visit, n notices) templ.Component {
	return frame(v.Page("个人信息处理告知", ui.Link{Text: "个人信息处理告知", Current: true}), noticesPage(n))
}

// Notice shows the versions and the draft.
func (p *Pages) Notice(v *visit.Visit) error {
	n, err := p.notices(v)
	if err != nil {
		return err
	}
	return v.Render(noticesFrame(v, n))
}

// noticeEdit is the form of the draft.
type noticeEdit struct {
	Version  int
	Revision string
	Sheet    *sheet.Sheet
	Problems ui.Problems
}

// noticeParts are the parts as the form asks them: every topic of the law, then
// what else is told.
func noticeParts(n privacy.Notice) (told, further []privacy.Part) {
	for _, t := range privacy.Topics() {
		x := privacy.Part{Key: t.Key, Title: t.Title}
		for _, p := range n.Parts {
			if p.Key == t.Key {
				x = p
			}
		}
		told = append(told, x)
	}
	for _, p := range n.Parts {
		if p.Key == "" {
			further = append(further, p)
		}
	}
	return told, further
}

func describeNotice(told, further *[]privacy.Part) func(*sheet.Sheet) {
	return func(s *sheet.Sheet) {
		for n, t := range privacy.Topics() {
			s.Text(t.Key, &(*told)[n].Text, sheet.F{Label: t.Title, Help: t.Law, Max: 5000, Lines: 4, Must: true})
		}
		sheet.Rows(s, "further", further, sheet.L{Title: "其他要告知的", What: "内容"}, func(n int, p privacy.Part) string { return "内容" + strconv.Itoa(n+1) },
			func([]privacy.Part) privacy.Part { return privacy.Part{} },
			func(p *privacy.Part) {
				s.Text("title", &p.Title, sheet.F{Label: "标题", Max: 60, Must: true})
				s.Text("text", &p.Text, sheet.F{Label: "内容", Max: 5000, Lines: 4})
			})
	}
}

// NoticeEdit shows the draft, or, while there is none, the newest version to go on from.
func (p *Pages) NoticeEdit(v *visit.Visit) error {
	n, err := p.notices(v)
	if err != nil {
		return err
	}
	if n.Draft != nil && n.Draft.Review.Ready {
		return v.See(noticePath)
	}
	base, e := n.base()
	told, further := noticeParts(base)
	e.Sheet = sheet.Drawn(ui.Problems{}, "", describeNotice(&told, &further))
	return v.Render(noticeFrame(v, e))
}

// base is what the form begins with.
func (n notices) base() (privacy.Notice, noticeEdit) {
	if n.Draft != nil {
		return *n.Draft, noticeEdit{Version: n.Draft.Version, Revision: strconv.Itoa(n.Draft.Revision)}
	}
	return n.All[0], noticeEdit{Version: n.All[0].Version + 1, Revision: "0"}
}

func noticeFrame(v *visit.Visit, e noticeEdit) templ.Component {
	return frame(v.Page("编制告知", ui.Link{Text: "个人信息处理告知", Href: noticePath}, ui.Link{Text: "编制告知", Current: true}), noticeEditPage(e))
}

// NoticeSave keeps the draft.
func (p *Pages) NoticeSave(v *visit.Visit) error {
	n, err := p.notices(v)
	if err != nil {
		return err
	}
	base, e := n.base()
	told, further := noticeParts(base)
	e.Sheet = sheet.Read(v.Texts, v.Text("do"), describeNotice(&told, &further))
	err = e.Sheet.Err()
	if err == nil {
		err = p.Privacy.SaveNotice(v.Context(), v.Actor, privacy.SaveNotice{Revision: seenRevision(v), Parts: append(told, kept(further, v.Text("do"))...)})
	}
	if err != nil {
		e.Revision = v.Text("revision")
		return v.Again(err, func(problems ui.Problems) templ.Component {
			e.Problems = problems
			return noticeFrame(v, e)
		})
	}
	v.Flash(ui.OK, "草稿已保存。")
	if v.Text("do") == "save" {
		return v.See(noticePath)
	}
	return v.See(noticePath + "/draft")
}

// kept leaves out rows in which nothing was typed, but for one that was just added.
func kept(all []privacy.Part, do string) (out []privacy.Part) {
	for _, x := range all {
		if x.Title == "" && x.Text == "" && !strings.HasPrefix(do, "add:") {
			continue
		}
		out = append(out, x)
	}
	return out
}

// seenRevision is the revision of the page; what is no number is stale.
func seenRevision(v *visit.Visit) int {
	n, err := strconv.Atoi(v.Text("revision"))
	if err != nil {
		return -1
	}
	return n
}

// NoticeHandOver puts the draft before who publishes it.
func (p *Pages) NoticeHandOver(v *visit.Visit) error {
	return p.afterNotice(v, p.Privacy.HandOverNotice(v.Context(), v.Actor, seenRevision(v)), "已送审，由没有参与编写的人核对后公布。")
}

// NoticeSendBack opens the draft again.
func (p *Pages) NoticeSendBack(v *visit.Visit) error {
	return p.afterNotice(v, p.Privacy.SendBackNotice(v.Context(), v.Actor, seenRevision(v), v.Text("reasons")), "已退回，可以继续修改。")
}

// NoticePublish puts the draft into force from a day on.
func (p *Pages) NoticePublish(v *visit.Visit) error {
	from, err := calendar.ParseDay(v.Text("from"))
	if err != nil {
		err = fault.Invalid("form.invalid", fault.At("from", "privacy.from_past"))
	} else {
		err = p.Privacy.PublishNotice(v.Context(), v.Actor, seenRevision(v), from)
	}
	return p.afterNotice(v, err, "新版告知已公布，自所定之日起施行；以前的版本仍可查看。")
}

func (p *Pages) afterNotice(v *visit.Visit, err error, said string) error {
	if err == nil {
		v.Flash(ui.OK, said)
		return v.See(noticePath)
	}
	n, failed := p.notices(v)
	if failed != nil {
		return failed
	}
	n.Reasons = v.Text("reasons")
	if v.Has("from") {
		n.From = v.Text("from")
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		n.Problems = problems
		return noticesFrame(v, n)
	})
}
