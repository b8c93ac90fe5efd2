package counter

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/formview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// draft is an application being received at the window.
type draft struct {
	*casework.Draft
	Impl     *catalog.Implementation
	Files    []casework.File
	Values   form.Values // as typed; the sensitive ones that are held are left out
	Known    []string    // elements that were filled in from the record
	Declared bool
	today    calendar.Day
	Problems ui.Problems
}

// path is an address under the draft.
func (d draft) path(rest string) string { return Base + "/drafts/" + d.ID + rest }

// form is the application form; what is sensitive and on record stays masked.
func (d draft) form() formview.Form {
	held := formview.HeldOf(d.Impl.Form, d.Draft.Values)
	return formview.Form{Def: d.Impl.Form, Values: formview.Open(d.Values, held), Held: held, Known: d.Known, From: "登记信息", Problems: d.Problems}
}

func (p *Pages) draft(v *visit.Visit) (draft, error) {
	d, files, err := p.Casework.Draft(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return draft{}, err
	}
	impl, err := p.Catalog.ByID(v.Context(), d.ImplementationID)
	if err != nil {
		return draft{}, err
	}
	out := draft{Draft: d, Impl: d.In(impl), Files: files, Values: d.Values, today: caseview.Today(v)}
	if d.Version == 1 { // nobody has typed yet: everything came from the record
		for id := range d.Values {
			out.Known = append(out.Known, id)
		}
	}
	return out, nil
}

// open is draft, and it must not be submitted yet: a submitted one leads to
// its case.
func (p *Pages) open(v *visit.Visit) (draft, bool, error) {
	d, err := p.draft(v)
	if err != nil || d.Status == casework.DraftOpen {
		return d, err == nil, err
	}
	if d.Status == casework.DraftSubmitted {
		return d, false, v.See(Base + "/cases/" + d.CaseID)
	}
	return d, false, fault.Conflict("draft.closed")
}

// Drafts lists what the clerk began to receive and has not submitted.
func (p *Pages) Drafts(v *visit.Visit) error {
	all, err := p.Casework.Drafts(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	return show(v, "未提交的收件", draftsPage(all))
}

// DraftForm asks what the application form asks.
func (p *Pages) DraftForm(v *visit.Visit) error {
	d, ok, err := p.open(v)
	if !ok {
		return err
	}
	return show(v, "填写申请表", draftPage(d))
}

// SaveForm keeps what was typed and goes on when it is in order. The script
// saves through it too.
func (p *Pages) SaveForm(v *visit.Visit) error {
	d, ok, err := p.open(v)
	if !ok {
		return err
	}
	values := formview.ReadKeeping(d.Impl.Form, v.Answers(""), formview.HeldOf(d.Impl.Form, d.Draft.Values))
	version, err := p.saveDraft(v, d.ID, values)
	switch {
	case v.Autosave():
		return saved(v, version, err)
	case err != nil:
		return p.draftAgain(v, d, values, err)
	}
	d.Draft.Values, d.Version = d.Impl.Form.Normalize(values), version
	switch {
	case v.Has("refresh"):
		return v.See(d.path(""))
	case v.Has("later"):
		v.Flash(ui.OK, "已保存，可以在「未提交的收件」中继续。")
		return v.See(Base + "/drafts")
	}
	if wrong := d.Impl.Form.Validate(values, caseview.Today(v)); len(wrong) > 0 {
		return p.draftAgain(v, d, values, fault.Invalid("form.invalid", wrong...))
	}
	return v.See(d.path("/materials"))
}

// saveDraft saves over the version that the page shows: what another tab saved
// meanwhile is not lost unseen.
func (p *Pages) saveDraft(v *visit.Visit, draftID string, values form.Values) (int, error) {
	seen, err := caseview.SeenOf(v, draftID)
	if err != nil {
		return 0, err
	}
	return p.Casework.SaveDraft(v.Context(), v.Actor, casework.SaveDraft{DraftID: draftID, Version: seen.Version, Values: values})
}

// saved answers the script that saves: with the version that the next saving
// must name, or why nothing was saved.
func saved(v *visit.Visit, version int, err error) error {
	status, body := http.StatusOK, map[string]any{"version": version}
	if f := fault.Of(err); err != nil {
		if f.Kind != fault.KindConflict && f.Kind != fault.KindInvalid {
			return err
		}
		status, body = visit.Status(f), map[string]any{"message": text.Fault(f)}
	}
	v.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.W.Header().Set("Cache-Control", "no-store")
	v.W.WriteHeader(status)
	return json.NewEncoder(v.W).Encode(body)
}

func (p *Pages) draftAgain(v *visit.Visit, d draft, typed form.Values, err error) error {
	return v.Again(err, func(problems ui.Problems) templ.Component {
		if caseview.Stale(err) { // the page now names the newest version
			problems.Message += "；再次保存将以本页填写的内容为准"
		}
		d.Values, d.Problems, d.Known = typed, problems, nil
		return frame(v, "填写申请表", draftPage(d))
	})
}

// Discard throws the draft away.
func (p *Pages) Discard(v *visit.Visit) error {
	if err := p.Casework.DiscardDraft(v.Context(), v.Actor, v.Path("id")); err != nil {
		return err
	}
	v.Flash(ui.OK, "已作废这份收件。")
	return v.See(Base + "/drafts")
}

// CheckPage shows everything once more before it becomes a case.
func (p *Pages) CheckPage(v *visit.Visit) error {
	d, ok, err := p.open(v)
	if !ok {
		return err
	}
	return show(v, "核对提交", checkPage(d))
}

// Submit makes it a case: the application is received at this instant, and the
// receipt is issued.
func (p *Pages) Submit(v *visit.Visit) error {
	d, ok, err := p.open(v)
	if !ok {
		return err
	}
	d.Declared = v.Text("declared") == "true"
	r, err := p.submit(v, d)
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			return frame(v, "核对提交", checkPage(d.wrong(problems)))
		})
	}
	v.Flash(ui.OK, "已收件。请打印收件凭证，交申请人签字。")
	return v.See(p.cases.Newest(v, r.CaseID))
}

func (p *Pages) submit(v *visit.Visit, d draft) (casework.Receipt, error) {
	seen, err := caseview.SeenOf(v, d.ID)
	if err != nil {
		return casework.Receipt{}, err
	}
	return p.Casework.Submit(v.Context(), v.Actor, casework.Submit{DraftID: d.ID, Version: seen.Version, Declared: d.Declared})
}

func (d draft) wrong(p ui.Problems) draft {
	d.Problems = p
	return d
}

// wrongAnswers are what is wrong with the form as it stands.
func (d draft) wrongAnswers() []ui.Problem {
	return text.Problems(fault.Invalid("form.invalid", d.Impl.Form.Validate(d.Draft.Values, d.today)...)).Fields
}

// materials are those that the situation and the answers call for.
func (d draft) materials() []catalog.Material {
	var without []string
	for _, x := range d.Impl.Variants {
		if x.No == d.Variant {
			without = x.Without
		}
	}
	var out []catalog.Material
	for _, m := range d.Impl.Materials {
		if !slices.Contains(without, m.No) && (m.Wanted(d.Draft.Values) || len(m.If) == 0) {
			out = append(out, m)
		}
	}
	return out
}

func (d draft) filesFor(material string) []casework.File {
	var out []casework.File
	for _, f := range d.Files {
		if f.Material == material {
			out = append(out, f)
		}
	}
	return out
}

// lacking are the necessary materials that were not handed in.
func (d draft) lacking() []string {
	var out []string
	for _, m := range d.materials() {
		there := d.Paper[m.No] > 0 || len(d.filesFor(m.No)) > 0 || casework.Takes(m, "form")
		if m.AskedOf(d.Draft.Values) && m.Need != catalog.Optional && !casework.Follows(m, d.Mode) && !there {
			out = append(out, m.Name)
		}
	}
	return out
}
