package portal

import (
	"net/url"
	"slices"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// draft is an application being prepared, with the version of the matter that
// it was begun for.
type draft struct {
	*casework.Draft
	Files []casework.File
	Impl  *catalog.Implementation
	// Promise is what was signed, nil when nothing was; Signed says whether it
	// stands, or nothing needs to be signed.
	Promise *casework.Promise
	Signed  bool
}

// draft is the visitor's own open draft. One that was submitted leads to its
// receipt: gone is then true and the answer is given.
func (p *Pages) draft(v *visit.Visit) (d *draft, gone bool, err error) {
	d = &draft{}
	if d.Draft, d.Files, err = p.Casework.Draft(v.Context(), v.Actor, v.Path("id")); err != nil {
		return nil, false, err
	}
	switch d.Status {
	case casework.DraftSubmitted:
		return nil, true, v.See(receiptURL(d.CaseID))
	case casework.DraftDiscarded:
		return nil, false, fault.Missing("draft.missing")
	}
	impl, err := p.Catalog.ByID(v.Context(), d.ImplementationID)
	if err != nil {
		return nil, false, err
	}
	d.Impl = d.In(impl)
	if d.Mode != casework.ModeOrdinary {
		if d.Promise, err = p.Casework.Promise(v.Context(), v.Actor, d.ID); err != nil {
			return nil, false, err
		}
	}
	d.Signed = d.Draft.Signed(d.Promise, impl)
	return d, false, nil
}

// onDraft makes a handler of a page of an open draft.
func (p *Pages) onDraft(fn func(*visit.Visit, *draft) error) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		d, gone, err := p.draft(v)
		if err != nil || gone {
			return err
		}
		return fn(v, d)
	}
}

// known are the elements whose answers are still what the records say.
func (p *Pages) known(v *visit.Visit, d *draft) (ids []string, err error) {
	err = p.DB.Read(v.Context(), func(tx *db.Tx) error {
		facts, err := p.Party.FactsFor(tx, v.Actor, d.ApplicantID)
		ids = d.Impl.Form.Prefilled(d.Values, facts, p.today())
		return err
	})
	return ids, err
}

// asked are the materials that the draft's situation calls for, with what is
// there of each.
func (d *draft) asked() (out []casework.Given) {
	var without []string
	if x, ok := d.Impl.Variant(d.Variant); ok {
		without = x.Without
	}
	for _, m := range d.Impl.Materials {
		if !m.Wanted(d.Values) || slices.Contains(without, m.No) {
			continue
		}
		g := casework.Given{Material: m}
		for _, f := range d.Files {
			if f.Material == m.No {
				g.Files = append(g.Files, f)
			}
		}
		out = append(out, g)
	}
	return out
}

// lacking are the necessary materials that are not there yet.
func (d *draft) lacking() (out []casework.Given) {
	for _, g := range d.asked() {
		if !casework.Follows(g.Material, d.Mode) && !g.There() {
			out = append(out, g)
		}
	}
	return out
}

func (d *draft) title() string { return d.ItemName }

func (d *draft) crumbs() []ui.Link {
	return []ui.Link{{Text: "我的草稿", Href: "/drafts"}, {Text: d.ItemName, Href: draftURL(d.ID)}}
}

// draftLine is a draft in a list.
type draftLine struct{ Name, Applicant, Saved, Href, Discard string }

func (p *Pages) draftLines(all []*casework.Draft) (out []draftLine) {
	for _, d := range all {
		out = append(out, draftLine{Name: d.ItemName, Applicant: d.ApplicantName, Href: draftURL(d.ID), Discard: draftURL(d.ID) + "/discard",
			Saved: text.Since(d.UpdatedAt, p.Clock.Now()) + "保存"})
	}
	return out
}

// Drafts lists the open drafts.
func (p *Pages) Drafts(v *visit.Visit) error {
	drafts, err := p.Casework.Drafts(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	return show(v, "我的草稿", draftsPage(p.draftLines(drafts)), ui.Link{Text: "我的办件", Href: "/cases"})
}

// AskDiscard asks before a draft is thrown away.
func (p *Pages) AskDiscard(v *visit.Visit, d *draft) error {
	return show(v, "删除草稿", discardPage(d), d.crumbs()...)
}

// Discard throws a draft away.
func (p *Pages) Discard(v *visit.Visit, d *draft) error {
	if err := p.Casework.DiscardDraft(v.Context(), v.Actor, d.ID); err != nil {
		return err
	}
	v.Flash(ui.OK, "草稿和已上传的文件已经删除。")
	return v.See("/drafts")
}

func draftURL(id string) string { return "/drafts/" + url.PathEscape(id) }

func caseURL(id string) string { return "/cases/" + url.PathEscape(id) }

func receiptURL(caseID string) string { return caseURL(caseID) + "/receipt" }

func escapeQuery(s string) string { return url.QueryEscape(s) }
