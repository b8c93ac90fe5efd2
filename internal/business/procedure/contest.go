package procedure

import (
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/fault"
)

// checkContest: a tender or an auction was announced before it was held, the
// applicant is among those who took part, and who won is one of them
// (行政许可法第五十三条); an examination was announced, and its result is written down
// (第五十四条).
func (p *Procedure) checkContest(in Record, now time.Time) error {
	c, law := in.Contest, p.contestLaw()
	var wrong []fault.Field
	if c.Announced == 0 || c.Announced > c.Held {
		wrong = append(wrong, fault.At("announced", "procedure.announced"))
	}
	if c.Held == 0 || c.Held > calendar.DayOf(now) {
		wrong = append(wrong, fault.At("contested", "procedure.held"))
	}
	if p.Kind == Examination {
		if strings.TrimSpace(c.Score) == "" {
			wrong = append(wrong, fault.At("score", "text.required"))
		}
		if len(wrong) > 0 {
			return invalid(law, wrong)
		}
		return in.Conclusion.among(Passed, Failed)
	}
	entrants := cleaned(c.Entrants)
	switch winner := strings.TrimSpace(c.Winner); {
	case !slices.Contains(entrants, p.Case.ApplicantName):
		wrong = append(wrong, fault.At("entrants", "procedure.entrants", "name", p.Case.ApplicantName))
	case !slices.Contains(entrants, winner):
		wrong = append(wrong, fault.At("winner", "procedure.winner"))
	}
	return invalid(law, wrong)
}

func (p *Procedure) contestLaw() string {
	if p.Kind == Examination {
		return lawExamine
	}
	return lawCompete
}

// held keeps the result: who won, and with it what follows for the applicant.
func (p *Procedure) held(c Contest) {
	c.Entrants, c.Winner, c.Score = cleaned(c.Entrants), strings.TrimSpace(c.Winner), strings.TrimSpace(c.Score)
	c.Where, c.Paper = strings.TrimSpace(c.Where), strings.TrimSpace(c.Paper)
	p.Detail.Contest = &c
	if p.Kind == Examination {
		return
	}
	p.Detail.Conclusion = Failed
	if c.Winner == p.Case.ApplicantName {
		p.Detail.Conclusion = Passed
	}
}

// cleaned are the lines that say something, each once.
func cleaned(lines []string) (out []string) {
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}
