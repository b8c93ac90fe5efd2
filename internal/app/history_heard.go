package app

import (
	"context"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
)

// hearsay is what the story remembers of the case in which a neighbour was heard and
// a hearing held.
type hearsay struct {
	heardCase string
	neighbour string    // the interested party
	heldAt    time.Time // of the hearing; zero before its notice
	heardOut  bool      // the record is closed
}

// hearOut lets a neighbour be told and heard and a hearing be held in one case early
// in the story, each act on a day of its own; the decision rests on the record.
func (h *history) hearOut(ctx context.Context, today, last calendar.Day) error {
	switch {
	case h.heardOut:
		return nil
	case h.heardCase == "" && today >= last.AddDays(-38):
		return h.tellNeighbour(ctx)
	case h.heardCase == "":
		return nil
	case h.heldAt.IsZero():
		return h.callHearing(ctx, today)
	case today >= calendar.DayOf(h.heldAt):
		return h.hold(ctx)
	}
	return nil
}

// tellNeighbour names somebody whom nobody knows by a code; they speak by the number
// and code of their letter, and are answered.
func (h *history) tellNeighbour(ctx context.Context) error {
	for _, caseID := range h.open {
		c, err := h.caseOf(ctx, caseID)
		if err != nil {
			return err
		}
		impl, err := h.Catalog.ByID(ctx, c.ImplementationID)
		if err != nil {
			return err
		}
		if _, waits := c.Open(impl.Flow, flow.Examine); !waits || c.Status != casework.StatusHandling || c.BodyID != "dz-spj" || impl.Registration {
			continue
		}
		who := h.actors["handler"]
		if h.neighbour, err = h.Interest.Register(ctx, who, interest.Register{Seen: casework.Seen{CaseID: caseID}, Name: "赵邻（示例）", Address: "河北省定州市南城区街道示例路3号",
			Phone: "13900000009", Interest: "住在申请地址楼上，受噪声和油烟影响", Via: interest.ByHand, Days: interest.LeastDays}); err != nil {
			return err
		}
		h.heardCase = caseID
		all, err := h.Interest.ByCase(ctx, who, caseID)
		if err != nil {
			return err
		}
		for _, p := range all {
			if p.ID != h.neighbour {
				continue
			}
			at, err := h.Interest.ByCode(ctx, p.Number, h.Interest.Code(p))
			if err != nil {
				return err
			}
			if err := h.Interest.SpeakAs(ctx, at, "请要求安装净化、隔音设施，并限制夜间营业时间。"); err != nil {
				return err
			}
		}
		return h.Interest.Answer(ctx, who, interest.Answer{Seen: casework.Seen{CaseID: caseID}, PartyID: h.neighbour, Adopted: true, Text: "采纳，在现场核查时一并查看，并作为准予的条件。"})
	}
	return nil
}

// callHearing orders the hearing and sends its notice, as early as the law lets it.
func (h *history) callHearing(ctx context.Context, today calendar.Day) error {
	who, seen := h.actors["handler"], casework.Seen{CaseID: h.heardCase}
	if err := h.Hearing.Order(ctx, who, hearing.Order{Seen: seen, Days: 20, Reason: "涉及公共利益，周边居民意见较大"}); err != nil {
		return err
	}
	at := hearing.Earliest(today, h.cal).Time().Add(9*time.Hour + 5*time.Minute)
	err := h.Hearing.Notify(ctx, who, hearing.Notify{Seen: seen, At: at, Place: "政务服务中心三楼听证室", ChairLogin: "host", Writer: "姚慧"})
	if err == nil {
		h.heldAt = at
	}
	return err
}

// hold makes the record, has it signed and closes the hearing, once its time has come.
func (h *history) hold(ctx context.Context) error {
	if h.clock.Now().Before(h.heldAt) {
		h.clock.Set(h.heldAt)
	}
	host, seen := h.actors["host"], casework.Seen{CaseID: h.heardCase}
	all, err := h.Hearing.ByCase(ctx, h.actors["handler"], h.heardCase)
	if err != nil || len(all) == 0 {
		return err
	}
	said, people := map[string]string{}, all[len(all)-1].People
	for _, p := range people {
		said[p.ID] = "同意审查意见，没有异议。"
		if p.ID == h.neighbour {
			said[p.ID] = "要求落实净化、隔音措施，夜间十点后不营业。"
		}
	}
	h.clock.Advance(40 * time.Minute)
	if err := h.Hearing.Record(ctx, host, hearing.Record{Seen: seen, Examiner: "李强", Evidence: "材料齐全，现场照片和布局图表明场所符合条件，申请人承诺安装净化、隔音设施。", Said: said}); err != nil {
		return err
	}
	for _, p := range people {
		if err := h.Hearing.EnterConfirm(ctx, host, hearing.Confirm{Seen: seen, PersonID: p.ID, How: hearing.Signed}); err != nil {
			return err
		}
	}
	h.heardOut = true
	return h.Hearing.Close(ctx, host, hearing.Close{Seen: seen})
}

// decide grants most cases; after a hearing the decision cites its record.
func (h *history) decide(ctx context.Context, who staff.Actor, seen casework.Seen) error {
	in := casework.Decide{Seen: seen, Grant: h.chance.IntN(100) >= 7, Opinion: "同意。",
		Late: "同期申请集中，审查排队时间较长"}
	if !in.Grant {
		in.Opinion = "不符合规定条件。"
		in.Reasons = "经审查，申请人的场所布局不符合规定的条件，无法通过整改达到要求"
		in.Basis = "《中华人民共和国行政许可法》第三十八条第二款"
	}
	c, err := h.caseOf(ctx, seen.CaseID)
	if err != nil {
		return err
	}
	for _, x := range c.Course.Holds {
		if x.Cite == "" {
			continue
		}
		if in.Grant && in.Basis == "" {
			in.Basis = "《中华人民共和国行政许可法》第三十八条第一款"
		}
		in.Basis += "\n听证笔录" + x.Cite // what was heard is what is decided by
	}
	return h.Casework.Decide(ctx, who, in)
}
