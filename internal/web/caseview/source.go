package caseview

import (
	"bytes"
	"io"
	"slices"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/org"
	"onewindow/internal/business/party"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/web/lawview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Source is where the pages of an audience get their cases, files and documents
// from. Its handlers are for officers: what they show of a case is more than
// an applicant is shown.
type Source struct {
	Casework  *casework.Service
	Documents *document.Service
	Party     *party.Service
	Org       *org.Service // nil leaves View.Body empty
	// Procedures are drawn with the case; nil leaves them out.
	Procedures *procedure.Service
	Interest   *interest.Service // nil where hearing people is not shown
	Hearing    *hearing.Service
	Base       string // "/counter" or "/desk"
}

// Officer lets only officers and the platform's own machines through: the
// right to read a case is an applicant's too.
func Officer(handler func(*visit.Visit) error) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		if v.Actor.Kind == staff.Applicant {
			return fault.Denied("permission")
		}
		return handler(v)
	}
}

// Today is the civil day of the visit.
func Today(v *visit.Visit) calendar.Day { return calendar.DayOf(v.Now()) }

// Load is the case whose id the address names, with its documents.
func (s Source) Load(v *visit.Visit) (View, error) {
	d, err := s.Casework.Dossier(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return View{}, err
	}
	documents, err := s.Documents.ByCase(v.Context(), v.Actor, d.ID)
	if err != nil {
		return View{}, err
	}
	view := View{Dossier: d, Documents: documents, Calendar: s.Casework.Calendar(), Today: Today(v), Base: s.Base,
		MayUnmask: v.Actor.May(staff.PersonUnmask, d.Subject()) == nil}
	if s.Procedures != nil {
		if view.Procedures, err = s.Procedures.OfCase(v.Context(), v.Actor, d.Case); err != nil {
			return view, err
		}
	}
	view.Mine = mine(v.Actor, d)
	if s.Org == nil {
		return view, s.heard(v, &view)
	}
	if view.Body, err = s.Org.ByID(v.Context(), d.BodyID); err != nil {
		return view, err
	}
	if err := s.together(v, &view); err != nil {
		return view, err
	}
	return view, s.heard(v, &view)
}

// mine are the open steps that the reader may do.
func mine(who staff.Actor, d *casework.Dossier) (out []flow.Step) {
	for _, t := range d.Flow.Open {
		step, known := d.Impl.Flow.Step(t.Step)
		if known && who.May(casework.RightAt(step), d.SubjectAt(t)) == nil {
			out = append(out, step)
		}
	}
	return out
}

// together adds the bodies that have a part in the case and what they were asked.
func (s Source) together(v *visit.Visit, view *View) (err error) {
	others := view.Flow.Bodies()
	if len(others) == 0 {
		return nil
	}
	view.Bodies = map[string]string{}
	for _, id := range others {
		b, err := s.Org.ByID(v.Context(), id)
		if err != nil {
			return err
		}
		view.Bodies[id] = b.Name
	}
	if len(view.Flow.Asked) > 0 {
		view.Consultations, err = s.Casework.Consultations(v.Context(), v.Actor, view.ID)
	}
	return err
}

// heard brings who is heard in the case, its hearings, and who was challenged.
func (s Source) heard(v *visit.Visit, view *View) (err error) {
	if s.Interest == nil {
		return nil
	}
	if slices.ContainsFunc(view.History, func(h casework.Happening) bool { return h.Kind == "case.challenged" }) {
		if view.Challenges, err = s.Casework.Challenges(v.Context(), v.Actor, view.ID); err != nil {
			return err
		}
	}
	if view.Parties, err = s.Interest.ByCase(v.Context(), v.Actor, view.ID); err != nil {
		return err
	}
	view.Hearings, err = s.Hearing.ByCase(v.Context(), v.Actor, view.ID)
	return err
}

// Law is 本件所依之法 of the case.
func (s Source) Law(v *visit.Visit) error {
	view, err := s.Load(v)
	if err != nil {
		return err
	}
	refusals, err := s.Casework.Refusals(v.Context(), v.Actor, view.ID)
	if err != nil {
		return err
	}
	page := v.Page("本件所依之法", s.Crumbs(view, "本件所依之法")...)
	return v.Render(Frame(page, lawview.Page(lawview.View{Dossier: view.Dossier, Documents: view.Documents, Refusals: refusals, Back: view.Path("")})))
}

// Hearing is the hearing that is under way, nil when there is none.
func (v View) Hearing() *hearing.Hearing {
	if n := len(v.Hearings); n > 0 && !v.Hearings[n-1].Status.Over() {
		return v.Hearings[n-1]
	}
	return nil
}

// Unmask is Load with the applicant's data in the clear, for a reason that is
// put on record.
func (s Source) Unmask(v *visit.Visit) (View, error) {
	view, err := s.Load(v)
	if err != nil {
		return view, err
	}
	p, err := s.Party.Unmask(v.Context(), v.Actor, party.Unmask{PartyID: view.ApplicantID, Reason: v.Text("reason"),
		CaseID: view.ID, Case: view.Subject()})
	if err == nil {
		view.Party = &p
	}
	return view, err
}

// Plain is the view of an act that looks the case up itself; the matter is
// there when a point of it was ticked.
func (s Source) Plain(v *visit.Visit) (View, error) {
	view := View{Dossier: &casework.Dossier{Case: &casework.Case{ID: v.Path("id")}}, Calendar: s.Casework.Calendar(), Today: Today(v), Base: s.Base}
	if !v.Prefixed(ticked) {
		return view, nil
	}
	var err error
	view.Case, view.Impl, err = s.Casework.Brief(v.Context(), v.Actor, view.ID)
	return view, err
}

// Newest is the path of the document that the last act issued: the page people
// come to after it.
func (s Source) Newest(v *visit.Visit, caseID string) string {
	documentID, err := s.Documents.Newest(v.Context(), v.Actor, caseID)
	if err != nil {
		return s.Base + "/cases/" + caseID
	}
	return s.Base + "/documents/" + documentID
}

// Since are the happenings after the one that the person had seen.
func (v View) Since(seen string) []casework.Happening {
	for i, h := range v.Dossier.History {
		if h.ID == seen {
			return v.Dossier.History[i+1:]
		}
	}
	return nil
}

// Last names the newest happening, to be sent along with an act.
func (v View) Last() string {
	if n := len(v.Dossier.History); n > 0 {
		return v.Dossier.History[n-1].ID
	}
	return ""
}

// File serves an uploaded file; PDFs and pictures open in the browser.
func (s Source) File(v *visit.Visit) error {
	f, rc, err := s.Casework.OpenFile(v.Context(), v.Actor, v.Path("file"))
	if err != nil {
		return err
	}
	defer rc.Close()
	body, err := seekable(rc)
	if err != nil {
		return err
	}
	return v.Serve(visit.File{Name: f.Name, Type: f.Type, Changed: f.UploadedAt, Inline: true, Body: body})
}

// Paper shows a document as a page, with ways to print it and to its PDF.
func (s Source) Paper(v *visit.Visit) error {
	d, err := s.Documents.Get(v.Context(), v.Actor, v.Path("document"))
	if err != nil {
		return err
	}
	back := s.Base + "/cases/" + d.CaseID
	crumbs := []ui.Link{{Text: "办件", Href: back}, {Text: d.Title()}}
	if _, err := s.Casework.Dossier(v.Context(), v.Actor, d.CaseID); err != nil { // a regulator reads the paper, not the case
		back, crumbs = "", crumbs[1:]
	}
	return v.Render(Frame(v.Page(d.Title(), crumbs...), paperPage(s.Base, back, d)))
}

// PDF serves the sealed and signed file of a document.
func (s Source) PDF(v *visit.Visit) error {
	d, err := s.Documents.Get(v.Context(), v.Actor, v.Path("document"))
	if err != nil {
		return err
	}
	rc, f, err := s.Documents.Open(v.Context(), v.Actor, d.ID)
	if err != nil {
		return err
	}
	defer rc.Close()
	body, err := seekable(rc)
	if err != nil {
		return err
	}
	return v.Serve(visit.File{Name: d.Title() + " " + d.Number + ".pdf", Type: "application/pdf", Changed: f.MadeAt, Inline: true, Body: body})
}

// seekable is the content for a download of which parts may be asked for. A
// reader that cannot seek checks what it reads, so it is read whole first.
func seekable(r io.Reader) (io.ReadSeeker, error) {
	if s, ok := r.(io.ReadSeeker); ok {
		return s, nil
	}
	b, err := io.ReadAll(r)
	return bytes.NewReader(b), err
}

// Frame puts a body into the layout of officers.
func Frame(p ui.Page, body templ.Component) templ.Component { return frame(p, body) }

// Preview is a document that is not issued yet.
func Preview(d pdf.Document) templ.Component { return preview(d) }

// Stale says whether the act came too late: somebody else changed the case.
func Stale(err error) bool {
	f := fault.Of(err)
	return f != nil && f.Kind == fault.KindConflict
}

// Told are the problems of an error in words.
func Told(err error) ui.Problems { return text.Problems(fault.Of(err)) }
