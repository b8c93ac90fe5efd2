package portal

import (
	"net/http"
	"strings"
	"testing"
)

// Officers have no business on the pages of applicants, although they may read
// the case: the answers stand there unmasked, with check code and pick-up code.
func TestOfficersSeeNoApplicantsPages(t *testing.T) {
	s := newSite(t)
	o := tell(t, s, s.As("lina"))
	granted := strings.TrimPrefix(o.granted, "/cases/")
	fill := strings.NewReplacer("{id}", granted, "{code}", s.Food().Code(), "{no}", "003", "{file}", "x", "{document}", "x", "{licence}", "x")
	pages := &Pages{}
	for _, login := range []string{"handler", "clerk", "supervisor", "auditor"} {
		c := s.As(login)
		for _, r := range append(pages.draftRoutes(), pages.caseRoutes()...) {
			path := fill.Replace(r.Pattern)
			p := c.Get(path)
			if r.Method == http.MethodPost {
				p = c.Post(path, nil)
			}
			if p.Status != http.StatusForbidden {
				t.Errorf("%s: %s %s answers %d", login, r.Method, path, p.Status)
			}
		}
		for _, at := range []string{"/", "/matters", guideURL(s.Food().Code())} {
			if p := c.Get(at).Want(200, "h1"); p.Has(`a[href^="/cases"], a[href^="/apply/"], a[href^="/drafts"]`) {
				t.Errorf("%s leads %s to pages that refuse them", at, login)
			}
		}
	}
}
