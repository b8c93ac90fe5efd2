package portal

import (
	"fmt"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// way is the whole way of a case: what is done, where it is, what follows.
func way(c *casework.Case, impl *catalog.Implementation) []ui.Step {
	out := []ui.Step{{Name: "提交申请", Note: shortDay(calendar.DayOf(c.ReceivedAt)), State: ui.StepDone}}
	for _, s := range impl.Flow.Ahead(c.Flow) {
		step := ui.Step{Name: s.Name}
		took, was := c.Took(s)
		if _, open := c.Flow.Token(s.Key); open {
			step.State = ui.StepNow
			if c.Status == casework.StatusSupplement {
				step.State, step.Note = ui.StepHalt, "等您补正"
			}
		} else if was {
			step.State, step.Note = ui.StepDone, shortDay(calendar.DayOf(took))
		}
		out = append(out, step)
	}
	return cut(c, out)
}

// cut ends the way where the case ended before its time.
func cut(c *casework.Case, steps []ui.Step) []ui.Step {
	if !c.Status.Ended() || c.Status == casework.StatusConcluded {
		return skipIssue(c, steps)
	}
	last := 0
	for i, s := range steps {
		if s.State == ui.StepDone {
			last = i
		}
	}
	if c.Status == casework.StatusWithdrawn {
		return append(steps[:last+1:last+1], ui.Step{Name: "撤回", Note: shortDay(calendar.DayOf(c.ConcludedAt)), State: ui.StepHalt})
	}
	steps[last].State, steps[last].Note = ui.StepHalt, text.Label(text.Status, string(c.Status))
	return steps[:last+1]
}

// skipIssue leaves out the making of a licence that was refused.
func skipIssue(c *casework.Case, steps []ui.Step) []ui.Step {
	if c.DecidedAt.IsZero() || c.Granted {
		return steps
	}
	var out []ui.Step
	for i, s := range steps {
		if s.State == ui.StepTodo && i < len(steps)-1 {
			continue
		}
		out = append(out, s)
	}
	return out
}

func shortDay(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	_, m, day := d.Date()
	return fmt.Sprintf("%d月%d日", m, day)
}

// holder says who has the case now.
func holder(c *casework.Case, impl *catalog.Implementation) string {
	if c.Status.Ended() {
		return "已经办结"
	}
	if c.Status == casework.StatusSupplement {
		return "您（等待补正）"
	}
	step, ok := openStep(c, impl)
	switch {
	case !ok:
		return impl.Body.Name
	case step.Act == flow.Deliver:
		return "您（等待领取）"
	case step.Act == flow.Accept && len(impl.Windows) > 0:
		return impl.Windows[0].Hall + " " + impl.Windows[0].Name
	}
	names := make([]string, 0, len(c.Flow.Open))
	for _, t := range c.Flow.Open {
		names = append(names, impl.Flow.NameOf(t.Step))
	}
	return impl.Body.Name + "（" + strings.Join(names, "、") + "环节）"
}

// openStep is the first step that waits.
func openStep(c *casework.Case, impl *catalog.Implementation) (flow.Step, bool) {
	if len(c.Flow.Open) == 0 {
		return flow.Step{}, false
	}
	return impl.Flow.Step(c.Flow.Open[0].Step)
}
