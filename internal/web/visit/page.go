package visit

import (
	"net/http"
	"strings"

	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// elderCookie holds "1" for who wants the 关怀版.
const elderCookie = "ow-elder"

// Page is what the layouts need: site, navigation, who is signed in, what is to
// be said. Nav links whose path leads to this page are marked.
func (v *Visit) Page(title string, crumbs ...ui.Link) ui.Page {
	o := v.door.o
	p := ui.Page{
		Title: title, Site: o.Site, Crumbs: crumbs, Flashes: v.flashes(), Elder: v.elder(),
		Path: v.R.URL.RequestURI(), Owner: v.owner(), RequestID: v.RequestID(),
	}
	if v.R.Method != http.MethodGet {
		p.Path = v.back()
	}
	if o.Site.SignIn != "" {
		p.Hold = v.R.URL.Path == o.Site.SignIn
		p.Site.SignIn = v.signIn(p.Path)
	}
	if v.bare {
		return p
	}
	if o.Nav != nil {
		p.Nav = marked(o.Nav(v), v.R.URL.Path)
	}
	if o.Side != nil {
		for _, g := range o.Side(v) {
			g.Links = marked(g.Links, v.R.URL.Path)
			p.Side = append(p.Side, g)
		}
	}
	if v.Actor.SignedIn() {
		p.User = v.user()
	}
	return p
}

func (v *Visit) user() *ui.User {
	var roles []string
	for _, r := range v.Actor.Roles {
		roles = append(roles, text.Label(text.Role, string(r)))
	}
	u := &ui.User{Name: v.Actor.Name, Role: strings.Join(roles, "、"), SignOut: v.door.o.SignOut}
	if v.door.o.Links != nil {
		u.Links = v.door.o.Links(v)
	}
	return u
}

// marked marks the link that leads nearest to the path: the longest one that is
// the path or a folder above it.
func marked(links []ui.Link, path string) []ui.Link {
	best, length := -1, 0
	out := make([]ui.Link, len(links))
	for i, l := range links {
		out[i] = l
		href, _, _ := strings.Cut(l.Href, "?")
		above := href == path || strings.HasPrefix(path, strings.TrimSuffix(href, "/")+"/") && href != "/"
		if above && len(href) > length {
			best, length = i, len(href)
		}
	}
	if best >= 0 {
		out[best].Current = true
	}
	return out
}

func (v *Visit) elder() bool {
	c, err := v.R.Cookie(v.door.cookieName(elderCookie))
	return err == nil && c.Value == "1"
}

// Display switches elder mode (关怀版) and goes back: GET ?elder=1&to=/path.
func Display(v *Visit) error {
	if v.Query("elder") == "1" {
		v.setCookie(elderCookie, "1", 365*24*3600)
	} else {
		v.setCookie(elderCookie, "", -1)
	}
	return v.See(v.Query("to"))
}
