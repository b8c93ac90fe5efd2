package desk

import (
	"net/url"
	"slices"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// challengesPath is the list of the challenges that wait for the head of the body.
const challengesPath = Base + "/challenges"

const lawChallenge = "公务员法第七十六条、第七十七条"

// challengeDeeds are the acts on 回避申请.
func (p *Pages) challengeDeeds() []hearingDeed {
	return []hearingDeed{p.enterChallenge(), p.decideChallenge(), p.governChallenge()}
}

func (p *Pages) enterChallenge() hearingDeed {
	return hearingDeed{key: "challenge-enter", title: "登记回避申请", lead: "申请人、利害关系人书面或者当面申请承办、审核、批准人员回避的，由经办人登记，材料归入卷宗。办理不停止；答复前不能作出决定。",
		law: lawChallenge, said: "已登记，请机关负责人决定。", button: "登记", need: staff.CaseExamine, load: p.challenged,
		possible: func(v caseview.View) bool { return !v.Status.Ended() && v.DecidedAt.IsZero() },
		fields: func(a caseview.Act) []question {
			who := []ui.Choice{{Value: casework.ByApplicant, Text: a.ApplicantName + "（申请人）"}}
			for _, x := range a.Parties {
				if x.Role == interest.Interested {
					who = append(who, ui.Choice{Value: x.ID, Text: x.Name + "（利害关系人）"})
				}
			}
			return []question{put(asSelect, "person", "谁提出", "", who...), put(asSelect, "officer", "申请谁回避", "", a.Choices...),
				put(asRadios, "ground", "回避的情形", "", text.Choices(text.RecusalGround, casework.Grounds()...)...), put(asArea, "reason", "理由", "加密保存")}
		},
		do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Interest.EnterChallenge(v.Context(), v.Actor, casework.AskChallenge{Seen: seen, PersonID: v.Text("person"), AccountID: v.Text("officer"),
				Ground: casework.Ground(v.Text("ground")), Reason: v.Text("reason")})
		}}
}

// challenged offers the officers who may be challenged.
func (p *Pages) challenged(v *visit.Visit, view *caseview.View) error {
	officers, err := p.Casework.Challengeable(v.Context(), view.Case)
	for _, o := range officers {
		view.Choices = append(view.Choices, ui.Choice{Value: o.AccountID, Text: o.Name + "（" + strings.Join(o.Steps, "、") + "）"})
	}
	return err
}

func (p *Pages) decideChallenge() hearingDeed {
	return hearingDeed{key: "challenge-decide", title: "决定是否回避", about: challengeAsked,
		lead: "由机关负责人审查后决定，理由告知提出申请的人。决定回避的，立即生效，不能恢复，由其他同岗位人员接办；此前的审查需要重做的，请退回该环节。被申请回避的人员不能自行决定。",
		law:  lawChallenge, said: "已作出决定并告知申请回避的人。", button: "作出决定", need: staff.ChallengeDecide,
		possible: func(v caseview.View) bool { return len(openChallenges(v)) > 0 },
		fields: func(a caseview.Act) []question {
			var open []ui.Choice
			for _, c := range openChallenges(a.View) {
				open = append(open, ui.Choice{Value: c.ID, Text: c.Name + "申请" + c.Officer + "回避" + again(c)})
			}
			which := put(asSelect, "challenge", "回避申请", "", open...)
			if len(open) == 1 {
				which = which.begins(open[0].Value)
			}
			return []question{which,
				put(asRadios, "grant", "决定", "", ui.Choice{Value: "true", Text: "回避"}, ui.Choice{Value: "false", Text: "不回避"}), put(asArea, "answer", "理由", "告知提出申请的人")}
		},
		do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			in, err := challengeAnswer(v, seen)
			if err != nil {
				return err
			}
			return p.Casework.DecideChallenge(v.Context(), v.Actor, in)
		}}
}

// governChallenge is the same answer, of the head of the government.
func (p *Pages) governChallenge() hearingDeed {
	d := p.decideChallenge()
	d.key, d.title, d.need = "challenge-govern", "决定机关负责人是否回避", staff.ChallengeGovern
	d.lead = "机关里没有其他负责人可以决定的，由本级人民政府负责人审查后决定，理由告知提出申请的人。"
	d.do = func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
		in, err := challengeAnswer(v, seen)
		if err != nil {
			return err
		}
		return p.Casework.GovernChallenge(v.Context(), v.Actor, in)
	}
	return d
}

// challengeAnswer reads the answer from its form.
func challengeAnswer(v *visit.Visit, seen casework.Seen) (casework.DecideChallenge, error) {
	in := casework.DecideChallenge{Seen: seen, ChallengeID: v.Text("challenge"), Grant: v.Text("grant") == "true", Answer: v.Text("answer")}
	switch {
	case in.ChallengeID == "":
		return in, fault.Invalid("form.invalid", fault.At("challenge", "text.required"))
	case v.Text("grant") != "true" && v.Text("grant") != "false":
		return in, fault.Invalid("form.invalid", fault.At("grant", "text.required"))
	}
	return in, nil
}

// again says that a challenge asks for a refusal to be reconsidered.
func again(c casework.Challenge) string {
	if c.PriorID == "" {
		return ""
	}
	return "（复核，由原决定人以外的负责人决定）"
}

func openChallenges(v caseview.View) []casework.Challenge {
	return slices.DeleteFunc(slices.Clone(v.Challenges), func(c casework.Challenge) bool { return c.Status != casework.ChallengeOpen })
}

// Challenges lists what waits for the head of the body, and what was decided.
func (p *Pages) Challenges(v *visit.Visit) error {
	all := v.Query("all") != ""
	list, next, err := p.Casework.ChallengeList(v.Context(), v.Actor, staff.ChallengeDecide, casework.ChallengeFilter{Open: !all, After: v.Query("after")})
	if err != nil {
		return err
	}
	filter := url.Values{}
	if all {
		filter.Set("all", "1")
	}
	return show(v, "回避申请", challengesPage(list, challengeTable(v, list, "/challenge-decide"), all, v.Pages(challengesPath, filter, next)), ui.Link{Text: "回避申请", Current: true})
}

func challengeTable(v *visit.Visit, list []casework.Challenge, deed string) ui.TableData {
	t := ui.TableData{Caption: "回避申请", Columns: []ui.Column{{Title: "办件"}, {Title: "申请回避"}, {Title: "提出", Tight: true}, {Title: "情况", Tight: true}}}
	for _, c := range list {
		row := ui.Row{Cells: []ui.Cell{{Text: c.ItemName, Href: Base + "/cases/" + c.CaseID + deed, Note: c.Number},
			{Text: c.Officer, Note: text.Label(text.RecusalGround, string(c.Ground))}, {Text: c.Name, Note: text.At(c.AskedAt)},
			{Text: text.Label(text.Challenges, string(c.Status)), Note: c.AnswerBy.Chinese() + "前答复"}}}
		if c.PriorID != "" {
			row.Cells[1].Note += "（复核）"
		}
		switch {
		case c.Status != casework.ChallengeOpen:
			row.Cells[0].Href = Base + "/cases/" + c.CaseID + "#heard"
			row.Cells[3].Note = c.Decided
		case c.AccountID == v.Actor.AccountID, refusedBy(list, c) == v.Actor.AccountID:
			row.Cells[3].Note = "由其他负责人决定"
		case c.Late(caseview.Today(v)):
			row.Tone = ui.Bad
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// refusedBy is who refused what is to be reconsidered, as far as the list tells.
func refusedBy(list []casework.Challenge, c casework.Challenge) string {
	i := slices.IndexFunc(list, func(x casework.Challenge) bool { return c.PriorID != "" && x.ID == c.PriorID })
	if i < 0 {
		return ""
	}
	return list[i].DecidedBy
}

// challengePairs are the challenges of a case with their answers.
func challengePairs(v caseview.View) (out []ui.Pair) {
	for _, c := range v.Challenges {
		said := text.Label(text.Challenges, string(c.Status))
		if c.Status == casework.ChallengeOpen {
			said += "，" + c.AnswerBy.Chinese() + "前答复"
		} else if c.Decided != "" {
			said += "（" + c.Decided + "，" + text.At(c.DecidedAt) + "）"
		}
		note := "理由：" + c.Reason
		if c.Answer != "" {
			note += "　答复：" + c.Answer
		}
		pair := ui.Pair{Term: c.Name + "申请" + c.Officer + "回避", Text: said, Note: note}
		if c.PriorID != "" {
			pair.Term += "（复核）"
		}
		if c.DocumentID != "" {
			pair.Href = Base + "/documents/" + c.DocumentID
		}
		out = append(out, pair)
	}
	return out
}
