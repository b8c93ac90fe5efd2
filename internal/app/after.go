package app

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/archive"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/licence"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/jobs"
	"onewindow/internal/kit/notify"
)

// reactAfter is what happens after acts on licences: the regulator is told, and
// so is the holder.
func reactAfter(j *jobs.Jobs, s *Services) {
	for topic, on := range s.Aftercare.Reactions() {
		j.On(topic, "regulator."+topic, on)
	}
	for _, topic := range []string{"aftercare.opened", "aftercare.answered", "aftercare.notice_over", "aftercare.decided"} {
		j.On(topic, "notice."+topic, s.tellHolder)
	}
	// A case that has ended is archived (国务院令第716号第十二条).
	for _, topic := range archive.Topics() {
		j.OnSlow(topic, "archive."+topic, s.Archive.OnConcluded)
	}
	for topic := range complaintNotices {
		j.On(topic, "notice."+topic, s.tellComplainant)
	}
	j.On("licence.renewal_due", "notice.licence.renewal_due", s.remindHolder)
}

// scheduleAfter is what happens to licences by itself.
func scheduleAfter(j *jobs.Jobs, s *Services, log *slog.Logger) {
	// 行政许可法第五十条第二款: a renewal applied for in time and undecided when the
	// licence ends is granted.
	j.Every("licence.lapse", jobs.Interval(time.Minute), func(ctx context.Context, _ time.Time) error {
		n, err := s.Licence.Lapse(ctx)
		if n > 0 {
			log.Warn("renewals granted by silence", "licences", n)
		}
		return err
	})
	// A service by announcement counts when its days are over.
	j.Every("case.announced", jobs.Daily(0, 5), func(ctx context.Context, _ time.Time) error {
		_, err := s.Casework.ServeAnnounced(ctx)
		return err
	})
	// A complaint that was not taken up or answered in time goes to the supervisor.
	j.Every("complaint.escalate", jobs.Daily(0, 15), func(ctx context.Context, _ time.Time) error {
		_, err := s.Complaint.Escalate(ctx)
		return err
	})
	// 行政复议法第四十八条、第七十七条，行政诉讼法第六十七条、第九十六条: answers and orders that were missed.
	j.Every("appeal.watch", jobs.Daily(0, 25), func(ctx context.Context, _ time.Time) error {
		n, err := s.Complaint.WatchAppeals(ctx)
		if n > 0 {
			log.Warn("reviews or suits in which a day was missed", "appeals", n)
		}
		return err
	})
	// 市场主体登记管理条例第三十三条第二款: notices that are over, and what was not applied for in time.
	j.Every("aftercare.simple", jobs.Daily(0, 35), func(ctx context.Context, _ time.Time) error {
		_, err := s.Aftercare.Watch(ctx)
		return err
	})
	j.Every("licence.remind", jobs.Daily(8, 30), func(ctx context.Context, _ time.Time) error {
		_, err := s.Licence.Remind(ctx)
		return err
	})
}

// holderNotices are the words to a holder by procedure and topic.
var holderNotices = map[string]notice{
	"aftercare.opened rescind": {"拟撤销许可，请陈述申辩",
		"颁发机关拟撤销您的“{item}”（{number}），事实和理由见事先告知书。您可以在{until}以前陈述、申辩。"},
	"aftercare.opened recall": {"拟撤回许可，请陈述申辩",
		"颁发机关拟撤回您的“{item}”（{number}），理由见事先告知书。您可以在{until}以前陈述、申辩。"},
	"aftercare.opened deregister": {"拟注销许可，请陈述申辩",
		"颁发机关拟注销您的“{item}”（{number}），情形和理由见事先告知书。您可以在{until}以前陈述、申辩，意见会先答复再决定。"},
	"aftercare.opened deregister requested": {"注销申请已收到", "您申请注销“{item}”（{number}），颁发机关决定后会告诉您。"},
	"aftercare.opened deregister company": {"简易注销公示已开始",
		"“{item}”（{number}）的简易注销公示至{until}。没有异议的，请在期满之后、{apply}以前申请注销登记；逾期须重新公示。"},
	"aftercare.opened deregister individual": {"简易注销申请已推送有关部门",
		"“{item}”（{number}）的简易注销申请已推送税务等有关部门，至{until}没有异议的，登记机关直接办理注销登记。"},
	"aftercare.answered rescind":                        {"您的陈述申辩已答复", answered},
	"aftercare.answered recall":                         {"您的陈述申辩已答复", answered},
	"aftercare.answered deregister":                     {"您的陈述申辩已答复", answered},
	"aftercare.notice_over deregister company":          {"简易注销公示期满，请申请注销", "“{item}”（{number}）公示期内没有异议，请在{apply}以前申请注销登记，逾期须重新公示。"},
	"aftercare.notice_over deregister individual":       {"简易注销异议期已满", "“{item}”（{number}）的异议期已满，有关部门没有提出异议，登记机关将办理注销登记。"},
	"aftercare.decided deregister objected company":     {"简易注销已终止：有异议", objected},
	"aftercare.decided deregister objected individual":  {"简易注销已终止：有异议", objected},
	"aftercare.decided deregister lapsed company":       {"简易注销已终止：逾期未申请", "“{item}”（{number}）公示期满后没有按时申请注销登记，证照的效力不变；仍要注销的，须重新公示。"},
	"aftercare.decided deregister withdrawn":            {"注销申请已撤回", "您撤回了注销“{item}”（{number}）的申请，证照的效力不变。"},
	"aftercare.decided deregister withdrawn company":    {"简易注销已撤回", simplyWithdrawn},
	"aftercare.decided deregister withdrawn individual": {"简易注销已撤回", simplyWithdrawn},
	"aftercare.decided rescind ended": {"许可已撤销",
		"您的“{item}”（{number}）已被撤销，理由、依据以及申请行政复议、提起行政诉讼的途径见决定书。"},
	"aftercare.decided recall ended": {"许可已撤回",
		"您的“{item}”（{number}）已被撤回，理由、补偿以及救济途径见决定书。"},
	"aftercare.decided deregister ended": {"证照已注销", "您的“{item}”（{number}）已注销，见注销决定书。"},
	"aftercare.decided revoke ended": {"证照已吊销",
		"您的“{item}”（{number}）已被监管部门依法吊销，详见行政处罚决定书。"},
}

const (
	answered = "颁发机关对您就“{item}”（{number}）提出的意见已作答复，理由可在“我的证照”中查看。"
	objected = "“{item}”（{number}）的简易注销有人提出异议，简易程序终止，证照的效力不变。可以依法清算后按一般程序申请注销。"
	// simplyWithdrawn is said to who withdrew.
	simplyWithdrawn = "您撤回了“{item}”（{number}）的简易注销申请，公示终止，证照的效力不变。仍要注销的，须重新公示。"
)

const procedureEnded = "颁发机关对您的“{item}”（{number}）的程序已经终结，证照的效力不变，理由可在“我的证照”中查看。"

// wordsOf is the key of the words: the topic, the procedure, how it ended, and
// which way of a deregistration it is.
func wordsOf(topic string, h aftercare.Happened) string {
	key := []string{topic, string(h.Kind)}
	if h.Outcome != "" {
		key = append(key, string(h.Outcome))
	}
	switch {
	case h.Simple != "" && h.Outcome != aftercare.Ended && h.Outcome != aftercare.NotFound:
		key = append(key, string(h.Simple))
	case h.Requested && h.Outcome == "":
		key = append(key, "requested")
	}
	return strings.Join(key, " ")
}

// tellHolder writes the message of a procedure, once per event. It goes to the
// holder and whoever acts for the holder in every matter, not to the agent of the
// application, whose mandate may be over.
func (s *Services) tellHolder(ctx context.Context, e event.Event) error {
	var h aftercare.Happened
	if err := e.Decode(&h); err != nil {
		return err
	}
	words := holderNotices[wordsOf(e.Topic, h)]
	if words.title == "" {
		words = notice{"程序已终结，证照有效", procedureEnded}
	}
	fill := strings.NewReplacer("{item}", h.Licence, "{number}", h.Number, "{until}", h.Until, "{apply}", h.ApplyBy)
	return s.put(ctx, notify.Message{ID: e.ID, RecipientID: h.ApplicantID, SubjectID: h.LicenceID, Title: words.title, Body: fill.Replace(words.body),
		Link: "/licences/" + h.LicenceID})
}

// remindHolder says that a renewal is due.
func (s *Services) remindHolder(ctx context.Context, e event.Event) error {
	var d licence.Due
	if err := e.Decode(&d); err != nil {
		return err
	}
	return s.put(ctx, notify.Message{ID: e.ID, RecipientID: d.ApplicantID, SubjectID: d.LicenceID, Title: "证照将到期，请按时申请延续",
		Body: "您的“" + d.Name + "”（" + d.Number + "）有效期至" + d.ValidTo + "。需要延续的，请在" + d.Last + "以前提出申请；按时提出、届满前没有决定的，视为准予延续。",
		Link: "/licences/" + d.LicenceID})
}

// put writes a message once.
func (s *Services) put(ctx context.Context, m notify.Message) error {
	err := s.DB.Act(ctx, func(tx *db.Tx) error {
		notify.Put(tx, m)
		return nil
	})
	if errors.Is(err, fault.Conflict("duplicate")) { // the event came again
		return nil
	}
	return err
}

// complaintNotices are the words to who complained.
var complaintNotices = map[string]notice{
	"complaint.accepted":  {"投诉已受理", "您对“{item}”的投诉（{number}）已受理，正在调查处理。"},
	"complaint.answered":  {"投诉已答复", "您对“{item}”的投诉（{number}）已答复，请查看。不满意的，可以转督查机构处理。"},
	"complaint.escalated": {"投诉已转督查机构", "您对“{item}”的投诉（{number}）已转督查机构督办。"},
}

// tellComplainant writes the message of a complaint, once per event.
func (s *Services) tellComplainant(ctx context.Context, e event.Event) error {
	var h complaint.Happened
	if err := e.Decode(&h); err != nil {
		return err
	}
	if h.FiledBy == "" { // who came with number and check code looks it up in the same way
		return nil
	}
	words := complaintNotices[e.Topic]
	return s.put(ctx, notify.Message{ID: e.ID, RecipientID: h.FiledBy, SubjectID: h.CaseID, Title: words.title,
		Body: strings.NewReplacer("{item}", h.ItemName, "{number}", h.Number).Replace(words.body), Link: "/complaints/" + h.ID})
}
