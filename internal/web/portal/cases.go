package portal

import (
	"net/url"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// caseLine is a case in a list.
type caseLine struct {
	Name, Number, Applicant, Href string
	Status                        string
	Tone                          ui.Tone
	Received                      string
	Next                          next
}

func (p *Pages) caseLine(c *casework.Case) caseLine {
	l := caseLine{Name: c.ItemName, Number: c.Number, Applicant: c.ApplicantName, Href: caseURL(c.ID),
		Status: text.Label(text.Status, string(c.Status)), Tone: text.Tone(text.Status, string(c.Status)),
		Received: text.At(c.ReceivedAt) + "提交"}
	if !nothingWaits(c) || !c.Status.Ended() {
		l.Next = p.briefly(c)
	}
	return l
}

// briefly is what follows, without the matter at hand: a list says it shorter.
func (p *Pages) briefly(c *casework.Case) next {
	switch c.Status {
	case casework.StatusGranted:
		return next{Title: "已经准予，可以查看领取方式", Tone: ui.OK, Links: []ui.Link{{Text: "查看", Href: caseURL(c.ID)}}}
	case casework.StatusRefused:
		return next{Title: "请查收决定书", Tone: ui.Bad, Links: []ui.Link{{Text: "查收", Href: caseURL(c.ID) + "/receive"}}}
	case casework.StatusSupplement:
		return next{Title: "请补正材料", Tone: ui.Warn, Links: []ui.Link{{Text: "去补正", Href: caseURL(c.ID) + "/supplement"}}}
	}
	n := p.following(c, nil)
	return next{Title: n.Text}
}

// myCases is what the list of one's cases shows.
type myCases struct {
	Show, Search string
	Cases        []caseLine
	Drafts       []draftLine
	Pages        ui.Pages
}

var showChoices = []ui.Choice{{Value: "open", Text: "在办的"}, {Value: "todo", Text: "等我办的"}, {Value: "ended", Text: "办结的"}}

const (
	casesPage = 10  // lines of a page
	casesRead = 100 // read at a time while filtering
	mostRead  = 20  // times
)

// Cases lists the visitor's own cases, the newest first.
func (p *Pages) Cases(v *visit.Visit) error {
	m := myCases{Show: v.Query("show"), Search: clip(v.Query("q"), 50)}
	after := v.Query("after")
	found, next, err := p.findMine(v, m, after)
	if err != nil {
		return err
	}
	for _, c := range found {
		m.Cases = append(m.Cases, p.caseLine(c))
	}
	m.Pages = v.Pages("/cases", m.filter(), next)
	if after == "" && m.Show == "" && m.Search == "" {
		drafts, err := p.Casework.Drafts(v.Context(), v.Actor)
		if err != nil {
			return err
		}
		m.Drafts = p.draftLines(drafts[:min(few, len(drafts))])
	}
	return show(v, "我的办件", casesView(m))
}

// findMine reads on until a page is full; next is the key of the page after,
// "" when there is none.
func (p *Pages) findMine(v *visit.Visit, m myCases, after string) (out []*casework.Case, next string, err error) {
	for range mostRead {
		some, err := p.Casework.Mine(v.Context(), v.Actor, after, casesRead)
		if err != nil {
			return nil, "", err
		}
		for _, c := range some {
			if !m.takes(c) {
				continue
			}
			if len(out) == casesPage {
				return out, out[casesPage-1].ID, nil
			}
			out = append(out, c)
		}
		if len(some) < casesRead {
			return out, "", nil
		}
		after = some[len(some)-1].ID
	}
	return out, after, nil
}

func (m myCases) takes(c *casework.Case) bool {
	if m.Search != "" && !strings.Contains(c.ItemName+" "+c.Number+" "+c.ApplicantName, strings.ToUpper(m.Search)) &&
		!strings.Contains(c.ItemName+c.ApplicantName, m.Search) {
		return false
	}
	switch m.Show {
	case "open":
		return !c.Status.Ended()
	case "todo":
		return !nothingWaits(c)
	case "ended":
		return c.Status.Ended()
	}
	return true
}

func (m myCases) filter() url.Values {
	u := url.Values{}
	for name, value := range map[string]string{"show": m.Show, "q": m.Search} {
		if value != "" {
			u.Set(name, value)
		}
	}
	return u
}
