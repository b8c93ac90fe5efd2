package portal

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/formview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// filling is what the page of a draft's form shows.
type filling struct {
	*draft
	Form     formview.Form
	Restored bool      // what was typed before the session ended stands here
	Saved    bool      // saved, although something is wrong
	Other    []ui.Pair // what another page saved meanwhile, where it differs
}

// from says where answers that were filled in come from.
const from = "登记信息"

// Fill shows the form of a draft.
func (p *Pages) Fill(v *visit.Visit, d *draft) error {
	f, err := p.filling(v, d)
	if err != nil {
		return err
	}
	if typed := p.typed(v); typed != nil {
		f.Form.Values, f.Restored = typed, true
	}
	return show(v, "填写信息", fillPage(f), d.crumbs()...)
}

func (p *Pages) filling(v *visit.Visit, d *draft) (filling, error) {
	known, err := p.known(v, d)
	return filling{draft: d, Form: formview.Form{Def: d.Impl.Form, Values: d.Values, Known: known, From: from}}, err
}

// Save keeps what was typed. "refresh" draws the form anew with the questions
// that the answers call for; "save" stays; otherwise the next page follows,
// unless something is wrong.
func (p *Pages) Save(v *visit.Visit, d *draft) error {
	typed := form.Values(v.Answers(""))
	version, err := p.saveDraft(v, d, typed)
	if err != nil {
		return p.notSaved(v, d, typed, err)
	}
	switch {
	case v.Has("refresh"):
		return v.See(draftURL(d.ID))
	case v.Text("do") == "save":
		v.Flash(ui.OK, "已保存草稿。可以随时从「我的草稿」接着填。")
		return v.See(draftURL(d.ID))
	}
	d.Version, d.Values = version, d.Impl.Form.Normalize(typed)
	if wrong := d.Impl.Form.Validate(d.Values, p.today()); len(wrong) > 0 {
		return p.fillAgain(v, d, d.Values, fault.Invalid("form.invalid", wrong...), func(f *filling) { f.Saved = true })
	}
	return v.See(draftURL(d.ID) + "/materials")
}

func (p *Pages) saveDraft(v *visit.Visit, d *draft, typed form.Values) (int, error) {
	version := 0
	if v.Has("version") {
		n, err := v.Int("version")
		if err != nil {
			return 0, err
		}
		version = n
	}
	return p.Casework.SaveDraft(v.Context(), v.Actor, casework.SaveDraft{DraftID: d.ID, Version: version, Values: typed})
}

// notSaved shows the form with what was typed. When another page saved first,
// it shows what differs, and saving again takes what stands here.
func (p *Pages) notSaved(v *visit.Visit, d *draft, typed form.Values, err error) error {
	return p.fillAgain(v, d, typed, err, func(f *filling) {
		if fault.Of(err).Kind == fault.KindConflict {
			f.Other = differences(d.Impl.Form, d.Values, d.Impl.Form.Normalize(typed))
		}
	})
}

func (p *Pages) fillAgain(v *visit.Visit, d *draft, values form.Values, err error, with func(*filling)) error {
	f, failed := p.filling(v, d)
	if failed != nil {
		return failed
	}
	f.Form.Values = values
	with(&f)
	return again(v, err, "填写信息", func(problems ui.Problems) templ.Component {
		f.Form.Problems = problems
		return fillPage(f)
	}, d.crumbs()...)
}

// differences are the answers that stand in the store and differ from what was
// typed here.
func differences(def form.Definition, stored, typed form.Values) (out []ui.Pair) {
	for _, f := range def.Fields() {
		e := f.Resolve()
		if stored[e.ID] != typed[e.ID] {
			out = append(out, ui.Pair{Term: e.Label, Text: "已存的是「" + e.LabelOf(stored[e.ID]) + "」", Note: "本页填的是「" + e.LabelOf(typed[e.ID]) + "」"})
		}
	}
	return out
}

// Autosave keeps what was typed, for the script: it answers with the version
// that the next saving must name.
func (p *Pages) Autosave(v *visit.Visit) error {
	d, _, err := p.Casework.Draft(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	version, err := p.saveDraft(v, &draft{Draft: d}, v.Answers(""))
	if err != nil {
		return autosaveRefused(v, err)
	}
	return answer(v, http.StatusOK, map[string]any{"version": version, "at": text.At(p.Clock.Now())})
}

// autosaveRefused says in words why nothing was saved; the script shows it.
func autosaveRefused(v *visit.Visit, err error) error {
	f := fault.Of(err)
	if !slices.Contains([]fault.Kind{fault.KindConflict, fault.KindInvalid}, f.Kind) {
		return err
	}
	return answer(v, visit.Status(f), map[string]any{"message": text.Fault(f)})
}

func answer(v *visit.Visit, status int, body any) error {
	v.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.W.Header().Set("Cache-Control", "no-store")
	v.W.WriteHeader(status)
	return json.NewEncoder(v.W).Encode(body)
}
