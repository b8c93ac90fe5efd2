package app

import (
	"context"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/licence"
	"onewindow/internal/kit/db"
)

// afterwards is what people do about cases beside their steps: they complain,
// ask for a review, change what they hold, are invited to a hearing.
func (h *history) afterwards(ctx context.Context, today, last calendar.Day) error {
	for _, do := range []func(context.Context, calendar.Day) error{h.complain, h.contest, h.change} {
		if err := lawful(do(ctx, today)); err != nil {
			return err
		}
	}
	if err := h.renew(ctx, today); err != nil {
		return err
	}
	if err := lawful(h.hearOut(ctx, today, last)); err != nil {
		return err
	}
	if h.hearing == "" && today >= last.AddDays(-7) { // so that it lies ahead when the story ends
		return lawful(h.hear(ctx, today))
	}
	return lawful(h.invite(ctx, today))
}

// complain files a complaint about a case under way every other week, and lets
// the hall take it up and answer it.
func (h *history) complain(ctx context.Context, today calendar.Day) error {
	hall := h.actors["hall"]
	open, err := h.Complaint.List(ctx, hall, true, "", 1)
	if err != nil {
		return err
	}
	if len(open) > 0 {
		x := open[0]
		if x.Status == complaint.Filed {
			return h.Complaint.Accept(ctx, hall, complaint.Seen{ID: x.ID})
		}
		if calendar.DayOf(x.AcceptedAt)+3 > today {
			return nil
		}
		return h.Complaint.Reply(ctx, hall, complaint.Reply{Seen: complaint.Seen{ID: x.ID}, Upheld: true,
			Text: "经查，窗口告知不够清楚，已向您说明并改进了告知单。"})
	}
	caseID, err := h.one(ctx, `select id from cases where status = 'handling' and agent_id <> '' order by id limit 1`)
	if err != nil || caseID == "" || h.complained+10 > today {
		return err
	}
	h.complained = today
	c, err := h.caseOf(ctx, caseID)
	if err != nil {
		return err
	}
	_, err = h.Complaint.File(ctx, h.applicantOf(c), complaint.File{CaseID: caseID, Kind: complaint.Attitude, Text: "咨询时窗口没有说清楚需要哪些材料，跑了两趟。"})
	return err
}

// contest takes the first refusal to a review, which annuls it: the case is
// decided anew. Later ones are still under way when the story ends.
func (h *history) contest(ctx context.Context, today calendar.Day) error {
	who := h.actors["decider"]
	all, err := h.Complaint.AllAppeals(ctx, who, true, "", 1)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		caseID, err := h.one(ctx, `select id from cases where status in ('refused', 'concluded') and granted = 0 and decided_at <> '' and body_id = 'dz-spj'
			and id not in (select case_id from appeal) order by decided_at, id limit 1`)
		if err != nil || caseID == "" {
			return err
		}
		_, err = h.Complaint.Record(ctx, who, complaint.Record{Seen: casework.Seen{CaseID: caseID}, Kind: complaint.Review, Against: complaint.OfDecision,
			Organ: "定州市人民政府", Reference: "定政复〔2026〕" + today.String()[5:7] + "号", Asked: "撤销不予许可决定，责令重新作出决定", FiledOn: today.String(), ReceivedOn: today.String()})
		return err
	}
	a := all[0]
	switch {
	case a.AnsweredOn == 0 && today >= a.ReceivedOn+3:
		return h.Complaint.AnswerAppeal(ctx, who, complaint.AnswerAppeal{Seen: complaint.Seen{ID: a.ID}, On: today.String()})
	case a.AnsweredOn != 0 && today >= a.ReceivedOn+10:
		in := complaint.Conclude{Seen: complaint.Seen{ID: a.ID}, Result: complaint.Upheld, On: today.String()}
		if !h.annulled {
			in.Result, in.Redo, in.ActBy, in.Note = complaint.Annulled, true, (today + 45).String(), "认定事实不清，责令重新作出决定。"
		}
		redo, err := h.Complaint.Conclude(ctx, who, in)
		if err == nil && redo != "" {
			h.annulled, h.open = true, append(h.open, redo)
		}
		return err
	}
	return nil
}

// change lets a holder apply once for a change of what was issued.
func (h *history) change(ctx context.Context, today calendar.Day) error {
	licenceID, err := h.one(ctx, `select id from licence where status = 'valid' and agent_id <> '' and name like '食品经营%' and issued_at > $1
		order by id limit 1`, db.Stamp(h.today.AddDays(-historyDays).Time()))
	if err != nil || licenceID == "" || h.changed != 0 {
		return err
	}
	agent, err := h.one(ctx, `select agent_id from licence where id = $1`, licenceID)
	if err != nil {
		return err
	}
	for _, who := range h.actors {
		if who.AccountID != agent {
			continue
		}
		draftID, err := h.Licence.Apply(ctx, who, licence.Apply{LicenceID: licenceID, Purpose: casework.PurposeChange})
		if err != nil {
			return err
		}
		caseID, err := h.complete(ctx, who, draftID, func(v form.Values) { v["premises.address"] += "二层" })
		if err == nil {
			h.changed, h.open = today, append(h.open, caseID)
		}
		return err
	}
	return nil
}

// hear orders a hearing for one case that is being examined.
func (h *history) hear(ctx context.Context, today calendar.Day) error {
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
		err = h.Hearing.Order(ctx, h.actors["handler"], hearing.Order{Seen: casework.Seen{CaseID: caseID}, Days: 25, Reason: "涉及公共利益，周边居民意见较大"})
		if err == nil {
			h.hearing = caseID
		}
		return err
	}
	return nil
}

// invite sends the notice of the hearing that was ordered.
func (h *history) invite(ctx context.Context, today calendar.Day) error {
	if h.hearing == "" || h.invited {
		return nil
	}
	h.invited = true
	held := h.cal.AddWorking(today, 10).Time().Add(9*time.Hour + 30*time.Minute)
	return h.Hearing.Notify(ctx, h.actors["handler"], hearing.Notify{Seen: casework.Seen{CaseID: h.hearing}, At: held, Place: "政务服务中心三楼听证室",
		ChairLogin: "host", Writer: "姚慧"})
}

// one is a single text of the store; "" for none.
func (h *history) one(ctx context.Context, query string, args ...any) (out string, err error) {
	err = h.DB.Read(ctx, func(tx *db.Tx) error {
		all, err := db.List(tx, func(r db.Scanner) (s string, err error) { return s, r.Scan(&s) }, query, args...)
		if len(all) > 0 {
			out = all[0]
		}
		return err
	})
	return out, err
}

func (h *history) caseOf(ctx context.Context, caseID string) (c *casework.Case, err error) {
	err = h.DB.Read(ctx, func(tx *db.Tx) (err error) { c, err = casework.ByID(tx, caseID); return err })
	return c, err
}

// tale is what the story remembers of what people do beside the steps.
type tale struct {
	complained, changed calendar.Day
	annulled, invited   bool
	renewing            []*renewing
	hearing             string
	hearsay
}
