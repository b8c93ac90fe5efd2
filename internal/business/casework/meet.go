package casework

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// HoldMeeting (联审会议) puts the minutes of a joint review meeting on record and
// completes its step.
type HoldMeeting struct {
	Seen
	Minutes
	Outcome string // flow.Support or flow.Oppose
}

// Minutes (会议纪要) are what was said at a joint review meeting. They stand in the
// case's history and in a numbered document (LSJY) that the bodies with a part in
// the case read.
type Minutes struct {
	On        calendar.Day `json:"on"`
	Place     string       `json:"place"`
	Chair     string       `json:"chair"`
	Attendees []Attendee   `json:"attendees"`
	Text      string       `json:"text"`
}

// Attendee is one body at the meeting with what it said.
type Attendee struct {
	BodyID  string `json:"body_id"`
	Body    string `json:"body"` // name, filled in by the act
	Person  string `json:"person"`
	Stance  string `json:"stance"` // flow.Support or flow.Oppose
	Opinion string `json:"opinion,omitempty"`
}

const (
	mostAttendees = 20
	mostShort     = 60 // characters of a place or a name
)

// HoldMeeting binds: while its conclusion is to oppose, the case is not granted;
// who wants it otherwise sends the case back and meets again.
func (s *Service) HoldMeeting(ctx context.Context, who staff.Actor, in HoldMeeting) error {
	return s.actAt(ctx, who, in.Seen, Spot{}, flow.Meet, func(t *Turn, step flow.Step) error {
		if err := t.Case.underWay(); err != nil {
			return err
		}
		if err := in.check(t); err != nil {
			return err
		}
		if err := in.names(t); err != nil {
			return err
		}
		if err := t.complete(step, in.Outcome); err != nil {
			return err
		}
		docID, err := t.Issue(document.LSJY, document.Facts{Meeting: in.meeting(step)})
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.met", Step: step.Key, Outcome: in.Outcome, Text: strings.TrimSpace(in.Text), Data: in.Minutes, DocumentID: docID})
		return nil
	})
}

// meeting is the minutes as their document states them.
func (in *HoldMeeting) meeting(step flow.Step) *document.Meeting {
	outcome, _ := step.Outcome(in.Outcome)
	m := &document.Meeting{On: &in.On, Place: strings.TrimSpace(in.Place), Chair: strings.TrimSpace(in.Chair),
		Text: strings.TrimSpace(in.Text), Outcome: outcome.Name}
	for _, a := range in.Attendees {
		stance := "同意"
		if a.Stance == flow.Oppose {
			stance = "不同意"
		}
		m.Attendees = append(m.Attendees, document.Voice{Body: a.Body, Person: a.Person, Stance: stance, Opinion: strings.TrimSpace(a.Opinion)})
	}
	return m
}

// check wants the day, place and chair, every body that has a part in the case,
// and what each said. Support over a body that opposes needs no more than the
// minutes, where the reason stands.
func (in *HoldMeeting) check(t *Turn) error {
	var wrong []fault.Field
	add := func(at, code string, kv ...string) { wrong = append(wrong, fault.At(at, code, kv...)) }
	if in.On == 0 || in.On > t.Today() || in.On < calendar.DayOf(t.Case.ReceivedAt) {
		add("on", "meeting.day")
	}
	for name, s := range map[string]string{"place": in.Place, "chair": in.Chair} {
		if n := len([]rune(strings.TrimSpace(s))); n == 0 || n > mostShort {
			add(name, "meeting.short", "max", strconv.Itoa(mostShort))
		}
	}
	if n := len([]rune(strings.TrimSpace(in.Text))); n == 0 || n > mostOpinion {
		add("text", "meeting.text", "max", strconv.Itoa(mostOpinion))
	}
	if len(in.Attendees) > mostAttendees {
		add("attendees", "meeting.attendees", "max", strconv.Itoa(mostAttendees))
	}
	for i, a := range in.Attendees {
		if strings.TrimSpace(a.Person) == "" || a.Stance != flow.Support && a.Stance != flow.Oppose {
			add("attendee."+strconv.Itoa(i), "meeting.attendee")
		}
	}
	for _, body := range in.absent(t.Case) {
		add("attendees", "meeting.absent", "body", t.s.nameOf(t, body))
	}
	if len(wrong) > 0 {
		slices.SortFunc(wrong, func(a, b fault.Field) int { return strings.Compare(a.Name, b.Name) })
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

// absent are the bodies with a part in the case that nobody came from.
func (in *HoldMeeting) absent(c *Case) (out []string) {
	for _, body := range append([]string{c.BodyID}, c.Flow.Bodies()...) {
		if !slices.ContainsFunc(in.Attendees, func(a Attendee) bool { return a.BodyID == body }) {
			out = append(out, body)
		}
	}
	return out
}

// names fills in what the bodies are called today.
func (in *HoldMeeting) names(t *Turn) error {
	in.Attendees = slices.Clone(in.Attendees)
	for i, a := range in.Attendees {
		b, err := org.LoadBody(t.Tx, a.BodyID)
		if err != nil {
			return fault.Invalid("form.invalid", fault.At("attendees", "meeting.body"))
		}
		in.Attendees[i].Body, in.Attendees[i].Person = b.Name, strings.TrimSpace(a.Person)
	}
	return nil
}

// nameOf is what a body is called; its id when it is gone.
func (s *Service) nameOf(t *Turn, bodyID string) string {
	b, err := s.bodies.load(t.Tx, bodyID)
	if err != nil {
		return bodyID
	}
	return b.Name
}
