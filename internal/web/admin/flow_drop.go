package admin

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// FlowDrop deletes a step, block or branch after the question whether to.
func (p *Pages) FlowDrop(v *visit.Visit) error {
	e, err := p.flowEdit(v)
	if err != nil {
		return err
	}
	key := v.Text("key")
	name := e.Def.NameOf(key)
	return p.keep(v, e, change(e.Def, "drop", key), "「"+name+"」已删除。", "#flow")
}

// unsure shows the page again because the replacing was not confirmed.
func (p *Pages) unsure(v *visit.Visit, e flowEdit, field string) error {
	return v.Again(fault.Invalid("form.invalid", fault.At(field, "flow.confirm", "count", strconv.Itoa(len(e.Def.Steps())))), func(problems ui.Problems) templ.Component {
		e.Problems = problems
		return flowFrame(v, e)
	})
}
