package procedure

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Record writes down what was found (记录结果). Which fields count depends on the
// kind of procedure.
type Record struct {
	Seen
	HeldAt     time.Time
	Findings   string
	Conclusion Conclusion
	Present    string       // who was there for the applicant: of a visit
	Standard   string       // of inspection, testing, quarantine
	Items      []Item       // to be put right, of a visit
	Until      calendar.Day // by when
	Agency     string       // of testing by others, and of appraisal
	Report     string
	Opinions   []Opinion // of the experts, in the order of the panel
	Contest    Contest
}

// Opinion is what one expert said.
type Opinion struct {
	Text     string
	Supports bool
}

// Record keeps the result. What two officers did waits for both their
// signatures; anything else is ready to be ended.
func (s *Service) Record(ctx context.Context, who staff.Actor, in Record) error {
	return s.act(ctx, who, in.Seen, "procedure.record", func(t *turn) error {
		if err := t.keeper(); err != nil {
			return err
		}
		if err := t.p.record(in, t.tx.Now); err != nil {
			return err
		}
		t.p.Detail.RecordedBy = t.who.Name
		return nil
	})
}

// record is the rule. A record that waits for signatures can be written anew
// while nobody has signed it; afterwards it must be reopened first.
func (p *Procedure) record(in Record, now time.Time) error {
	if p.State.Ended() {
		return fault.Conflict("procedure.over", "state", string(p.State))
	}
	if p.State == Signing && p.signed() > 0 {
		return fault.Conflict("procedure.signed_by_one")
	}
	if err := p.checkRecord(in, now); err != nil {
		return err
	}
	d := &p.Detail
	d.Revision++
	d.HeldAt, d.Findings, d.Conclusion, d.Reason = in.HeldAt, strings.TrimSpace(in.Findings), in.Conclusion, ""
	d.Present, d.Standard = strings.TrimSpace(in.Present), strings.TrimSpace(in.Standard)
	d.Agency, d.Report = strings.TrimSpace(in.Agency), strings.TrimSpace(in.Report)
	d.Items, d.Until = nil, 0
	if in.Conclusion == Rectify {
		d.Items, d.Until = in.Items, in.Until
	}
	p.State = Ready
	switch {
	case p.Kind.Manned():
		p.State = Signing
	case p.Kind == ExpertReview:
		p.hear(in.Opinions)
	case p.Kind.Contest():
		p.held(in.Contest)
	}
	return nil
}

// checkRecord says what the record of a kind must state.
func (p *Procedure) checkRecord(in Record, now time.Time) error {
	if err := needed(p.wants(in)); err != nil {
		return err
	}
	if err := p.checkHeld(in.HeldAt, now); err != nil {
		return err
	}
	switch {
	case p.Kind == SiteVisit:
		return p.checkVisit(in, now)
	case p.Kind == ExpertReview:
		return p.checkReview(in)
	case p.Kind.Contest():
		return p.checkContest(in, now)
	}
	return in.Conclusion.among(Passed, Failed)
}

// wants are the texts that the record of a kind must have, with the rule that
// asks for them: the result of an inspection names the technical standard that
// it relies on (行政许可法第五十五条第一款、第四款).
func (p *Procedure) wants(in Record) (law string, texts []string) {
	texts = []string{"findings", in.Findings}
	switch {
	case p.Kind == SiteVisit:
		return lawVisit, append(texts, "present", in.Present)
	case p.Kind.Technical():
		return lawResult, append(texts, "standard", in.Standard)
	case p.Kind == Appraisal:
		return lawStop, append(texts, "agency", in.Agency, "report", in.Report)
	case p.Kind.Contest():
		return p.contestLaw(), append(texts, "where", in.Contest.Where, "paper", in.Contest.Paper)
	}
	return p.Law, texts
}

// checkHeld: it was done after it was begun and not in the future.
func (p *Procedure) checkHeld(at, now time.Time) error {
	if at.IsZero() || at.After(now) || calendar.DayOf(at) < calendar.DayOf(p.StartAt) {
		return invalid(p.Law, []fault.Field{fault.At("held", "procedure.held")})
	}
	return nil
}

// checkVisit: with photographs, and what is to be put right by when.
func (p *Procedure) checkVisit(in Record, now time.Time) error {
	if err := in.Conclusion.among(Passed, Rectify, Failed); err != nil {
		return err
	}
	if len(p.Files) == 0 {
		return fault.Refused("visit.photos", lawVisit)
	}
	if in.Conclusion != Rectify {
		return nil
	}
	var wrong []fault.Field
	if len(in.Items) == 0 {
		wrong = append(wrong, fault.At("problem1", "text.required"))
	}
	for i, x := range in.Items {
		if strings.TrimSpace(x.Problem) == "" {
			wrong = append(wrong, fault.At("problem"+field(i), "text.required"))
		}
		if strings.TrimSpace(x.Demand) == "" {
			wrong = append(wrong, fault.At("demand"+field(i), "text.required"))
		}
	}
	if in.Until <= calendar.DayOf(now) {
		wrong = append(wrong, fault.At("until", "visit.until"))
	}
	return invalid(lawVisit, wrong)
}

func (c Conclusion) among(allowed ...Conclusion) error {
	for _, a := range allowed {
		if a == c {
			return nil
		}
	}
	return invalid("", []fault.Field{fault.At("conclusion", "choice.unknown")})
}

// signed is how many officers have signed.
func (p *Procedure) signed() (n int) {
	for _, o := range p.Officers {
		if o.Signed() {
			n++
		}
	}
	return n
}

// written is the record of a visit as the document states it.
func (p *Procedure) written() string {
	d := p.Detail
	var b strings.Builder
	b.WriteString(d.Findings)
	if d.Present != "" {
		b.WriteString("\n申请人方在场人员：" + d.Present)
	}
	b.WriteString("\n核查结论：" + conclusions[false][d.Conclusion])
	for i, x := range d.Items {
		b.WriteString("\n整改事项" + digits(i+1) + "：" + x.Problem + "；要求：" + x.Demand)
	}
	if d.Until != 0 {
		b.WriteString("\n整改期限：" + d.Until.Chinese())
	}
	return b.String()
}
