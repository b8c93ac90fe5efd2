package app

import (
	"context"
	"errors"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/party"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/jobs"
	"onewindow/internal/kit/notify"
)

// react is everything that happens after an act, on one page. A reaction runs
// at least once per event, so each of them may run again without harm.
func react(j *jobs.Jobs, s *Services, n *notify.Notifier) {
	// Papers are made, sealed and signed behind the act that issued them.
	j.OnSlow("document.issued", "document.render", s.Document.OnIssued)
	j.OnSlow("licence.issued", "licence.render", s.Licence.OnIssued)

	// What was decided is prepared for the public list, which follows what becomes
	// of it.
	for _, topic := range []string{"case.granted", "case.refused"} {
		j.On(topic, "disclosure."+topic, s.Disclosure.OnDecided)
	}
	s.reactStanding(j)

	// A case that ends before its hearing ends the hearing with it.
	for _, topic := range []string{"case.withdrawn", "case.terminated"} {
		j.On(topic, "hearing."+topic, s.Hearing.OnCaseEnded)
	}

	// The applicant is told of every step, in the portal and on the phone.
	for topic := range notices {
		j.On(topic, "notice."+topic, s.tellApplicant)
	}
	// Interested parties who are known are told too.
	j.On(interest.WordTopic, "interest.word", s.tellInterested)
	for topic := range partyNotices {
		j.On(topic, "interest."+topic, s.tellAllInterested)
	}
	// Who owns an account learns of every system that may call as it, and of its end.
	for topic := range tokenNotices {
		j.On(topic, "notice."+topic, s.tellOwner)
	}
	j.On("case.challenge_decided", "challenge.answered", s.tellChallenger)
	reactAfter(j, s)
	s.reactClocks(j)
	s.reactPromises(j)
	for name, send := range n.Reactions() {
		j.On(notify.Topic, name, send)
	}
}

// tellApplicant writes the message of a case event, once per event.
func (s *Services) tellApplicant(ctx context.Context, e event.Event) error {
	var h casework.Happened
	if err := e.Decode(&h); err != nil {
		return err
	}
	words := notices[e.Topic]
	return s.putOnce(ctx, func(tx *db.Tx) error {
		notify.Put(tx, notify.Message{ID: e.ID, RecipientID: recipient(h), SubjectID: h.CaseID, Title: words.title,
			Body: words.fill(h), Link: "/cases/" + h.CaseID})
		return nil
	})
}

// tellInterested writes what one interested party is told.
func (s *Services) tellInterested(ctx context.Context, e event.Event) error {
	var w interest.Word
	if err := e.Decode(&w); err != nil {
		return err
	}
	return s.putOnce(ctx, func(tx *db.Tx) error {
		putInterested(tx, e.ID, w, wordNotices[w.About])
		return nil
	})
}

// tellAllInterested writes what every interested party of a case who is known is
// told of its hearing.
func (s *Services) tellAllInterested(ctx context.Context, e event.Event) error {
	var h casework.Happened
	if err := e.Decode(&h); err != nil {
		return err
	}
	return s.putOnce(ctx, func(tx *db.Tx) error {
		all, err := s.Interest.Of(tx, h.CaseID)
		for _, p := range all {
			if p.PartyID != "" {
				putInterested(tx, e.ID+"."+p.ID, interest.Word{PartyID: p.PartyID, InterestedID: p.ID, CaseID: h.CaseID, ItemName: h.ItemName}, partyNotices[e.Topic])
			}
		}
		return err
	})
}

// tellChallenger tells who challenged an officer that it is decided.
func (s *Services) tellChallenger(ctx context.Context, e event.Event) error {
	var a casework.ChallengeAnswered
	if err := e.Decode(&a); err != nil {
		return err
	}
	return s.putOnce(ctx, func(tx *db.Tx) error {
		if a.PersonID == casework.ByApplicant {
			notify.Put(tx, notify.Message{ID: e.ID, RecipientID: recipient(a.Happened), SubjectID: a.CaseID, Title: challengeNotice.title,
				Body: challengeNotice.fill(a.Happened), Link: "/cases/" + a.CaseID + "/heard"})
			return nil
		}
		p, err := s.Interest.Load(tx, a.PersonID)
		if err == nil && p.PartyID != "" {
			putInterested(tx, e.ID, interest.Word{PartyID: p.PartyID, InterestedID: p.ID, CaseID: a.CaseID, ItemName: a.ItemName}, wordNotices[challengeAnswered])
		}
		return err
	})
}

// tellOwner tells who owns an account of a token.
func (s *Services) tellOwner(ctx context.Context, e event.Event) error {
	words := tokenNotices[e.Topic]
	return s.putOnce(ctx, func(tx *db.Tx) error {
		notify.Put(tx, notify.Message{ID: e.ID, RecipientID: e.SubjectID, SubjectID: e.SubjectID, Title: words.title, Body: words.body, Link: "/account"})
		return nil
	})
}

func putInterested(tx *db.Tx, id string, w interest.Word, words notice) {
	notify.Put(tx, notify.Message{ID: id, RecipientID: w.PartyID, SubjectID: w.CaseID, Title: words.title,
		Body: words.fill(casework.Happened{ItemName: w.ItemName}), Link: "/heard/" + w.InterestedID})
}

// putOnce writes messages; an event that comes again writes nothing.
func (s *Services) putOnce(ctx context.Context, fn func(*db.Tx) error) error {
	err := s.DB.Act(ctx, fn)
	if errors.Is(err, fault.Conflict("duplicate")) {
		return nil
	}
	return err
}

// recipient is the account that handles the case, or the applicant themself.
func recipient(h casework.Happened) string {
	if h.AgentID != "" {
		return h.AgentID
	}
	return h.ApplicantID
}

// addressBook finds how a party, or the person behind an account, is reached.
func (s *Services) addressBook(ctx context.Context, recipientID string) (a notify.Address, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		p, err := s.Party.Load(tx, recipientID)
		if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
			p, err = s.person(tx, recipientID)
		}
		a.Phone = p.Phone
		return err
	})
	return a, err
}

// person is the natural person behind an account; nobody when there is none.
func (s *Services) person(tx *db.Tx, accountID string) (party.Party, error) {
	ids, err := party.OfAccount(tx, accountID)
	if err != nil {
		return party.Party{}, err
	}
	for _, partyID := range ids {
		p, err := s.Party.Load(tx, partyID)
		if err != nil || p.Kind == party.Person {
			return p, err
		}
	}
	return party.Party{}, nil
}
