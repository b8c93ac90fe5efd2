package document

import (
	"slices"

	"onewindow/internal/kit/pdf"
)

// Kind is the code of a kind of document (文种).
type Kind string

// Seal says which seal a kind of document bears.
type Seal string

// The seals. What is not sealed is signed by people.
const (
	Unsealed      Seal = ""
	AcceptSeal    Seal = "受理专用章"
	LicensingSeal Seal = "行政许可专用章" // 本行政机关专用印章 (行政许可法第三十二条第二款)
	BodySeal      Seal = "行政机关印章"
)

// Spec is what is laid down for a kind of document.
type Spec struct {
	Kind  Kind
	Name  string // as lists name it
	Title string // on the paper
	Plain string // on the paper when the matter is no 行政许可; "" is Title
	// Word (文种代字) stands in the number, such as 补 in 定审补字〔2026〕第12号. Each word
	// is counted by itself.
	Word    string
	Trigger string // when it is issued
	Within  string // until when
	Law     string // the article it rests on
	Seal    Seal
	Receipt bool // its service is proved by a receipt (送达回证)
	// Internal documents are for staff alone; applicants do not see them.
	Internal bool
	// Joint documents are internal ones that the other bodies with a part in the
	// case read too.
	Joint bool
	// Own says that no law names this document: the platform adds it.
	Own  bool
	Must []Need

	compact bool // set as a form and not as a letter
	decides bool // dated by the day of the decision
	// licenceNumber says that the number is the licence's own.
	licenceNumber bool
	titleOf       func(*Facts) string // where the outcome chooses the title
	// texts are the wordings, oldest first. A wording that was in use is never
	// changed, because documents issued with it must go on saying the same; a
	// new one is added behind it.
	texts []func(*sheet)
}

// specs is every kind, in the order of a case's life.
var specs = slices.Concat(receiving, accepting, proceeding, hearings, deciding, altering, concluding, internals)

var byKind = func() map[Kind]*Spec {
	m := make(map[Kind]*Spec, len(specs))
	for i := range specs {
		m[specs[i].Kind] = &specs[i]
	}
	return m
}()

// Kinds is every kind of document in the order of a case's life.
func Kinds() []Kind {
	out := make([]Kind, len(specs))
	for i, s := range specs {
		out[i] = s.Kind
	}
	return out
}

// Known says whether there is such a kind.
func (k Kind) Known() bool { return byKind[k] != nil }

// Spec is what is laid down for the kind; the zero Spec for an unknown one.
func (k Kind) Spec() Spec {
	if s := byKind[k]; s != nil {
		return *s
	}
	return Spec{}
}

// wording is the number of the newest wording, from 1.
func (s *Spec) wording() int { return len(s.texts) }

// title is what stands above the text.
func (s *Spec) title(f *Facts) string {
	switch {
	case s.titleOf != nil:
		return s.titleOf(f)
	case s.Plain != "" && !f.Matter.licensing():
		return s.Plain
	}
	return s.Title
}

func (s *Spec) style() pdf.Style {
	if s.compact {
		return pdf.Form
	}
	return pdf.Letter
}
