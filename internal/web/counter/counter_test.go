package counter

import (
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/registration"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// site is the window of the demonstration city.
func site(t testing.TB) *officetest.Site {
	var p *Pages
	return officetest.New(t, func(s *officetest.Site) []visit.Route {
		p = New(Deps{Casework: s.Casework, Catalog: s.Catalog, Party: s.Party, Documents: s.Documents, Licences: s.Licences, Procedures: s.Procedures,
			Identity: registration.New(s.DB, s.Casework, registration.Simulated), Limits: casetest.Limits})
		return p.Routes()
	}, func(o *visit.Options) { o.Side = func(v *visit.Visit) []ui.Group { return p.Side(v) } })
}

// submitted is a received case and its path.
func submitted(s *officetest.Site) (*casework.Case, string) {
	c := s.Submit(s.Food())
	return c, Base + "/cases/" + c.ID
}

func TestWorkListAndCase(t *testing.T) {
	s := site(t)
	c, path := submitted(s)
	clerk := s.As("clerk")
	p := clerk.Get(Base).Want(200, "[data-keys] tbody th a", ".ow-side .ow-count")
	if href, _ := p.Find("[data-keys] tbody th a").Attr("href"); href != path {
		t.Errorf("the line leads to %s", href)
	}
	if !strings.Contains(p.Text("[data-keys]"), "还剩5个工作日") || !strings.Contains(p.Text("[data-keys]"), c.Number) {
		t.Error(p.Text("[data-keys]"))
	}
	p = clerk.Get(path).Want(200, "#review", "#outcomes", "#answers", "#materials", "#documents", "#history", "#flow svg")
	if strings.Contains(p.Body, "13999919881212002X") {
		t.Error("an identity number stands in the clear")
	}
	if n := p.Find(".ow-acts > li").Length(); n != 5 {
		t.Errorf("%d outcomes", n)
	}
}
