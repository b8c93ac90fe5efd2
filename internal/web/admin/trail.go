package admin

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"net/url"
	"strings"

	"onewindow/internal/business/staff"
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
	Entries  []audit.Entry
	Filter   url.Values // as it stands in the address, without the place
	Wrong    string
	Problems ui.Problems
	Pages    ui.Pages
}

// At is what stands in a field of the filter.
func (t trail) At(name string) string { return t.Filter.Get(name) }

// lookOf reads the filter from the address; wrong says what cannot be found.
func lookOf(v *visit.Visit) (look staff.Look, q url.Values, wrong string) {
	q = url.Values{}
	for _, name := range []string{"q", "act", "object", "from", "to"} {
		if s := v.Query(name); s != "" && len(s) < 120 {
			q.Set(name, s)
		}
	}
	look = staff.Look{Login: q.Get("q"), Acts: text.ActsNamed(q.Get("act")), Object: q.Get("object"), From: q.Get("from"), To: q.Get("to")}
	if q.Get("act") != "" && len(look.Acts) == 0 {
		wrong = "没有这样的操作。"
	}
	if len(look.Acts) > mostActs {
		look.Acts = look.Acts[:mostActs]
	}
	return look, q, wrong
}

// mostActs bounds the acts that one word stands for.
const mostActs = 80

// Trail shows who did what, the newest first.
func (p *Pages) Trail(v *visit.Visit) error {
	look, q, wrong := lookOf(v)
	t := trail{Filter: q, Wrong: wrong}
	look.Before, look.Limit = v.Query("before"), entriesShown+1
	var err error
	if t.Wrong == "" {
		t.Entries, err = p.Staff.Trail(v.Context(), v.Actor, look)
	}
	switch f := fault.Of(err); {
	case err == nil:
	case f.Kind == fault.KindMissing:
		t.Wrong = "没有这个登录名的账号。"
	case f.Kind == fault.KindInvalid:
		t.Problems = text.Problems(f)
	default:
		return err
	}
	if len(t.Entries) > entriesShown {
		t.Entries = t.Entries[:entriesShown]
		on := maps.Clone(q)
		on.Set("before", t.Entries[entriesShown-1].ID)
		t.Pages.Next = Base + "/audit?" + on.Encode()
	}
	if v.Query("before") != "" {
		t.Pages.First = Base + "/audit?" + q.Encode()
	}
	return show(v, "审计记录", trailView(t), ui.Link{Text: "审计记录", Current: true})
}

// ExportTrail is the filtered trail as a table for spreadsheets; the export itself
// is on record.
func (p *Pages) ExportTrail(v *visit.Visit) error {
	look, _, wrong := lookOf(v)
	var all []audit.Entry
	if wrong == "" {
		var err error
		if all, err = p.Staff.ExportTrail(v.Context(), v.Actor, look); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // tells spreadsheets that it is UTF-8
	w := csv.NewWriter(&b)
	w.Write([]string{"时间", "操作人", "操作人编号", "操作", "操作代码", "对象", "对象编号", "之前", "之后", "请求编号"})
	for _, e := range all {
		row := []string{text.At(e.At), e.ActorName, e.ActorID, text.Acted(e.Act), e.Act, text.Label(text.Subject, e.SubjectKind), e.SubjectID, raw(e.Before), raw(e.After), e.RequestID}
		for i, s := range row {
			if s != "" && strings.ContainsRune("=+-@", rune(s[0])) { // no text is taken for a formula
				row[i] = "'" + s
			}
		}
		w.Write(row)
	}
	w.Flush()
	return v.Serve(visit.File{Name: "审计记录.csv", Type: "text/csv; charset=utf-8", Changed: v.Now(), Body: bytes.NewReader(b.Bytes())})
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
