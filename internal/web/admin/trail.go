package admin

import (
	"encoding/json"
	"net/url"

	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// entriesShown is how many entries a page of the audit trail holds.
const entriesShown = 50

// trail is a page of the audit trail.
type trail struct {
	Entries []audit.Entry
	Login   string // of whom alone; "" for everybody
	Wrong   string
	Pages   ui.Pages
}

// Trail shows who did what, the newest first.
func (p *Pages) Trail(v *visit.Visit) error {
	t := trail{Login: v.Query("q")}
	var err error
	t.Entries, err = p.Staff.Trail(v.Context(), v.Actor, t.Login, v.Query("before"), entriesShown+1)
	if err != nil && fault.Of(err).Kind == fault.KindMissing {
		t.Wrong, err = "没有这个登录名的账号。", nil
	}
	if err != nil {
		return err
	}
	list := Base + "/audit?" + url.Values{"q": {t.Login}}.Encode()
	if len(t.Entries) > entriesShown {
		t.Entries = t.Entries[:entriesShown]
		t.Pages.Next = list + "&before=" + t.Entries[entriesShown-1].ID
	}
	if v.Query("before") != "" {
		t.Pages.Prev = list
	}
	return show(v, "审计记录", trailView(t), ui.Link{Text: "审计记录", Current: true})
}

func (t trail) table() ui.TableData {
	out := ui.TableData{Caption: "审计记录", Columns: []ui.Column{{Title: "时间", Tight: true}, {Title: "操作人"}, {Title: "操作"}, {Title: "对象"}, {Title: "变动"}}}
	for _, e := range t.Entries {
		who := e.ActorName
		if who == "" {
			who = "系统"
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: text.At(e.At)}, {Text: who}, {Text: text.Acted(e.Act), Note: e.Act},
			{Text: text.Label(text.Subject, e.SubjectKind), Note: e.SubjectID}, {Body: changeOf(e)}}})
	}
	return out
}

// raw is the state before or after as it was kept; "" for none.
func raw(x any) string {
	b, _ := x.(json.RawMessage)
	return string(b)
}
