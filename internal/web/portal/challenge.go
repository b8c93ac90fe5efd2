package portal

import (
	"slices"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// challengeOf reads a challenge from its form.
func challengeOf(v *visit.Visit, seen casework.Seen) casework.AskChallenge {
	return casework.AskChallenge{Seen: seen, AccountID: v.Text("officer"), Ground: casework.Ground(v.Text("ground")), Reason: v.Text(reasonField(v))}
}

// reasonField is the field of the reason: that of a first wish, or that of the
// refusal which is to be reconsidered.
func reasonField(v *visit.Visit) string {
	if again := v.Text("again"); again != "" {
		return againField(again)
	}
	return "challenge_reason"
}

func againField(challengeID string) string { return "again_" + challengeID }

// itsReason shows what a rule said of the reason at the field of this form; the
// page has another reason beside it.
func itsReason(v *visit.Visit, err error) error {
	f := fault.Of(err)
	if err == nil || len(f.Fields) == 0 {
		return err
	}
	moved := *f
	moved.Fields = slices.Clone(f.Fields)
	for i := range moved.Fields {
		if moved.Fields[i].Name == "reason" {
			moved.Fields[i].Name = reasonField(v)
		}
	}
	return &moved
}

// officerChoices are whom the visitor may challenge, with what they do in the case.
func (h heardView) officerChoices() (out []ui.Choice) {
	for _, o := range h.Officers {
		out = append(out, ui.Choice{Value: o.AccountID, Text: o.Name + "（" + strings.Join(o.Steps, "、") + "）"})
	}
	return out
}

// challengePairs are the visitor's challenges and what became of them.
func (h heardView) challengePairs() (out []ui.Pair) {
	for _, c := range h.Challenges {
		said := text.Label(text.Challenges, string(c.Status))
		if c.Status == casework.ChallengeOpen {
			said += "，" + c.AnswerBy.Chinese() + "前答复"
		} else {
			said += "，" + text.At(c.DecidedAt)
		}
		pair := ui.Pair{Term: "申请" + c.Officer + "回避", Text: said, Note: strings.TrimSpace("您的理由：" + c.Reason + "　" + answerTo(c))}
		if c.PriorID != "" {
			pair.Term += "（复核）"
		}
		if c.DocumentID != "" && h.Papers != "" {
			pair.Href = h.Papers + c.DocumentID
		}
		out = append(out, pair)
	}
	return out
}

func answerTo(c casework.Challenge) string {
	if c.Answer == "" {
		return ""
	}
	return "答复：" + c.Answer
}

// reviewable are the refusals that the visitor may have reconsidered today.
func (h heardView) reviewable() (out []casework.Challenge) {
	for _, c := range h.Challenges {
		asked := slices.ContainsFunc(h.Challenges, func(x casework.Challenge) bool { return x.PriorID == c.ID })
		if c.Status == casework.ChallengeRefused && h.Today <= c.ReviewBy && !asked && len(h.Officers) > 0 {
			out = append(out, c)
		}
	}
	return out
}
