package procedure

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// SetPanel names the experts and the meeting of an expert review (专家评审).
type SetPanel struct {
	Seen
	Panel []Expert
	At    time.Time
	Place string
}

// SetPanel keeps them; the panel can be changed until the review is recorded.
func (s *Service) SetPanel(ctx context.Context, who staff.Actor, in SetPanel) error {
	return s.act(ctx, who, in.Seen, "procedure.panel", func(t *turn) error {
		if err := t.keeper(); err != nil {
			return err
		}
		return t.p.setPanel(in)
	})
}

// fewestExperts is the smallest panel that can weigh one opinion against
// another. No general law gives a number.
const fewestExperts = 2

// mostExperts bounds a panel.
const mostExperts = 15

// setPanel: at least two experts who may take part, each known by name and
// unit, named once; who belongs to the applicant takes no part (回避).
func (p *Procedure) setPanel(in SetPanel) error {
	if p.Kind != ExpertReview || p.State != Open {
		return fault.Conflict("procedure.over", "state", string(p.State))
	}
	if err := needed(lawStop, []string{"place", in.Place}); err != nil {
		return err
	}
	var wrong []fault.Field
	var panel []Expert
	seen, sit := map[string]bool{}, 0
	for i, e := range in.Panel {
		e.Name, e.Unit, e.Title, e.Recused = strings.TrimSpace(e.Name), strings.TrimSpace(e.Unit), strings.TrimSpace(e.Title), strings.TrimSpace(e.Recused)
		e.Opinion, e.Supports = "", false
		switch {
		case e.Name == "" && e.Unit == "":
			continue
		case e.Name == "":
			wrong = append(wrong, fault.At("name"+field(i), "text.required"))
		case e.Unit == "":
			wrong = append(wrong, fault.At("unit"+field(i), "text.required"))
		case seen[e.Name+e.Unit]:
			wrong = append(wrong, fault.At("name"+field(i), "procedure.expert_twice"))
		case e.Recused == "" && (e.Unit == p.Case.ApplicantName || e.Name == p.Case.ApplicantName):
			wrong = append(wrong, fault.At("recused"+field(i), "procedure.expert_recuse"))
		}
		seen[e.Name+e.Unit] = true
		if e.Recused == "" {
			sit++
		}
		panel = append(panel, e)
	}
	switch {
	case len(wrong) > 0:
		return invalid(lawStop, wrong)
	case sit < fewestExperts:
		return fault.Refused("procedure.experts", "", "least", digits(fewestExperts))
	case calendar.DayOf(in.At) < p.From:
		return invalid(lawStop, []fault.Field{fault.At("at", "procedure.meeting")})
	}
	p.Detail.Panel, p.At, p.Place = panel[:min(len(panel), mostExperts)], in.At, strings.TrimSpace(in.Place)
	return nil
}

// checkReview: every expert who takes part has given an opinion, and the record
// that they signed is in the file.
func (p *Procedure) checkReview(in Record) error {
	if len(p.Detail.Panel) == 0 {
		return fault.Refused("procedure.no_panel", "")
	}
	var wrong []fault.Field
	for i, e := range p.Detail.Panel {
		if e.Recused == "" && (i >= len(in.Opinions) || strings.TrimSpace(in.Opinions[i].Text) == "") {
			wrong = append(wrong, fault.At("opinion"+field(i), "text.required"))
		}
	}
	if len(wrong) > 0 {
		return invalid("", wrong)
	}
	if len(p.Files) == 0 {
		return fault.Refused("procedure.signed_record", "")
	}
	return in.Conclusion.among(Passed, Failed)
}

// hear puts the opinions beside the experts.
func (p *Procedure) hear(opinions []Opinion) {
	for i := range p.Detail.Panel {
		if e := &p.Detail.Panel[i]; e.Recused == "" {
			e.Opinion, e.Supports = strings.TrimSpace(opinions[i].Text), opinions[i].Supports
		}
	}
}
