package desk

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// control says how a field of a deed is question for.
type control string

// The controls.
const (
	asText   control = "text"
	asArea   control = "area"
	asDate   control = "date"
	asNumber control = "number"
	asSelect control = "select"
	asRadios control = "radios"
	asCheck  control = "check"
	asHidden control = "hidden"
)

// question is one field of a deed.
type question struct {
	As      control
	Field   ui.Field
	Choices []ui.Choice
	Rows    int
}

// ask is a field by its control, name and label.
func put(as control, name, label, help string, choices ...ui.Choice) question {
	return question{As: as, Field: ui.Field{Name: name, Label: label, Help: help, Required: as != asCheck, Max: 2000}, Choices: choices, Rows: 4}
}

// optional makes a field one that may stay empty.
func (a question) optional() question { a.Field.Required = false; return a }

// begins fills a field before anybody typed.
func (a question) begins(value string) question { a.Field.Value = value; return a }

// hearingDeed is a deed whose form is a list of fields.
type hearingDeed struct {
	key, title, lead, law, said, button string
	possible                            func(caseview.View) bool
	fields                              func(caseview.Act) []question
	about                               func(caseview.Act) templ.Component // shown above the fields; nil for nothing
	load                                func(*visit.Visit, *caseview.View) error
	do                                  func(*visit.Visit, caseview.Act, casework.Seen) error
	need                                staff.Permission
	tone                                ui.Tone
}

// deed makes the page of it.
func (h hearingDeed) deed() deed {
	d := &caseview.Deed{Key: h.key, Title: h.title, Lead: h.lead, Law: h.law, Said: h.said, Load: h.load, Do: h.do,
		Possible: h.possible,
		Form:     func(a caseview.Act) templ.Component { return askForm(a, h) },
		Kept: func(a caseview.Act) (out []ui.Pair) {
			for _, f := range h.fields(a) {
				if s := a.Typed[f.Field.Name]; s != "" && (f.As == asText || f.As == asArea) {
					out = append(out, ui.Pair{Term: f.Field.Label, Text: s})
				}
			}
			return out
		},
		Label: func(a caseview.Act, name string) string {
			for _, f := range h.fields(a) {
				if f.Field.Name == name {
					return f.Field.Label
				}
			}
			return ""
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("") + "#heard" },
	}
	return deed{d, h.need}
}

// value is what a field shows: what was typed, or what it begins with.
func (f question) shown(a caseview.Act) ui.Field {
	x := f.Field
	if s, typed := a.Typed[x.Name]; typed {
		x.Value = s
	}
	x.Error = a.Problems.At(x.Name)
	return x
}

// heardDeeds are the acts of recusal, of hearing parties and of hearings.
func (p *Pages) heardDeeds() []deed {
	var out []deed
	for _, h := range slices.Concat(p.challengeDeeds(), p.recusals(), p.interests(), p.hearings(), p.presiding()) {
		out = append(out, h.deed())
	}
	return out
}

func underWay(v caseview.View) bool { return v.Status == casework.StatusHandling }

func notEnded(v caseview.View) bool { return !v.Status.Ended() }

func (p *Pages) recusals() []hearingDeed {
	grounds := text.Choices(text.RecusalGround, casework.Grounds()...)
	reason := put(asArea, "reason", "理由", "记入办件，申请人看不到。")
	return []hearingDeed{
		{key: "recuse", title: "本人回避", lead: "与本件有利害关系的，应当回避。确认后您不能再参与本件的办理，由其他同岗位人员接办；不能恢复。",
			law: "公务员法第七十六条", said: "已记录回避，您不再参与这个办件。", button: "确认回避", need: staff.CaseRead, tone: ui.Bad,
			possible: notEnded, fields: func(caseview.Act) []question {
				return []question{put(asRadios, "ground", "回避的情形", "", grounds...), reason}
			},
			do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
				return p.Casework.Recuse(v.Context(), v.Actor, casework.Recuse{Seen: seen, Ground: casework.Ground(v.Text("ground")), Reason: v.Text("reason")})
			}},
		{key: "recuse-other", title: "决定他人回避", lead: "工作人员有应当回避情形的，由负责人决定回避。此前的办理记录保留。",
			law: "公务员法第七十七条", said: "已决定回避。", button: "决定回避", need: staff.CaseDecide, tone: ui.Bad,
			possible: notEnded, load: p.colleagues, fields: func(a caseview.Act) []question {
				return []question{put(asSelect, "login", "工作人员", "本机关办理、审核、批准、制证人员", a.Choices...), put(asRadios, "ground", "回避的情形", "", grounds...), reason}
			},
			do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
				if v.Text("login") == "" {
					return fault.Invalid("form.invalid", fault.At("login", "recusal.nobody"))
				}
				return p.Casework.Recuse(v.Context(), v.Actor, casework.Recuse{Seen: seen, Login: v.Text("login"), Ground: casework.Ground(v.Text("ground")), Reason: v.Text("reason")})
			}},
	}
}

// colleagues are the officers of the body who act in cases.
func (p *Pages) colleagues(v *visit.Visit, view *caseview.View) error {
	for _, right := range []staff.Permission{staff.CaseExamine, staff.CaseReview, staff.CaseDecide, staff.CaseIssue} {
		list, err := p.Hearing.Officers(v.Context(), view.BodyID, right)
		if err != nil {
			return err
		}
		view.Choices = offer(view.Choices, list)
	}
	return nil
}

// offer adds officers as choices, each once.
func offer(all []ui.Choice, list []staff.Colleague) []ui.Choice {
	for _, c := range list {
		x := ui.Choice{Value: c.Login, Text: c.Name}
		if !slices.ContainsFunc(all, func(y ui.Choice) bool { return y.Value == x.Value }) {
			all = append(all, x)
		}
	}
	return all
}

// parties are those of the case in one of the statuses, as choices.
func parties(a caseview.View, statuses ...interest.Status) []ui.Choice {
	var out []ui.Choice
	for _, x := range a.Parties {
		if slices.Contains(statuses, x.Status) {
			out = append(out, ui.Choice{Value: x.ID, Text: x.Name + "（" + roleOf(x.Role) + "）"})
		}
	}
	return out
}

func roleOf(r interest.Role) string {
	if r == interest.Applicant {
		return "申请人"
	}
	return "利害关系人"
}

func (p *Pages) interests() []hearingDeed {
	has := func(s ...interest.Status) func(caseview.View) bool {
		return func(v caseview.View) bool { return underWay(v) && len(parties(v, s...)) > 0 }
	}
	ways := text.Choices(text.Via, interest.ByHand, interest.ByPost)
	law := "行政许可法第三十六条"
	return []hearingDeed{
		{key: "interest", title: "告知利害关系人", lead: "审查发现申请事项直接关系他人重大利益的，应当告知利害关系人，听取其陈述和申辩。告知书写明陈述的期限、编号和查询码；申请人同时可以陈述。",
			law: law, said: "已登记并出具利害关系人告知书。", button: "登记并出具告知书", need: staff.CaseExamine, possible: underWay,
			fields: interestFields, about: chosenParty, load: p.knownFor,
			do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
				days, _ := strconv.Atoi(v.Text("days"))
				_, err := p.Interest.Register(v.Context(), v.Actor, interest.Register{Seen: seen, KnownID: v.Text("known"), Name: v.Text("name"), Company: v.Text("company") == "true",
					Address: v.Text("address"), Phone: v.Text("phone"), Interest: v.Text("interest"), Via: interest.Via(v.Text("via")), Days: days})
				return err
			}},
		{key: "interest-record", title: "记录陈述、申辩", lead: "当面陈述的当场记录；书面提出的摘录要点，原件归入卷宗。",
			law: law, said: "已记录，请答复后再作出决定。", button: "记录", need: staff.CaseExamine, possible: has(interest.Told),
			fields: func(a caseview.Act) []question {
				return []question{put(asSelect, "party", "陈述人", "", parties(a.View, interest.Told)...), put(asRadios, "via", "提出方式", "", ways...), put(asArea, "text", "陈述、申辩的内容", "")}
			},
			do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
				return p.Interest.Record(v.Context(), v.Actor, interest.State{Seen: seen, PartyID: v.Text("party"), Text: v.Text("text"), Via: interest.Via(v.Text("via"))})
			}},
		{key: "interest-answer", title: "答复陈述、申辩", lead: "逐人写明是否采纳和理由。没有答复的，不能作出决定。", about: statements,
			law: law, said: "已答复。", button: "答复", need: staff.CaseExamine, possible: has(interest.Stated),
			fields: func(a caseview.Act) []question {
				return []question{put(asSelect, "party", "陈述人", "", parties(a.View, interest.Stated)...),
					put(asRadios, "adopted", "是否采纳", "", ui.Choice{Value: "true", Text: "采纳"}, ui.Choice{Value: "false", Text: "不采纳"}), put(asArea, "text", "理由", "陈述人可以看到")}
			},
			do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
				return p.Interest.Answer(v.Context(), v.Actor, interest.Answer{Seen: seen, PartyID: v.Text("party"), Adopted: v.Text("adopted") == "true", Text: v.Text("text")})
			}},
		{key: "interest-served", title: "登记告知书送达日期", lead: "邮寄的告知书实际送达较晚的，陈述期限从送达之日起重新计算，不会缩短。",
			law: law, said: "已登记。", button: "登记", need: staff.CaseExamine,
			possible: func(v caseview.View) bool { return underWay(v) && len(posted(v)) > 0 },
			fields: func(a caseview.Act) []question {
				return []question{put(asSelect, "party", "收件人", "", posted(a.View)...), put(asDate, "on", "送达日期", "以回执为准")}
			},
			do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
				on, err := calendar.ParseDay(v.Text("on"))
				if err != nil {
					return fault.Invalid("form.invalid", fault.At("on", "interest.served_day"))
				}
				return p.Interest.Serve(v.Context(), v.Actor, interest.Serve{Seen: seen, PartyID: v.Text("party"), On: on})
			}},
	}
}

// interestFields ask who is told, how, and for how long they may speak. Who is
// known already is not asked again.
func interestFields(a caseview.Act) []question {
	ways := []interest.Via{interest.ByHand, interest.ByPost}
	who := []question{put(asText, "name", "姓名或者名称", ""), put(asCheck, "company", "是法人或者其他组织", "")}
	address, phone := "邮寄的必填，加密保存", "加密保存；当面告知的，地址和电话至少填一项"
	if k := a.Known; k != nil {
		who = []question{put(asHidden, "known", "", "").begins(k.ID)}
		address, phone = "空着的，用登记的地址", "空着的，用登记的电话"
		if k.Account {
			ways = append(ways, interest.Online)
		}
	}
	return append(who, put(asText, "address", "送达地址", address).optional(), put(asText, "phone", "电话", phone).optional(),
		put(asArea, "interest", "利害关系", "申请事项怎样关系到对方的重大利益"),
		put(asRadios, "via", "告知方式", "邮寄的，陈述期限另加 7 天在途时间", text.Choices(text.Via, ways...)...),
		put(asNumber, "days", "陈述期限（工作日）", "5 至 15 个工作日").begins("5"))
}

// posted are the parties whose letter is on its way.
func posted(v caseview.View) (out []ui.Choice) {
	for _, x := range v.Parties {
		if x.Status == interest.Told && x.ToldBy == interest.ByPost && x.ServedOn == 0 {
			out = append(out, ui.Choice{Value: x.ID, Text: x.Name})
		}
	}
	return out
}

// people are those of the open hearing, as choices.
func people(v caseview.View, which func(hearing.Person) bool) (out []ui.Choice) {
	h := v.Hearing()
	if h == nil {
		return nil
	}
	for _, x := range h.People {
		if which(x) {
			out = append(out, ui.Choice{Value: x.ID, Text: x.Name + "（" + roleOf(x.Role) + "）"})
		}
	}
	return out
}

// hearingAt says whether the open hearing is in one of the statuses.
func hearingAt(statuses ...hearing.Status) func(caseview.View) bool {
	return func(v caseview.View) bool {
		h := v.Hearing()
		return underWay(v) && h != nil && slices.Contains(statuses, h.Status)
	}
}
