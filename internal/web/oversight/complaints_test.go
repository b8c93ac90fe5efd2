package oversight_test

import (
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/complaint"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/oversight"
	"onewindow/internal/web/visit"
)

// The hall's manager takes a complaint up and answers; nobody else may.
func TestComplaintsAreAnswered(t *testing.T) {
	s := officetest.New(t, func(s *officetest.Site) []visit.Route {
		return oversight.New(oversight.Deps{Casework: s.Casework, Org: s.Org, Grievances: s.Grievances}).Routes()
	})
	kase := s.Submit(s.Food())
	id, err := s.Grievances.File(t.Context(), s.Actor("lina"), complaint.File{CaseID: kase.ID, Kind: complaint.Fee, Text: "多收了费用"})
	if err != nil {
		t.Fatal(err)
	}
	list := oversight.Base + "/complaints"
	at, hall := list+"/"+id, s.As("hall")
	hall.Get(list).Want(200, `a[href="`+at+`"]`)
	for login, want := range map[string]int{"clerk": 403, "lina": 403, "auditor": 403} {
		s.As(login).Get(at).Want(want)
		s.As(login).Post(at+"/accept", url.Values{"version": {"1"}}).Want(want)
	}
	s.Visitor().Post(at+"/reply", url.Values{"version": {"1"}}).Want(401)
	hall.Post(at+"/accept", url.Values{"version": {"1"}}, "Sec-Fetch-Site", "cross-site").Want(403)
	hall.Post(at+"/accept", url.Values{"version": {"9"}}).Want(409)
	officetest.Location(t, hall.Post(at+"/accept", url.Values{"version": {"1"}}))
	p := hall.Get(at).Want(200, "textarea[name=text]")
	fields := officetest.Fields(p, `form[action$="reply"]`)
	hall.Post(at+"/reply", fields).Want(422)
	officetest.Location(t, hall.Post(at+"/reply", officetest.With(fields, "upheld", "yes", "text", "经查属实，已退还。")))
	if p := hall.Get(at).Want(200); !strings.Contains(p.Text("main"), "经查属实，已退还。") || p.Has("main form") {
		t.Error(p.Text("main"))
	}
}
