package oversight

import (
	"net/url"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// challengesPath is the list of 回避申请.
const challengesPath = Base + "/challenges"

// Challenges lists the challenges of officers and what the bodies answered, the
// newest first; one whose answer is late stands out.
func (p *Pages) Challenges(v *visit.Visit) error {
	open := v.Query("open") != ""
	list, next, err := p.Casework.ChallengeList(v.Context(), v.Actor, staff.SupervisionRead, casework.ChallengeFilter{Open: open, After: v.Query("after")})
	if err != nil {
		return err
	}
	names, err := p.bodyNames(v)
	if err != nil {
		return err
	}
	filter := url.Values{}
	if open {
		filter.Set("open", "1")
	}
	return show(v, "回避申请", challengesPage(challengeTable(list, names, calendar.DayOf(v.Now())), open, v.Pages(challengesPath, filter, next)), ui.Link{Text: "回避申请", Current: true})
}

func challengeTable(list []casework.Challenge, bodies map[string]string, today calendar.Day) ui.TableData {
	t := ui.TableData{Caption: "回避申请", Columns: []ui.Column{{Title: "办件"}, {Title: "机关"}, {Title: "申请回避"}, {Title: "提出", Tight: true}, {Title: "情况"}}}
	for _, c := range list {
		by := "利害关系人"
		if c.PersonID == casework.ByApplicant {
			by = "申请人"
		}
		row := ui.Row{Cells: []ui.Cell{{Text: c.ItemName, Note: c.Number}, {Text: bodies[c.BodyID]}, {Text: c.Officer, Note: text.Label(text.RecusalGround, string(c.Ground))},
			{Text: by, Note: text.At(c.AskedAt)}, {Text: text.Label(text.Challenges, string(c.Status)), Note: c.Answer}}}
		if c.Status == casework.ChallengeOpen {
			row.Cells[4].Note = c.AnswerBy.Chinese() + "前答复"
		}
		if c.Late(today) {
			row.Tone, row.Cells[4].Text = ui.Bad, "逾期未答复"
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
