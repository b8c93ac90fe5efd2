package hearing_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

var ctx = context.Background()

// city is a world with the nouns of hearing people.
type city struct {
	*casetest.World
	interest *interest.Service
	hearing  *hearing.Service
	docs     *document.Service
}

func open(w *casetest.World) city {
	i := interest.New(w.DB, w.Casework, w.Party, w.Keys, "http://127.0.0.1:8080")
	return city{w, i, hearing.New(w.DB, w.Casework, i), document.New(w.DB, document.Options{Blobs: w.Blobs, Authority: w.Sign})}
}

// seen is the case as it stands.
func (c city) seen(caseID string) casework.Seen { return casetest.Seen(c.Case(caseID)) }

func (c city) must(err error) {
	c.T.Helper()
	if err != nil {
		c.T.Fatal(err)
	}
}

// want checks which rule refused.
func (c city) want(err error, code, law string) {
	c.T.Helper()
	f := fault.Of(err)
	if f == nil || f.Code != code || f.Law != law {
		c.T.Errorf("got %v (%s), want %s by %s", err, lawOf(f), code, law)
	}
}

func lawOf(f *fault.Fault) string {
	if f == nil {
		return ""
	}
	return f.Law
}

// examined is a case at the decision.
func (c city) examined(matter string) *casework.Case {
	return c.Walk(c.Submit(c.Matter(matter)), flow.Decide)
}

func (c city) grant(caseID, basis string) error {
	return c.Casework.Decide(ctx, c.Actor("decider"), casework.Decide{Seen: c.seen(caseID), Grant: true, Opinion: "同意。", Basis: basis})
}

func (c city) open(caseID string) *hearing.Hearing {
	c.T.Helper()
	all, err := c.hearing.ByCase(ctx, c.Actor("handler"), caseID)
	c.must(err)
	return all[len(all)-1]
}

// working moves the clock so many working days on, to nine in the morning.
func (c city) working(n int) {
	day := calendar.Builtin().AddWorking(calendar.DayOf(c.Clock.Now()), n)
	c.Clock.Set(day.Time().Add(9 * time.Hour))
}

// kinds are the documents of a case in their order.
func (c city) kinds(caseID string) string {
	list, err := c.docs.ByCase(ctx, c.Actor("decider"), caseID)
	c.must(err)
	var out []string
	for _, d := range list {
		out = append(out, string(d.Kind))
	}
	return strings.Join(out, " ")
}

func (c city) notify(caseID string, day calendar.Day) error {
	return c.hearing.Notify(ctx, c.Actor("handler2"), hearing.Notify{Seen: c.seen(caseID), At: day.Time().Add(9*time.Hour + 30*time.Minute),
		Place: "政务服务大厅三楼听证室", ChairLogin: "host", Writer: "王敏"})
}

// A neighbour is told and heard; the applicant asks for a hearing; it is held,
// recorded, signed; the clock stood; the decision cites the record.
func TestAHearingOnRequest(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := open(w)
		id := c.examined("食品经营许可").ID
		due := c.Case(id).StatutoryDue
		handler, lina, host := c.Actor("handler2"), c.Actor("lina"), c.Actor("host")
		partyID, err := c.interest.Register(ctx, handler, interest.Register{Seen: c.seen(id), Name: "赵邻", Phone: "13800000000",
			Interest: "住在申请地址隔壁，受油烟影响", Via: interest.ByHand, Days: 5})
		c.must(err)
		c.want(c.grant(id, ""), "interest.period", "行政许可法第三十六条")
		c.must(c.hearing.Offer(ctx, handler, hearing.Offer{Seen: c.seen(id)}))
		c.must(c.hearing.Want(ctx, lina, hearing.Want{Seen: c.seen(id)}))
		h := c.open(id)
		if h.Status != hearing.Asked || len(h.People) != 2 || !c.Case(id).Course.Paused() || c.Case(id).StatutoryDue <= due {
			t.Fatalf("%+v due %s, was %s", h, c.Case(id).StatutoryDue, due)
		}
		// The neighbour speaks by number and code, and is answered.
		parties, err := c.interest.ByCase(ctx, handler, id)
		c.must(err)
		number, code := parties[0].Number, c.interest.Code(parties[0])
		_, err = c.interest.ByCode(ctx, number, "WRONG1")
		c.want(err, "interest.not_found", "")
		neighbour, err := c.interest.ByCode(ctx, number, code)
		c.must(err)
		c.must(c.interest.SpeakAs(ctx, neighbour, "请要求安装油烟净化设施。"))
		c.want(c.interest.SpeakAs(ctx, neighbour, "再说一次"), "interest.stated", "")
		c.must(c.interest.Answer(ctx, handler, interest.Answer{Seen: c.seen(id), PartyID: partyID, Adopted: true, Text: "采纳，作为准予的条件。"}))
		c.want(c.notify(id, calendar.DayOf(c.Clock.Now()).AddDays(3)), "hearing.too_soon", "行政许可法第四十八条第一款第（一）项")
		w.Kept(id, "hearing.too_soon")
		held := hearing.Earliest(calendar.DayOf(c.Clock.Now()), calendar.Builtin())
		c.must(c.notify(id, held))
		c.must(c.hearing.ObjectAs(ctx, neighbour, "主持人与申请人是同学"))
		c.must(c.hearing.DecideObject(ctx, c.Actor("decider"), hearing.DecideObject{Seen: c.seen(id), Grant: false, Answer: "不属于直接利害关系。"}))
		// The time of the parties passes; the applicant never spoke.
		c.Clock.Set(held.Time().Add(10 * time.Hour))
		n, err := c.interest.Lapse(ctx)
		c.must(err)
		if n != 1 {
			t.Errorf("%d parties lapsed, want the applicant alone", n)
		}
		c.want(c.grant(id, ""), "hearing.open", "行政许可法第四十八条第二款")
		c.must(c.hearing.Record(ctx, host, hearing.Record{Seen: c.seen(id), Examiner: "李强", Evidence: "材料齐全，现场符合条件。",
			Said: map[string]string{"applicant": "已装净化设施。"}, Absent: map[string]bool{partyID: true}}))
		c.want(c.hearing.Close(ctx, host, hearing.Close{Seen: c.seen(id)}), "hearing.unsigned", "行政许可法第四十八条第一款第（五）项")
		w.Kept(id, "hearing.unsigned")
		c.must(c.hearing.Confirm(ctx, lina, hearing.Confirm{Seen: c.seen(id), How: hearing.Signed}))
		c.must(c.hearing.Close(ctx, host, hearing.Close{Seen: c.seen(id)}))
		c.want(c.grant(id, ""), "hearing.record_uncited", "行政许可法第四十八条第二款")
		c.must(c.grant(id, "行政许可法第三十八条第一款\n听证笔录"+c.record(id)))
		if got := c.kinds(id); !strings.Contains(got, "LHGZ") || strings.Count(got, "TZGZ") != 2 || strings.Count(got, "TZTZ") != 2 ||
			strings.Count(got, "TBCX") != 1 || strings.Count(got, "TZBL") != 1 || strings.Count(got, "TBJS") != 1 {
			t.Errorf("documents: %s", got)
		}
		// The applicant does not read letters that name the neighbour.
		mine, err := c.docs.ByCase(ctx, lina, id)
		c.must(err)
		for _, d := range mine {
			if d.Facts.Addressee != "" || d.Kind == document.LHGZ {
				t.Errorf("the applicant reads %s to %s", d.Kind, d.Facts.Addressee)
			}
		}
	})
}

// record is the number of the record of the newest hearing.
func (c city) record(caseID string) (number string) {
	c.must(c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		number, err = document.NumberOf(tx, c.open(caseID).RecordID)
		return err
	}))
	return number
}

// 娱乐场所管理条例第十条: no decision without a hearing, which is announced and
// cannot be given up.
func TestAMandatoryHearing(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := open(w)
		id := c.examined("娱乐").ID
		c.want(c.grant(id, ""), "decide.procedure_lacking", "娱乐场所管理条例第十条、行政许可法第四十五条")
		c.want(c.hearing.Order(ctx, c.Actor("handler2"), hearing.Order{Seen: c.seen(id), Days: 5, Reason: "法定"}), "form.invalid", "行政许可法第四十五条")
		c.must(c.hearing.Order(ctx, c.Actor("handler2"), hearing.Order{Seen: c.seen(id), Days: 20, Reason: "条例规定应当听证"}))
		c.want(c.hearing.Want(ctx, c.Actor("lina"), hearing.Want{Seen: c.seen(id), Give: true}), "hearing.not_waivable", "行政许可法第四十六条")
		w.Kept(id, "hearing.not_waivable")
		held := hearing.Earliest(calendar.DayOf(c.Clock.Now()), calendar.Builtin())
		c.must(c.notify(id, held))
		all, err := c.hearing.Announced(ctx, "", 10)
		c.must(err)
		if len(all) != 1 || all[0].CaseID != id {
			t.Fatalf("announced: %+v", all)
		}
		if _, err := c.hearing.Announcement(ctx, all[0].ID); err != nil {
			t.Error(err)
		}
		// Who presides does not review: the case's own acts are closed to them.
		c.want(c.Casework.Advance(ctx, c.Actor("host"), casework.Advance{Seen: c.seen(id), Act: flow.Review}), "permission", "")
		c.Clock.Set(held.Time().Add(10 * time.Hour))
		c.must(c.hearing.Record(ctx, c.Actor("host"), hearing.Record{Seen: c.seen(id), Examiner: "李强", Evidence: "选址符合条例第七条。", Said: map[string]string{"applicant": "无异议。"}}))
		c.must(c.hearing.EnterConfirm(ctx, c.Actor("host"), hearing.Confirm{Seen: c.seen(id), PersonID: "applicant", How: hearing.Refused, Note: "申请人离场，未签字"}))
		c.must(c.hearing.Close(ctx, c.Actor("host"), hearing.Close{Seen: c.seen(id)}))
		if f, found := c.Case(id).Course.Found("hearing"); !found || f.Outcome != "held" {
			t.Errorf("no finding: %+v", f)
		}
		if all, _ := c.hearing.Announced(ctx, "", 10); len(all) != 0 {
			t.Error("a hearing that was held is still announced")
		}
	})
}

// Nobody asks in time: the decision waits for the fifth day and no longer, and
// the clock never stood.
func TestAnOfferThatNobodyTakes(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := open(w)
		id := c.examined("食品经营许可").ID
		due := c.Case(id).StatutoryDue
		c.must(c.hearing.Offer(ctx, c.Actor("handler2"), hearing.Offer{Seen: c.seen(id)}))
		c.want(c.hearing.Offer(ctx, c.Actor("handler2"), hearing.Offer{Seen: c.seen(id)}), "hearing.all_told", "")
		c.working(5)
		if n, err := c.hearing.Lapse(ctx); err != nil || n != 0 {
			t.Errorf("lapsed on the fifth day: %d %v", n, err)
		}
		c.want(c.grant(id, ""), "hearing.offer_open", "行政许可法第四十七条第一款")
		c.working(1)
		if n, err := c.hearing.Lapse(ctx); err != nil || n != 1 {
			t.Errorf("not lapsed on the sixth: %d %v", n, err)
		}
		c.must(c.grant(id, ""))
		if got := c.Case(id); got.StatutoryDue != due || len(got.Course.Pauses) != 0 {
			t.Errorf("the clock stood: %s, was %s", got.StatutoryDue, due)
		}
	})
}

// The request is taken back: the clock runs on, and what stood is told.
func TestARequestTakenBack(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := open(w)
		id := c.examined("食品经营许可").ID
		c.must(c.hearing.Offer(ctx, c.Actor("handler2"), hearing.Offer{Seen: c.seen(id)}))
		c.must(c.hearing.Want(ctx, c.Actor("lina"), hearing.Want{Seen: c.seen(id)}))
		c.working(1)
		c.must(c.hearing.Want(ctx, c.Actor("lina"), hearing.Want{Seen: c.seen(id), Give: true}))
		got := c.Case(id)
		if h := c.open(id); h.Status != hearing.Ended || got.Course.Paused() || len(got.Course.Holds) != 0 {
			t.Errorf("%s %+v", h.Status, got.Course)
		}
		if !strings.HasSuffix(c.kinds(id), "TBCX TBJS") {
			t.Error(c.kinds(id))
		}
		c.must(c.grant(id, ""))
	})
}

// Two hearings never run in one case, and a case that is withdrawn ends its own.
func TestOneHearingAtATime(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := open(w)
		id := c.examined("食品经营许可").ID
		c.must(c.hearing.Offer(ctx, c.Actor("handler2"), hearing.Offer{Seen: c.seen(id)}))
		err := c.hearing.Order(ctx, c.Actor("handler2"), hearing.Order{Seen: c.seen(id), Days: 20, Reason: "公共利益"})
		c.want(err, "hearing.under_way", "")
	})
}

// Another department's officer does not learn that there is a hearing.
func TestOfOthersNothingIsKnown(t *testing.T) {
	c := open(casetest.SQLite(t))
	id := c.examined("食品经营许可").ID
	c.must(c.hearing.Offer(ctx, c.Actor("handler2"), hearing.Offer{Seen: c.seen(id)}))
	other := c.Actor("zj-handler")
	_, err := c.hearing.ByCase(ctx, other, id)
	c.want(err, "case.missing", "")
	_, err = c.interest.ByCase(ctx, other, id)
	c.want(err, "case.missing", "")
	c.want(c.hearing.Offer(ctx, other, hearing.Offer{Seen: casework.Seen{CaseID: id}}), "case.missing", "")
	c.want(c.hearing.Want(ctx, c.Actor("handler"), hearing.Want{Seen: c.seen(id)}), "permission", "")
}
