package counter

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// asked is one field of a simple form.
type asked struct {
	Name, Label, Help string
	Long, Date        bool
}

// serving are the ways of service that take more than a signature at the
// window: by post, by leaving, by announcement; and ending an application whose
// supplement never came.
func (p *Pages) serving() []*caseview.Deed {
	return []*caseview.Deed{p.post1(), p.postSigned(), p.postReturned(), p.leaveThere(), p.announce(), p.terminate()}
}

// simple is a deed whose form is a list of fields.
func simple(d caseview.Deed, button string, tone ui.Tone, fields ...asked) *caseview.Deed {
	for _, f := range fields {
		d.Typed = append(d.Typed, caseview.Field{Name: f.Name, Label: f.Label})
	}
	d.Form = func(a caseview.Act) templ.Component { return simpleForm(a, button, tone, fields) }
	return &d
}

// going is the attempt to serve that is under way; nil when none is.
func going(v caseview.View) *casework.Attempt {
	for i := range v.Attempts {
		if v.Attempts[i].Status == casework.UnderWay {
			return &v.Attempts[i]
		}
	}
	return nil
}

func unsent(v caseview.View) bool { return atDelivery(v) && going(v) == nil }

func posted(v caseview.View) bool {
	a := going(v)
	return atDelivery(v) && a != nil && a.Way == casework.ByPost
}

func backToCase(_ *visit.Visit, a caseview.Act) string { return a.Path("#service") }

func (p *Pages) post1() *caseview.Deed {
	return simple(caseview.Deed{Key: "post", Title: "邮寄送达", Law: "民事诉讼法第九十一条", Possible: unsent, Said: "已登记交邮。收到回执后登记签收；退回的登记退回。",
		Lead: "把决定书和证照交邮后，登记承运单位和邮件号。交邮不等于送达，签收的日期才是送达日期。", Done: backToCase,
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			return p.Casework.Dispatch(v.Context(), v.Actor, casework.Dispatch{Seen: seen, Carrier: v.Text("carrier"), Tracking: v.Text("tracking")})
		}}, "登记交邮", "", asked{Name: "carrier", Label: "承运单位"}, asked{Name: "tracking", Label: "邮件号"})
}

func (p *Pages) postSigned() *caseview.Deed {
	return simple(caseview.Deed{Key: "post-signed", Title: "登记邮件签收", Law: "民事诉讼法第九十一条", Possible: posted, Said: "已送达，办件办结。",
		Lead: "按回执登记签收人和签收日期，以签收日期为送达日期。",
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			on, err := dayOf(v.Text("on"))
			if err != nil {
				return err
			}
			return p.Casework.Deliver(v.Context(), v.Actor, casework.Deliver{Seen: seen, Way: casework.ByPost, SignedBy: v.Text("signed_by"), On: on})
		}}, "登记签收", "", asked{Name: "signed_by", Label: "签收人"}, asked{Name: "on", Label: "签收日期", Date: true})
}

func (p *Pages) postReturned() *caseview.Deed {
	return simple(caseview.Deed{Key: "post-returned", Title: "登记邮件退回", Law: "民事诉讼法第九十一条", Possible: posted, Said: "已登记退回，请改用其他方式送达。", Done: backToCase,
		Lead: "邮件退回的，登记原因。办件仍待送达。",
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			return p.Casework.PostReturned(v.Context(), v.Actor, casework.PostReturned{Seen: seen, Why: v.Text("why")})
		}}, "登记退回", "", asked{Name: "why", Label: "退回原因"})
}

func (p *Pages) leaveThere() *caseview.Deed {
	return simple(caseview.Deed{Key: "leave", Title: "留置送达", Law: "民事诉讼法第八十九条", Possible: unsent, Said: "已留置送达，办件办结。",
		Lead: "受送达人拒绝签收的，请基层组织代表或者其他人到场见证，说明情况，把文书留在其住所或者经营场所。",
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			return p.Casework.Deliver(v.Context(), v.Actor, casework.Deliver{Seen: seen, Way: casework.ByLeaving, Witness: v.Text("witness"), Why: v.Text("why")})
		}}, "登记留置送达", ui.Bad, asked{Name: "witness", Label: "见证人", Help: "姓名和单位或者职务。"}, asked{Name: "why", Label: "拒收情况", Help: "写明时间、地点、拒收事由。", Long: true})
}

func (p *Pages) announce() *caseview.Deed {
	return simple(caseview.Deed{Key: "announce", Title: "公告送达", Law: "民事诉讼法第九十五条", Possible: unsent, Said: "已登记公告。期满后自动视为送达。", Done: backToCase,
		Lead: "受送达人下落不明，或者用其他方式无法送达的，才可以公告。自公告之日起满" + strconv.Itoa(p.Casework.AnnounceDays()) + "日视为送达，期间来领取的当场送达。",
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			return p.Casework.Announce(v.Context(), v.Actor, casework.Announce{Seen: seen, Place: v.Text("place"), Why: v.Text("why")})
		}}, "登记公告", ui.Bad, asked{Name: "place", Label: "公告的地方", Help: "如 政务服务网公告栏、受送达人住所地。"}, asked{Name: "why", Label: "公告的原因", Help: "写明用过哪些方式、结果如何。", Long: true})
}

func (p *Pages) terminate() *caseview.Deed {
	return simple(caseview.Deed{Key: "terminate", Title: "终止办理", Law: "行政许可法第三十二条", Said: "已终止办理，已通知申请人。",
		Possible: func(v caseview.View) bool {
			return v.Status == casework.StatusSupplement && v.Impl.SilenceEnds != "" && v.Dossier.Notice != nil && v.Today > v.Dossier.Notice.Until
		},
		Lead: "补正期限已过，申请人没有补正，并且这个事项有明文规定可以终止的，才可以终止。终止后申请人可以重新申请。",
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			return p.Casework.Terminate(v.Context(), v.Actor, casework.Terminate{Seen: seen, Reason: v.Text("reason")})
		}}, "终止办理", ui.Bad, asked{Name: "reason", Label: "终止的原因", Long: true})
}

// dayOf reads a day; nothing typed is today, which the act takes.
func dayOf(s string) (calendar.Day, error) {
	if s == "" {
		return 0, nil
	}
	return calendar.ParseDay(s)
}

// attempts are what was tried to serve the result.
func (o opened) attempts() (out []ui.Event) {
	for _, a := range o.Attempts {
		e := ui.Event{At: text.At(a.At), Title: text.Label(text.Way, string(a.Way)) + "：" + text.Label(text.Attempt, a.Status), Tone: text.Tone(text.Attempt, a.Status)}
		switch a.Way {
		case casework.ByPost:
			e.Text = a.Carrier + "，邮件号 " + a.Tracking
		case casework.ByAnnouncement:
			e.Text = a.Place + "，" + text.Day(a.Due) + "期满"
		}
		if a.Why != "" {
			e.Text += "。" + a.Why
		}
		out = append([]ui.Event{e}, out...)
	}
	return out
}
