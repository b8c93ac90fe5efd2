package caseview

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Deed is one act on a case as a page: what it is called, whether the case is
// where it can be done, the form that asks for what it needs.
type Deed struct {
	Key   string // last part of the address
	Title string
	Lead  string
	Law   string // the article that provides for it
	// Possible says whether the case is where the act can be done.
	Possible func(View) bool
	Form     func(Act) templ.Component
	// Whole says that the form brings its own panels.
	Whole bool
	// Typed are the fields whose texts are kept when somebody else was faster;
	// Kept says it where the form is more than texts.
	Typed []Field
	Kept  func(Act) []ui.Pair
	// Label names a field that is not among Typed; nil for none.
	Label func(a Act, name string) string
	// Load brings what the form asks for besides the case, such as who can be
	// chosen; nil for nothing.
	Load func(v *visit.Visit, view *View) error
	// Read takes uploaded files before the fields are read; nil for none.
	Read func(v *visit.Visit, view View) error
	// Plain says that Do needs no more of the view than the ticked points, so that
	// nothing is read beside the act itself when all goes well.
	Plain bool
	// Do carries the act out.
	Do func(v *visit.Visit, a Act, seen casework.Seen) error
	// Done leads on after the act; nil leads to the document that it issued.
	Done func(v *visit.Visit, a Act) string
	Said string // after the act
}

// Field is a text of a form by its name and label.
type Field struct{ Name, Label string }

// Act is a deed about to be done to a case, with what was typed so far.
type Act struct {
	View
	Deed  *Deed
	Marks Marks
	Typed map[string]string
	// Late says that somebody else changed the case after the page was opened;
	// Since is what happened.
	Late  bool
	Since []casework.Happening
}

// Action is where the form goes.
func (a Act) Action() string { return a.Path("/" + a.Deed.Key) }

// kept are the typed texts as pairs, for an act that is no longer possible.
func (a Act) kept() []ui.Pair {
	if a.Deed.Kept != nil {
		return a.Deed.Kept(a)
	}
	var out []ui.Pair
	for _, f := range a.Deed.Typed {
		if s := a.Typed[f.Name]; s != "" {
			out = append(out, ui.Pair{Term: f.Label, Text: s})
		}
	}
	return out
}

// Ask shows the page of a deed. What was ticked on the way here comes along.
func (s Source) Ask(d *Deed) func(*visit.Visit) error {
	return Officer(func(v *visit.Visit) error {
		view, err := s.loadFor(v, d)
		if err != nil {
			return err
		}
		return v.Render(s.Page(v, Act{View: view, Deed: d, Marks: MarksOf(view.Dossier), Typed: map[string]string{}}))
	})
}

// loadFor is the case with what the form of the deed asks for.
func (s Source) loadFor(v *visit.Visit, d *Deed) (View, error) {
	view, err := s.Load(v)
	if err == nil && d.Load != nil {
		err = d.Load(v, &view)
	}
	return view, err
}

// Do carries a deed out. Who was too late is told what happened meanwhile, and
// keeps what was typed.
func (s Source) Do(d *Deed) func(*visit.Visit) error {
	load := func(v *visit.Visit) (View, error) { return s.loadFor(v, d) }
	if d.Plain {
		load = s.Plain
	}
	return Officer(func(v *visit.Visit) error {
		view, err := load(v)
		if err != nil {
			return err
		}
		var unread error
		if d.Read != nil {
			unread = d.Read(v, view)
		}
		a := Act{View: view, Deed: d, Marks: ReadMarks(view.Impl, v.Text), Typed: v.Answers("")}
		if err := a.do(v, unread); err != nil {
			return s.Again(v, a, err)
		}
		v.Flash(ui.OK, d.Said)
		if d.Done != nil {
			return v.See(d.Done(v, a))
		}
		return v.See(s.Newest(v, view.ID))
	})
}

// do carries the act out unless what was sent could not be read.
func (a Act) do(v *visit.Visit, unread error) error {
	if unread != nil {
		return unread
	}
	seen, err := SeenOf(v, a.ID)
	if err != nil {
		return err
	}
	return a.Deed.Do(v, a, seen)
}

// Again shows the page with what stopped the act.
func (s Source) Again(v *visit.Visit, a Act, err error) error {
	if late := Stale(err); late || a.Deed.Plain {
		fresh, failed := s.loadFor(v, a.Deed)
		if failed != nil {
			return failed
		}
		if a.View = fresh; late {
			a.Late, a.Since = true, fresh.Since(v.Text("after"))
		}
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		a.Problems = a.named(problems, fault.Of(err).Fields)
		return s.Page(v, a)
	})
}

// named says of each empty field which one it is: the list above the form leads
// to it by these words.
func (a Act) named(p ui.Problems, fields []fault.Field) ui.Problems {
	for i, x := range fields {
		if label := a.label(x.Name); x.Code == "text.required" && label != "" && i < len(p.Fields) {
			p.Fields[i].Message = "请填写" + label
		}
	}
	return p
}

func (a Act) label(name string) string {
	if a.Deed.Label != nil {
		return a.Deed.Label(a, name)
	}
	for _, f := range a.Deed.Typed {
		if f.Name == name {
			return f.Label
		}
	}
	return ""
}

// Page is the page of a deed.
func (s Source) Page(v *visit.Visit, a Act) templ.Component {
	return Frame(v.Page(a.Deed.Title, s.Crumbs(a.View, a.Deed.Title)...), deedPage(a))
}

// Crumbs lead from the work list over the case to a page of it.
func (s Source) Crumbs(view View, title string) []ui.Link {
	out := []ui.Link{{Text: "工作列表", Href: s.Base}, {Text: "办件 " + view.Number, Href: view.Path("")}}
	if title == "" {
		out[1].Current = true
		return out
	}
	return append(out, ui.Link{Text: title, Current: true})
}

// SeenOf is which version of the case the person acts on. A form without one
// is not ours.
func SeenOf(v *visit.Visit, caseID string) (casework.Seen, error) {
	n, err := strconv.Atoi(v.Text("version"))
	if err != nil || n < 1 {
		return casework.Seen{}, fault.Invalid("request.broken")
	}
	return casework.Seen{CaseID: caseID, Version: n}, nil
}

// status is where the case stands, in words.
func (v View) status() string { return text.Label(text.Status, string(v.Status)) }

// Moved shows what a rule said of one field at another one of the form.
func Moved(err error, from, to string) error {
	f := fault.Of(err)
	if err == nil || len(f.Fields) == 0 {
		return err
	}
	moved := *f
	moved.Fields = append([]fault.Field(nil), f.Fields...)
	for i := range moved.Fields {
		if moved.Fields[i].Name == from {
			moved.Fields[i].Name = to
		}
	}
	return &moved
}
