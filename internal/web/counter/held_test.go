package counter

import (
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/web/officetest"
)

// Who stands at the window changes what they hold: the application begins with
// what is known, in the name of the holder, and nobody else's licence is offered.
func TestAboutALicenceAtTheWindow(t *testing.T) {
	s := site(t)
	c := s.Walk(s.Submit(s.Food()), flow.Issue)
	id, err := s.Licences.Issue(t.Context(), s.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)})
	if err != nil {
		t.Fatal(err)
	}
	clerk := s.As("clerk")
	to := officetest.Location(t, clerk.Post(Base+"/new", url.Values{"kind": {"company"}, "uscc": {uscc}}))
	p := clerk.Get(to).Want(200, `form[action$="/`+id+`"] button[value=change]`)
	if p.Has(`button[value=renew]`) {
		t.Error("a renewal is offered years too early")
	}
	at := p.Find(`form[action$="/`+id+`"]`).AttrOr("action", "")
	draft := officetest.Location(t, clerk.Post(at, url.Values{"purpose": {"change"}}))
	got := clerk.Get(draft).Want(200)
	d, _, err := s.Casework.Draft(t.Context(), s.Actor("clerk"), strings.TrimPrefix(draft, Base+"/drafts/"))
	if err != nil || d.LicenceID != id || d.ApplicantID != c.ApplicantID || d.Channel != "window" || d.Values["premises.address"] == "" {
		t.Errorf("%+v %v %s", d, err, got.Text("main"))
	}
	clerk.Post(at, url.Values{"purpose": {"renew"}}).Want(422, "[role=alert]")
	other := s.Actor("wangxiaoming").PartyIDs[0]
	clerk.Post(Base+"/held/"+other+"/"+id, url.Values{"purpose": {"change"}}).Want(404)
	s.As("lina").Post(at, url.Values{"purpose": {"change"}}).Want(403)
}

func TestHeldLicencesInABrowser(t *testing.T) {
	s := site(t)
	c := s.Walk(s.Submit(s.Food()), flow.Issue)
	if _, err := s.Licences.Issue(t.Context(), s.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)}); err != nil {
		t.Fatal(err)
	}
	ctx, at := s.Browser("clerk")
	officetest.Look(t, ctx, at+Base+"/new/"+c.ApplicantID, "counter-held")
}
