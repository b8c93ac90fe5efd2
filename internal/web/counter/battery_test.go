package counter

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
)

func TestBattery(t *testing.T) {
	s := site(t)
	c, path := submitted(s)
	partyID, draft := windowDraft(s)
	d, err := s.Casework.Dossier(context.Background(), s.Actor("clerk"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	file := ""
	for _, g := range d.Materials {
		for _, f := range g.Files {
			file = f.ID
		}
	}
	act := func(key string) string { return Base + "/cases/{id}/" + key }
	officetest.Battery{
		Site:      s,
		Login:     []string{"clerk", "deliverer"},
		Elsewhere: []string{"town", "zj-handler", "yb-clerk"},
		Fill: map[string]string{"/cases/{id}": strings.TrimPrefix(path, Base), "/drafts/{id}": strings.TrimPrefix(draft, Base), "{party}": partyID,
			"{impl}": s.Food().ID, "{licence}": "none", "{file}": file, "{document}": strings.TrimPrefix(newest(s, c.ID), Base+"/documents/")},
		Stale: []string{act("accept"), act("supplement/preview"), act("correct"), act("not-required"), act("not-competent"), act("withdraw")},
	}.Run(t)
	if now := s.Case(c.ID); now.Version != c.Version {
		t.Errorf("the trials changed the case: %+v", now)
	}
	if s.Walk(c, flow.Deliver).Status == "" {
		t.Error("the case cannot go on")
	}
}
