package formview

import (
	"slices"

	"onewindow/internal/business/form"
	"onewindow/internal/web/ui"
)

// drawn is one question ready to be drawn.
type drawn struct {
	ui.Field
	element form.Element
	choices []ui.Choice
}

// section is a titled part of the drawn form.
type section struct {
	title  string
	fields []drawn
}

// sections are all parts of the form. A question that the present answers do
// not call for is there, hidden, so that the browser can show it at once.
func (f Form) sections() []section {
	visible := map[string]bool{}
	for _, x := range f.Def.Visible(f.all()) {
		visible[x.Element] = true
	}
	var out []section
	for _, s := range f.Def.Sections {
		part := section{title: s.Title}
		for _, x := range s.Fields {
			part.fields = append(part.fields, f.draw(x, !visible[x.Element]))
		}
		out = append(out, part)
	}
	return out
}

func (f Form) draw(x form.Field, hidden bool) drawn {
	e := x.Resolve()
	d := drawn{element: e, Field: ui.Field{
		Name: e.ID, Label: e.Label, Value: f.Values[e.ID], Help: e.Help, Error: f.Problems.At(e.ID), Required: x.Required,
		Hidden: hidden, Private: e.Sensitive, ReadOnly: slices.Contains(f.Frozen, e.ID), Unit: e.Unit, Max: e.Max,
	}}
	if len(x.ShowIf) > 0 {
		d.ShowIf = x.ShowIf
	}
	if slices.Contains(f.Known, e.ID) && d.Error == "" {
		d.Prefilled = f.From
	}
	if kept := f.Held[e.ID]; kept != "" {
		d.hold(Mask(e, kept), f.From)
	}
	d.shape()
	for _, o := range e.Choices {
		d.choices = append(d.choices, ui.Choice{Value: o.Value, Text: o.Label})
	}
	return d
}

// hold shows that there is an answer without showing it.
func (d *drawn) hold(masked, from string) {
	d.Placeholder, d.Required = "已有："+masked, false
	d.Help = "已有登记：" + masked + "。没有变化的不必填写。"
	if from != "" && d.Error == "" {
		d.Prefilled = from
	}
}

// shape gives the control the keyboard and the width of what it holds.
func (d *drawn) shape() {
	switch d.element.Type {
	case form.IDNumber, form.USCC:
		d.Width = ui.MD
	case form.Phone:
		d.Type, d.InputMode, d.Width = "tel", "tel", ui.SM
	case form.Postcode, form.AreaCode:
		d.InputMode, d.Width = "numeric", ui.SM
	case form.Email:
		d.Type, d.Width = "email", ui.MD
	case form.Text:
		if d.element.Max <= 30 {
			d.Width = ui.MD
		}
	}
}

// few is up to how many choices stand open; more fold into a list.
const few = 6

// Mask hides a sensitive answer but for enough to recognise it.
func Mask(e form.Element, value string) string {
	if !e.Sensitive || value == "" {
		return e.LabelOf(value)
	}
	r := []rune(value)
	switch n := len(r); {
	case n >= 11:
		return string(r[:3]) + stars(n-7) + string(r[n-4:])
	case n > 4:
		return string(r[:2]) + stars(n-2)
	default:
		return stars(n)
	}
}

// stars hides n characters, showing at most twelve stars.
func stars(n int) string {
	const all = "************"
	return all[:min(n, len(all))]
}
