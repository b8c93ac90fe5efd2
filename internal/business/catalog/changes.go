package catalog

import (
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/flow"
)

// Difference is one thing that two versions say differently; Before is empty for
// what is new, After for what is gone.
type Difference struct {
	Part                Part
	Name, Before, After string
}

// StepDifference is a step that two versions have differently; nil on one side
// for what is new or gone.
type StepDifference struct{ Before, After *flow.Step }

// Changes is what one version says otherwise than another, in the order of the
// guide: what the public sees, then the questions of the form. Of a first version
// (before is nil) everything is new.
func Changes(before, after *Implementation) (out []Difference) {
	was, is := said(before), said(after)
	for _, x := range is {
		i := slices.IndexFunc(was, x.same)
		switch {
		case i < 0:
			out = append(out, Difference{x.part, x.name, "", x.text})
		case was[i].text != x.text:
			out = append(out, Difference{x.part, x.name, was[i].text, x.text})
		}
	}
	for _, x := range was {
		if !slices.ContainsFunc(is, x.same) {
			out = append(out, Difference{x.part, x.name, x.text, ""})
		}
	}
	slices.SortStableFunc(out, func(a, b Difference) int { return partOrder(a.Part) - partOrder(b.Part) })
	return out
}

func partOrder(p Part) int {
	return slices.Index([]Part{PartItem, PartBasis, PartConditions, PartQuantity, PartProcedure, PartLimits, PartMaterials, PartForm,
		PartExample, PartFee, PartResult, PartOnline, PartWindow, PartPhones, PartRemedies, PartQuestions}, p)
}

// saying is one named thing that a version says.
type saying struct {
	part       Part
	name, text string
}

func (x saying) same(y saying) bool { return x.part == y.part && x.name == y.name }

// sayings gathers what is said; a name that comes again is numbered.
type sayings []saying

func (s *sayings) add(p Part, name, text string) {
	n := 1
	for _, x := range *s {
		if x.part == p && (x.name == name || strings.HasPrefix(x.name, name+" #")) {
			n++
		}
	}
	if n > 1 {
		name += " #" + strconv.Itoa(n)
	}
	*s = append(*s, saying{p, name, text})
}

func said(i *Implementation) (out sayings) {
	if i == nil {
		return nil
	}
	for _, make := range guideParts {
		out.part(make(i))
	}
	for _, section := range i.Form.Sections {
		for _, f := range section.Fields {
			text := section.Title
			if f.Required {
				text += "，必填"
			}
			if len(f.ShowIf) > 0 {
				text += "，符合条件时填写"
			}
			if f.Help != "" {
				text += "，" + f.Help
			}
			out.add(PartForm, f.Resolve().Label, text)
		}
	}
	return out
}

func (s *sayings) part(p GuidePart) {
	if p.Key == PartProcedure {
		p.Table = nil // the steps are compared by themselves
	}
	for _, f := range p.Facts {
		s.add(p.Key, f.Name, f.Text)
	}
	for _, l := range p.Lines {
		s.add(p.Key, l, l)
	}
	if p.Table != nil {
		for _, r := range p.Table.Rows {
			s.add(p.Key, r[0], strings.Join(r[1:], "，"))
		}
	}
	for _, m := range p.Materials {
		text := []string{m.Need, m.Origin, m.Media}
		for _, f := range append(slices.Clone(m.Facts), m.Points...) {
			text = append(text, f.Name+"："+f.Text)
		}
		s.add(p.Key, m.Name, strings.Join(text, "；"))
	}
}

// StepChanges is what one process has otherwise than another.
func StepChanges(before, after flow.Definition) (out []StepDifference) {
	for _, s := range after.Steps() {
		old, had := before.Step(s.Key)
		switch {
		case !had:
			out = append(out, StepDifference{nil, &s})
		case !sameStep(old, s) || joinOf(before, s.Key) != joinOf(after, s.Key):
			out = append(out, StepDifference{&old, &s})
		}
	}
	for _, s := range before.Steps() {
		if _, has := after.Step(s.Key); !has {
			out = append(out, StepDifference{&s, nil})
		}
	}
	return out
}

func sameStep(a, b flow.Step) bool { return toJSON(a) == toJSON(b) }

// joinOf is the block and branch of a step, and the rule by which it joins.
func joinOf(d flow.Definition, key string) string {
	block, branch := d.BlockOf(key)
	if block == nil {
		return ""
	}
	return toJSON([]any{block.Name, block.Rule, block.Lead, block.When, block.Outcomes, branch.Name, branch.When})
}
