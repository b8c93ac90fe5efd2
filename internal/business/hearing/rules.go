package hearing

import (
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/fault"
)

// ask is the rule of a request: by who was told, within the time. It is the
// first request that counts the twenty days.
func (h *Hearing) ask(personID string, today calendar.Day, cal *calendar.Table) error {
	p := h.Person(personID)
	switch {
	case p == nil:
		return fault.Missing("hearing.person")
	case h.Kind != OnRequest || h.Status != Offered && h.Status != Asked:
		return h.notAt()
	case p.AskedOn != 0:
		return fault.Conflict("hearing.asked_twice")
	case today > p.Until:
		return fault.Refused("hearing.ask_late", lawRequest, "until", p.Until.Chinese())
	}
	p.AskedOn, p.Waived = today, 0
	if h.Status == Offered {
		h.Status, h.AskedOn, h.HoldBy, h.Days = Asked, today, HoldBy(today, cal), HoldDays+RecordDays
	}
	return nil
}

// waive is the rule of giving the right up: before the hearing is noticed; who
// has asked may take the request back. One on the body's own motion is not the
// applicant's to give up.
func (h *Hearing) waive(personID string, today calendar.Day) error {
	p := h.Person(personID)
	switch {
	case p == nil:
		return fault.Missing("hearing.person")
	case h.Kind == OnMotion:
		return fault.Refused("hearing.not_waivable", lawMotion)
	case h.Status != Offered && h.Status != Asked && h.Status != Noticed:
		return h.notAt()
	case p.Waived != 0:
		return fault.Conflict("hearing.waived_twice")
	}
	p.Waived, p.AskedOn = today, 0
	h.settle(today)
	return nil
}

// settle ends a hearing on request that nobody wants any more.
func (h *Hearing) settle(today calendar.Day) {
	if h.Kind != OnRequest || h.Status.Over() || h.Status == Recorded {
		return
	}
	wanted := slices.ContainsFunc(h.People, func(p Person) bool { return p.AskedOn != 0 })
	open := slices.ContainsFunc(h.People, func(p Person) bool { return p.Waived == 0 && p.AskedOn == 0 && p.Until >= today })
	if wanted || open {
		return
	}
	h.Ending = "lapsed"
	if !slices.ContainsFunc(h.People, func(p Person) bool { return p.Waived == 0 }) {
		h.Ending = "waived"
	}
	h.Status = Ended
}

// fixing is time, place and people of a hearing.
type fixing struct {
	at             time.Time
	place          string
	chairID, chair string
	writer         string
	closedWhy      string
	late           string
}

// fix is the rule of the notice: not sooner than seven working days from now, on
// a working day, on request not later than the twentieth day, under somebody
// who did nothing in the case.
func (h *Hearing) fix(f fixing, today calendar.Day, state flow.State, cal *calendar.Table) error {
	if h.Status != Asked && h.Status != Noticed {
		return h.notAt()
	}
	if acted(state, f.chairID) {
		return fault.Refused("hearing.chair_acted", lawPreside, "name", f.chair)
	}
	day := calendar.DayOf(f.at)
	if between(today, day, cal) < NoticeDays || !cal.Working(day) {
		return fault.Refused("hearing.too_soon", lawNotice, "earliest", Earliest(today, cal).Chinese())
	}
	if h.late(day) && strings.TrimSpace(f.late) == "" {
		return fault.Refused("hearing.too_late", lawRequest, "by", h.HoldBy.Chinese())
	}
	if h.late(day) {
		h.Late = strings.TrimSpace(f.late)
	}
	h.Status, h.HeldAt, h.Place, h.ChairID, h.Chair, h.Writer = Noticed, f.at, strings.TrimSpace(f.place), f.chairID, f.chair, strings.TrimSpace(f.writer)
	h.ClosedWhy = strings.TrimSpace(f.closedWhy)
	h.Data.Closed = h.ClosedWhy != ""
	return nil
}

// late says that a day lies after the twentieth on which a hearing on request
// must have been held. A postponement that is not the body's own doing takes
// that bound away.
func (h *Hearing) late(day calendar.Day) bool {
	if n := len(h.Moves); n > 0 && h.Moves[n-1].Why != MoveOwn {
		return false
	}
	return h.HoldBy != 0 && day > h.HoldBy
}

// acted says whether somebody completed or returned a step of the case.
func acted(state flow.State, accountID string) bool {
	return slices.ContainsFunc(state.Done, func(d flow.Done) bool { return d.Actor == accountID })
}

// challenge is the rule of asking that who presides be replaced: before it is held.
func (h *Hearing) challenge(personID, reason string, today calendar.Day) error {
	p := h.Person(personID)
	switch {
	case p == nil:
		return fault.Missing("hearing.person")
	case h.Status != Noticed:
		return h.notAt()
	case h.Challenged():
		return fault.Conflict("hearing.challenge_open")
	}
	h.Challenges = append(slices.Clone(h.Challenges), Challenge{PersonID: p.ID, Name: p.Name, Chair: h.Chair, Reason: reason, On: today})
	return nil
}

// decideChallenge is the rule of the answer: not by who is challenged; when it
// is granted, somebody else must be named before the hearing is held.
func (h *Hearing) decideChallenge(granted bool, answer, byID, by string) error {
	i := slices.IndexFunc(h.Challenges, func(c Challenge) bool { return !c.Decided })
	switch {
	case i < 0:
		return fault.Conflict("hearing.no_challenge")
	case byID == h.ChairID:
		return fault.Refused("hearing.own_challenge", lawPreside)
	}
	h.Challenges = slices.Clone(h.Challenges)
	c := &h.Challenges[i]
	c.Decided, c.Granted, c.Answer, c.By = true, granted, answer, by
	if granted {
		h.ChairID, h.Chair = "", ""
	}
	return nil
}

// postpone is the rule of a postponement: the hearing waits to be noticed anew.
func (h *Hearing) postpone(m Move) error {
	if h.Status != Noticed {
		return h.notAt()
	}
	m.From = h.HeldAt
	h.Moves = append(slices.Clone(h.Moves), m)
	h.Status, h.HeldAt, h.Announced = Asked, time.Time{}, false
	return nil
}

// recordable is the rule of the record: by who presides, not before the time,
// with no challenge undecided.
func (h *Hearing) recordable(byID string, now time.Time) error {
	switch {
	case h.Status != Noticed:
		return h.notAt()
	case h.ChairID == "" || h.Challenged():
		return fault.Refused("hearing.chair_open", lawPreside)
	case byID != h.ChairID:
		return fault.Refused("hearing.not_chair", lawPreside, "name", h.Chair)
	case now.Before(h.HeldAt):
		return fault.Refused("hearing.not_yet", lawNotice, "at", calendar.DayOf(h.HeldAt).Chinese())
	}
	return nil
}

// sign is the rule of the record laid before somebody: once, with a note where
// it is not plainly signed.
func (h *Hearing) sign(personID string, s Sign) error {
	p := h.Person(personID)
	switch {
	case p == nil:
		return fault.Missing("hearing.person")
	case h.Status != Recorded:
		return h.notAt()
	case p.Sign != nil:
		return fault.Conflict("hearing.signed_twice")
	case p.Absent:
		return fault.Conflict("hearing.was_absent")
	case s.How != Signed && strings.TrimSpace(s.Note) == "":
		f := fault.Invalid("form.invalid", fault.At("note", "text.required"))
		f.Law = lawRecord
		return f
	}
	p.Sign = &s
	return nil
}

// close is the rule of the end: everybody who was there has the record signed,
// or it says why not.
func (h *Hearing) close(byID string) error {
	if h.Status != Recorded {
		return h.notAt()
	}
	if byID != h.ChairID {
		return fault.Refused("hearing.not_chair", lawPreside, "name", h.Chair)
	}
	for _, p := range h.People {
		if !p.Absent && p.Sign == nil {
			return fault.Refused("hearing.unsigned", lawRecord, "name", p.Name)
		}
	}
	h.Status = Closed
	return nil
}
