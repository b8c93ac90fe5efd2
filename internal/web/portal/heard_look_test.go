package portal

import (
	"testing"
	"time"

	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/web/officetest"
)

// Where the applicant is heard, and what the public reads, in a browser.
func TestHearingPagesInABrowser(t *testing.T) {
	s := newSite(t)
	c, _ := hearingCase(t, s)
	s.Walk(s.Submit(s.Food()), flow.Issue)
	var events []event.Event
	if err := s.DB.Read(bg, func(tx *db.Tx) (err error) { events, err = event.Waiting(tx, 5000); return err }); err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Topic == "case.granted" {
			if err := s.Disclosure.OnDecided(bg, e); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, at := s.Browser("lina")
	officetest.Look(t, b, at+"/cases/"+c.ID+"/heard", "portal-heard")
	officetest.Look(t, b, at+"/cases/"+c.ID+"/law", "portal-law")
	officetest.Look(t, b, at+"/interest", "portal-interest")
	officetest.Look(t, b, at+"/hearings", "portal-hearings")
	s.Clock.Set(s.Clock.Now().Add(20 * 24 * time.Hour))
	if _, err := s.Disclosure.Publish(bg); err != nil {
		t.Fatal(err)
	}
	b, at = s.Browser("lina")
	officetest.Look(t, b, at+"/decisions", "portal-decisions")
}
