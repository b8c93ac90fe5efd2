package desk

import (
	"strconv"
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// hearings are the acts of who arranges a hearing, and of who decides whether
// somebody else presides.
func (p *Pages) hearings() []hearingDeed {
	return []hearingDeed{p.offerHearing(), p.orderHearing(), p.enterWant(), p.notify(), p.postpone(), p.enterObject(), p.decideObject()}
}

func (p *Pages) offerHearing() hearingDeed {
	return hearingDeed{key: "hearing-offer", title: "告知听证权利",
		lead: "许可直接涉及申请人与他人之间重大利益关系的，作出决定前告知申请人和利害关系人有权要求听证；自被告知之日起 5 个工作日内可以申请。",
		law:  "行政许可法第四十七条第一款", said: "听证权利告知书已出具。", button: "出具听证权利告知书", need: staff.CaseExamine,
		possible: func(v caseview.View) bool {
			h := v.Hearing()
			return underWay(v) && (h == nil || h.Kind == hearing.OnRequest && (h.Status == hearing.Offered || h.Status == hearing.Asked) && untold(v, h))
		},
		fields: func(caseview.Act) []question {
			return []question{put(asCheck, "post", "利害关系人的告知书邮寄送达", "邮寄的，申请期限另加 7 天在途时间")}
		},
		do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Hearing.Offer(v.Context(), v.Actor, hearing.Offer{Seen: seen, ByPost: v.Text("post") == "true"})
		}}
}

// untold says that a party has been found since the offer.
func untold(v caseview.View, h *hearing.Hearing) bool {
	for _, x := range v.Parties {
		if x.Role == interest.Interested && h.Person(x.ID) == nil {
			return true
		}
	}
	return false
}

func (p *Pages) orderHearing() hearingDeed {
	return hearingDeed{key: "hearing-order", title: "依职权举行听证",
		lead: "法律、法规、规章规定应当听证的，或者认为需要听证的涉及公共利益的重大许可事项，向社会公告并举行听证。自今日起停止计算办理期限，并书面告知申请人所需时间。",
		law:  "行政许可法第四十六条", said: "已决定举行听证，请发出听证通知和公告。", button: "决定举行听证", need: staff.CaseExamine,
		possible: func(v caseview.View) bool { return underWay(v) && v.Hearing() == nil },
		fields: func(a caseview.Act) []question {
			return []question{put(asNumber, "days", "所需时间（工作日）", "写入告知书；停止计算的时间以此为限").begins("20"), put(asArea, "reason", "举行听证的理由", "").begins(mandatory(a))}
		},
		do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			days, _ := strconv.Atoi(v.Text("days"))
			return p.Hearing.Order(v.Context(), v.Actor, hearing.Order{Seen: seen, Days: days, Reason: v.Text("reason")})
		}}
}

// mandatory is the law that wants a hearing in this matter, as the reason.
func mandatory(a caseview.Act) string {
	for _, s := range a.Impl.Special {
		if s.Kind == "hearing" && s.Mandatory {
			return s.Law + "规定应当举行听证。"
		}
	}
	return ""
}

func (p *Pages) enterWant() hearingDeed {
	told := func(x hearing.Person) bool { return x.Until != 0 }
	return hearingDeed{key: "hearing-enter", title: "登记听证申请或者放弃", lead: "申请人、利害关系人书面或者当面提出听证申请、放弃听证的，由经办人登记；书面材料归入卷宗。",
		law: "行政许可法第四十七条第一款", said: "已登记。", button: "登记", need: staff.CaseExamine,
		possible: func(v caseview.View) bool {
			return hearingAt(hearing.Offered, hearing.Asked, hearing.Noticed)(v) && v.Hearing().Kind == hearing.OnRequest
		},
		fields: func(a caseview.Act) []question {
			return []question{put(asSelect, "person", "谁提出", "", people(a.View, told)...),
				put(asRadios, "want", "提出什么", "", ui.Choice{Value: "ask", Text: "要求听证"}, ui.Choice{Value: "give", Text: "放弃听证（撤回申请）"})}
		},
		do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			want := v.Text("want")
			if want != "ask" && want != "give" {
				return fault.Invalid("form.invalid", fault.At("want", "text.required"))
			}
			return p.Hearing.EnterWant(v.Context(), v.Actor, hearing.Want{Seen: seen, PersonID: v.Text("person"), Give: want == "give"})
		}}
}

// notify fixes time, place and who presides.
func (p *Pages) notify() hearingDeed {
	return hearingDeed{key: "hearing-notify", title: "发出听证通知",
		lead: "举行听证的七日前通知时间、地点：通知日与举行日之间至少隔 7 个工作日。主持人应当是没有参与过本件的人员；通知后主持人不能再参与本件的审查和决定。依职权听证同时公告。",
		law:  "行政许可法第四十八条第一款", said: "听证通知书已出具。", button: "出具听证通知书", need: staff.CaseExamine,
		possible: hearingAt(hearing.Asked), load: p.hosts,
		fields: func(a caseview.Act) []question {
			earliest := hearing.Earliest(a.Today, a.Calendar)
			help := "今天通知，最早 " + earliest.Chinese()
			if h := a.Hearing(); h != nil && h.HoldBy != 0 {
				help += "；应当在 " + h.HoldBy.Chinese() + "前举行"
			}
			return []question{put(asDate, "day", "日期", help), put(asText, "time", "时间", "北京时间，24 小时制，如 09:30").begins("09:30"), put(asText, "place", "地点", ""),
				put(asSelect, "chair", "主持人", "", a.Choices...), put(asText, "writer", "记录人", ""),
				put(asText, "closed", "不公开举行的理由", "涉及国家秘密、商业秘密、个人隐私的才可以不公开；公开举行的不填").optional(),
				put(asText, "late", "逾期举行的理由", "收到申请二十个工作日内不能举行的才填写").optional()}
		},
		do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			at, err := time.ParseInLocation("2006-01-02 15:04", v.Text("day")+" "+v.Text("time"), clock.Beijing)
			if err != nil {
				return fault.Invalid("form.invalid", fault.At("day", "hearing.instant"))
			}
			return p.Hearing.Notify(v.Context(), v.Actor, hearing.Notify{Seen: seen, At: at, Place: v.Text("place"), ChairLogin: v.Text("chair"),
				Writer: v.Text("writer"), Closed: v.Text("closed"), Late: v.Text("late")})
		}}
}

// hosts are the officers who may preside.
func (p *Pages) hosts(v *visit.Visit, view *caseview.View) error {
	list, err := p.Hearing.Officers(v.Context(), view.BodyID, staff.HearingHost)
	view.Choices = offer(nil, list)
	return err
}

func (p *Pages) postpone() hearingDeed {
	return hearingDeed{key: "hearing-postpone", title: "延期举行", lead: "延期后应当重新通知，并且仍在举行的七日前。本机关自己的原因不延长二十个工作日的期限。",
		law: "行政许可法第四十八条第一款第（一）项", said: "已延期，请重新发出听证通知。", button: "延期举行", need: staff.CaseExamine,
		possible: hearingAt(hearing.Noticed),
		fields: func(caseview.Act) []question {
			return []question{put(asRadios, "why", "原因", "", text.Choices(text.MoveWhy, hearing.MoveAsked, hearing.MoveForce, hearing.MoveOwn)...), put(asArea, "reason", "具体说明", "")}
		},
		do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Hearing.Postpone(v.Context(), v.Actor, hearing.Postpone{Seen: seen, Why: hearing.MoveKind(v.Text("why")), Reason: v.Text("reason")})
		}}
}

func (p *Pages) enterObject() hearingDeed {
	return hearingDeed{key: "hearing-object", title: "登记主持人回避申请", lead: "申请人、利害关系人认为主持人与本件有直接利害关系的，有权申请回避。决定之前不能举行听证。",
		law: "行政许可法第四十八条第一款第（三）项", said: "已登记，请负责人决定。", button: "登记", need: staff.CaseExamine,
		possible: func(v caseview.View) bool { return hearingAt(hearing.Noticed)(v) && !v.Hearing().Challenged() },
		fields: func(a caseview.Act) []question {
			return []question{put(asSelect, "person", "谁提出", "", people(a.View, func(hearing.Person) bool { return true })...), put(asArea, "reason", "理由", "")}
		},
		do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Hearing.EnterObject(v.Context(), v.Actor, hearing.Object{Seen: seen, PersonID: v.Text("person"), Reason: v.Text("reason")})
		}}
}

func (p *Pages) decideObject() hearingDeed {
	return hearingDeed{key: "hearing-decide-object", title: "决定主持人是否回避", lead: "决定回避的，另行指定主持人并重新通知。", about: challenges,
		law: "行政许可法第四十八条第一款第（三）项", said: "已作出决定。", button: "作出决定", need: staff.CaseDecide,
		possible: func(v caseview.View) bool { return hearingAt(hearing.Noticed)(v) && v.Hearing().Challenged() },
		fields: func(caseview.Act) []question {
			return []question{put(asRadios, "grant", "决定", "", ui.Choice{Value: "true", Text: "主持人回避"}, ui.Choice{Value: "false", Text: "不回避"}), put(asArea, "answer", "理由", "")}
		},
		do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Hearing.DecideObject(v.Context(), v.Actor, hearing.DecideObject{Seen: seen, Grant: v.Text("grant") == "true", Answer: v.Text("answer")})
		}}
}

// presiding are the acts of who presides.
func (p *Pages) presiding() []hearingDeed {
	return []hearingDeed{
		{key: "hearing-record", title: "制作听证笔录", lead: "审查人员提出审查意见的证据、理由；申请人、利害关系人提出证据，申辩和质证。笔录出具后交参加人核对、签字。",
			law: "行政许可法第四十八条第一款第（四）项、第（五）项", said: "听证笔录已出具，请交参加人签阅。", button: "出具听证笔录", need: staff.HearingHost,
			possible: hearingAt(hearing.Noticed), fields: recordFields,
			do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
				in := hearing.Record{Seen: seen, Examiner: v.Text("examiner"), Evidence: v.Text("evidence"), Said: map[string]string{}, Absent: map[string]bool{}}
				if h := a.Hearing(); h != nil {
					for _, x := range h.People {
						in.Said[x.ID], in.Absent[x.ID] = v.Text("said."+x.ID), v.Text("absent."+x.ID) == "true"
					}
				}
				return p.Hearing.Record(v.Context(), v.Actor, in)
			}},
		{key: "hearing-sign", title: "登记笔录签字", lead: "纸质笔录签字的登记结果；拒绝签字的写明情况。",
			law: "行政许可法第四十八条第一款第（五）项", said: "已登记。", button: "登记", need: staff.HearingHost,
			possible: func(v caseview.View) bool { return hearingAt(hearing.Recorded)(v) && len(people(v, unsigned)) > 0 },
			fields: func(a caseview.Act) []question {
				return []question{put(asSelect, "person", "参加人", "", people(a.View, unsigned)...),
					put(asRadios, "how", "结果", "", text.Choices(text.SignKind, hearing.Signed, hearing.Objected, hearing.Refused)...), put(asArea, "note", "异议或者拒绝的情况", "确认无误的不填").optional()}
			},
			do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
				return p.Hearing.EnterConfirm(v.Context(), v.Actor, hearing.Confirm{Seen: seen, PersonID: v.Text("person"), How: hearing.SignKind(v.Text("how")), Note: v.Text("note")})
			}},
		{key: "hearing-close", title: "听证结束", lead: "到场的参加人都签阅笔录后结束听证：办理期限恢复计算，书面告知申请人；此后的决定应当写明笔录文号。",
			law: "行政许可法第四十八条第二款", said: "听证已结束，办理期限恢复计算。", button: "结束听证", need: staff.HearingHost,
			possible: func(v caseview.View) bool { return hearingAt(hearing.Recorded)(v) && len(people(v, unsigned)) == 0 },
			fields:   func(caseview.Act) []question { return nil },
			do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
				return p.Hearing.Close(v.Context(), v.Actor, hearing.Close{Seen: seen})
			}},
	}
}

// unsigned says that the record waits for the person.
func unsigned(x hearing.Person) bool { return x.Sign == nil && !x.Absent }

// recordFields ask what was put forward and what everybody said.
func recordFields(a caseview.Act) []question {
	out := []question{put(asText, "examiner", "审查人员", "提出审查意见的人员姓名"), put(asArea, "evidence", "审查意见的证据、理由", "")}
	if h := a.Hearing(); h != nil {
		for _, x := range h.People {
			if x.Waived == 0 {
				out = append(out, put(asArea, "said."+x.ID, x.Name+"的陈述、申辩和质证", "未到场的不填").optional(), put(asCheck, "absent."+x.ID, x.Name+"经通知未到场", ""))
			}
		}
	}
	return out
}

// Hearings lists the hearings in the officer's scope that are under way.
func (p *Pages) Hearings(v *visit.Visit) error {
	list, err := p.Hearing.UnderWay(v.Context(), v.Actor, v.Query("after"), listSize+1)
	if err != nil {
		return err
	}
	list, pages := visit.Cut(v, Base+"/hearings", nil, list, listSize, func(h *hearing.Hearing) string { return h.ID })
	return show(v, "听证", hearingList(list, pages))
}

// component is what stands above the fields of a deed.
func (h hearingDeed) component(a caseview.Act) templ.Component {
	if h.about == nil {
		return templ.NopComponent
	}
	return h.about(a)
}
