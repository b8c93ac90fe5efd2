package app

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/org"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/staff"
	"onewindow/internal/business/supervision"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/jobs"
	"onewindow/internal/kit/notify"
	"onewindow/internal/web/text"
)

// reactClocks: a new calendar moves deadlines; who is concerned is told.
func (s *Services) reactClocks(j *jobs.Jobs) {
	j.On(calendar.Topic, "clock.reproject", s.onCalendar)
	j.On(casework.ReprojectedTopic, "clock.tell", s.onReprojected)
	j.On(casework.MovedTopic, "notice."+casework.MovedTopic, s.tellMoved)
	j.On(casework.OverdueTopic, "notice."+casework.OverdueTopic, s.tellOverdue)
	j.On(supervision.RaisedTopic, "notice."+supervision.RaisedTopic, s.tellFault)
	j.On(casework.UnmannedTopic, "notice."+casework.UnmannedTopic, s.tellUnmanned)
	for topic := range faults {
		j.On(topic, "fault."+topic, s.raise)
	}
}

// scheduleClocks: what an act under way computed by the old calendar, and what
// was broken off, is computed anew.
func (s *Services) scheduleClocks(j *jobs.Jobs, log *slog.Logger) {
	j.Every("clock.rest", jobs.Interval(5*time.Minute), func(ctx context.Context, _ time.Time) error {
		n, err := s.Casework.Reproject(ctx)
		if n > 0 {
			log.Info("deadlines computed by the new calendar", "cases", n)
		}
		return err
	})
	// Limits that are nearly used up or were missed, once each.
	j.Every("clock.watch", jobs.Interval(10*time.Minute), func(ctx context.Context, _ time.Time) error {
		n, err := s.Casework.Watch(ctx)
		if n > 0 {
			log.Warn("limits near their end or missed", "cases", n)
		}
		return err
	})
}

// onCalendar computes every open case anew by the calendar that was published.
func (s *Services) onCalendar(ctx context.Context, e event.Event) error {
	var p calendar.Published
	if err := e.Decode(&p); err != nil {
		return err
	}
	if err := s.Calendar.Refresh(ctx); err != nil {
		return err
	}
	_, err := s.Casework.Reproject(ctx)
	return err
}

// onReprojected leaves the moves of a calendar with their cases.
func (s *Services) onReprojected(ctx context.Context, e event.Event) error {
	var version int
	if err := e.Decode(&version); err != nil {
		return err
	}
	_, err := s.Casework.TellMoves(ctx, version)
	return err
}

// tellMoved tells the applicant, and the officers who acted in the case, of the
// days that a new calendar moved. Officers read it in the portal.
func (s *Services) tellMoved(ctx context.Context, e event.Event) error {
	var m casework.ClockMoved
	if err := e.Decode(&m); err != nil {
		return err
	}
	days := movedWords(m.Moves)
	messages := []notify.Message{{ID: e.ID, RecipientID: recipient(m.Happened), SubjectID: m.CaseID, Title: "办理期限有调整", Link: "/cases/" + m.CaseID,
		Body: "国务院公布了新的放假调休安排，您申请的“" + m.ItemName + "”（" + m.Number + "）的期限相应调整：" + days + "。办理时限的天数没有变化。"}}
	for _, account := range m.Officers {
		messages = append(messages, notify.Message{ID: e.ID + "." + account, RecipientID: account, SubjectID: m.CaseID, Title: "经办的办件期限有调整",
			Link: "/desk/cases/" + m.CaseID, Body: "工作日历更新，“" + m.ItemName + "”（" + m.Number + "）的期限重新计算：" + days + "。", Quiet: true})
	}
	return s.putAll(ctx, messages...)
}

func movedWords(moves []casework.Move) string {
	var parts []string
	for _, m := range moves {
		parts = append(parts, text.Label(text.Clock, m.Clock)+"由"+m.Before.Chinese()+"变为"+m.After.Chinese())
	}
	return strings.Join(parts, "，")
}

// faultOf is what a fault record says of an event.
type faultOf struct {
	kind supervision.Kind
	what string // {due} is the day
}

// faults are the events that become fault records (行政许可法第七十二条、第七十四条).
var faults = map[string]faultOf{
	"case.deemed_accepted":     {supervision.Deemed, "收到申请材料后五个工作日内没有告知补正，自收到之日起视为受理"},
	casework.WarnedTopic:       {supervision.Warned, "承诺办结期限为{due}，即将届满，尚未作出决定"},
	casework.PromiseLateTopic:  {supervision.PromiseLate, "承诺办结期限{due}已过，尚未作出决定"},
	casework.OverdueTopic:      {supervision.Overdue, "法定办结期限{due}已过，尚未作出决定"},
	casework.FurtherTopic:      {supervision.SupplementAgain, "已告知过一次补正，又就补正时新提交的材料再次告知"},
	casework.AttemptedTopic:    {supervision.SupplementAgain, "已告知过一次补正，又要求再次补正（{due}），系统已拒绝"},
	procedure.LateTopic:        {supervision.AssignedLate, "受理后第五个工作日（{due}）以前没有指派两名以上工作人员检验、检测、检疫"},
	complaint.AnswerLateTopic:  {supervision.AnswerLate, "对行政复议的答复或者对诉讼的答辩应于{due}以前提交，没有提交"},
	complaint.OrderLateTopic:   {supervision.OrderLate, "行政复议决定或者判决要求在{due}以前履行，没有作出决定"},
	casework.DeliveryLateTopic: {supervision.DeliveryLate, "决定作出后十个工作日（{due}）内没有送达"},
}

// raise puts an event on record, once.
func (s *Services) raise(ctx context.Context, e event.Event) error {
	var n casework.Noticed
	if err := e.Decode(&n); err != nil {
		return err
	}
	f := faults[e.Topic]
	if n.StepName == "" && n.Step != "" {
		n.StepName = text.Label(text.Act, n.Step)
	}
	in := supervision.Raise{Kind: f.kind, CaseID: n.CaseID, Step: n.StepName, Person: n.Person, What: strings.ReplaceAll(f.what, "{due}", n.Due.Chinese())}
	if e.Topic == casework.AttemptedTopic { // once a day
		in.Ref = n.Due.String()
	} else if e.Topic == casework.FurtherTopic {
		in.Ref = "further"
	} else if strings.HasPrefix(e.Topic, "appeal.") { // each review and each suit
		in.Ref = e.SubjectID
	}
	return s.Supervision.Raise(ctx, in)
}

// tellOverdue tells the applicant that the limit passed, that this is neither
// grant nor refusal, and which way is open: review first, court after it
// (行政许可法第五十条、第七十四条，行政复议法第十一条、第二十三条). A renewal that was
// applied for in time is granted by silence at the licence's end.
func (s *Services) tellOverdue(ctx context.Context, e event.Event) error {
	var n casework.Noticed
	if err := e.Decode(&n); err != nil {
		return err
	}
	body, err := s.Org.ByID(ctx, n.BodyID)
	if err != nil {
		return err
	}
	var c *casework.Case
	if err := s.DB.Read(ctx, func(tx *db.Tx) (err error) { c, err = casework.ByID(tx, n.CaseID); return err }); err != nil {
		return err
	}
	return s.put(ctx, notify.Message{ID: e.ID, RecipientID: recipient(n.Happened), SubjectID: n.CaseID, Title: "法定办理期限已过，告知救济途径",
		Link: "/cases/" + n.CaseID, Body: overdueWords(n, c.Purpose, body)})
}

func overdueWords(n casework.Noticed, purpose casework.Purpose, body org.Body) string {
	words := "您申请的“" + n.ItemName + "”（" + n.Number + "）法定办理期限已于" + n.Due.Chinese() + "届满，" + body.Name + "尚未作出决定，已列入督查。"
	if purpose == casework.PurposeRenew {
		words += "依法按时提出的延续申请，有效期届满前没有作出决定的，视为准予延续。"
	} else {
		words += "逾期不作决定，不等于准予，也不等于不予许可，本机关仍应当作出决定。"
	}
	review := body.Remedies.Review
	if review == "" {
		review = "有管辖权的行政复议机关"
	}
	return words + "您可以向" + review + "申请行政复议；依照行政复议法第二十三条，应当先申请行政复议，对复议决定不服的，再向人民法院提起行政诉讼。"
}

// tellUnmanned tells those who answer for the body that recusal left a role with
// nobody: somebody must be named.
func (s *Services) tellUnmanned(ctx context.Context, e event.Event) error {
	var u casework.Unmanned
	if err := e.Decode(&u); err != nil {
		return err
	}
	var names []string
	for _, r := range u.Roles {
		names = append(names, "「"+text.Label(text.Role, r)+"」")
	}
	var told []string
	if err := s.DB.Read(ctx, func(tx *db.Tx) (err error) { told, err = staff.Holders(tx, u.BodyID, staff.Decider); return err }); err != nil {
		return err
	}
	var out []notify.Message
	for _, account := range told {
		out = append(out, notify.Message{ID: e.ID + "." + account, RecipientID: account, SubjectID: u.CaseID, Quiet: true, Link: "/desk/cases/" + u.CaseID,
			Title: "回避后没有人员可以办理，请指定人员",
			Body:  "“" + u.ItemName + "”（" + u.Number + "）因工作人员回避，" + strings.Join(names, "、") + "岗位没有其他人员。请本机关负责人指定代岗，或者由安全管理员授予岗位；办理期限不因此停止。"})
	}
	return s.putAll(ctx, out...)
}

// tellFault tells those who answer for the body.
func (s *Services) tellFault(ctx context.Context, e event.Event) error {
	var r supervision.Raised
	if err := e.Decode(&r); err != nil {
		return err
	}
	var heads []string
	if err := s.DB.Read(ctx, func(tx *db.Tx) (err error) { heads, err = staff.Holders(tx, r.BodyID, staff.Decider); return err }); err != nil {
		return err
	}
	var out []notify.Message
	for _, account := range heads {
		out = append(out, notify.Message{ID: e.ID + "." + account, RecipientID: account, SubjectID: r.ID, Quiet: true, Link: "/oversight/faults/" + r.ID,
			Title: "有一条" + text.Label(text.Colour, string(r.Colour)) + "线索需要答复",
			Body:  "“" + r.ItemName + "”（" + r.CaseNumber + "）：" + text.Label(text.FaultKind, string(r.Kind)) + "。请在" + r.ReplyBy.Chinese() + "前核实答复。"})
	}
	return s.putAll(ctx, out...)
}

// putAll writes messages, each in an act of its own, so that one that was
// written before keeps no other back.
func (s *Services) putAll(ctx context.Context, messages ...notify.Message) error {
	for _, m := range messages {
		if err := s.put(ctx, m); err != nil {
			return err
		}
	}
	return nil
}
