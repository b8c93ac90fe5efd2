package portal

import (
	"encoding/json"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// mostTyped bounds, in bytes, what is kept of a form while its visitor signs in
// again. It is more than any form of the catalogue takes.
const mostTyped = 64 << 10

// sealTyped is the context under which it is sealed.
const sealTyped = "portal.typed"

// signedIn makes a handler of a form that loses nothing when the session ended
// while it was filled in: what was typed is kept, sealed, in the visitor's new
// session, and offered on the form's page after signing in. Only who may open
// that page gets it back. The page and its
// form have the same path.
func (p *Pages) signedIn(act func(*visit.Visit) error) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		if v.Actor.SignedIn() {
			return act(v)
		}
		if v.R.Header.Get("X-Requested-With") != "" {
			return fault.SignedOut() // the script keeps what was typed
		}
		page := v.R.URL.Path
		if err := p.keepTyped(v, page); err != nil {
			return err
		}
		return v.See(p.SignIn + "?to=" + escapeQuery(page))
	}
}

func (p *Pages) keepTyped(v *visit.Visit, page string) error {
	if err := v.Limit(p.Guesses, "typed"); err != nil {
		return err
	}
	text, err := json.Marshal(v.Answers(""))
	if err != nil {
		return err
	}
	if len(text) > mostTyped {
		return fault.SignedOut()
	}
	v.Keep("typed", p.Keys.Seal(sealTyped+page, string(text)))
	v.Flash(ui.Info, "登录已过期。您刚才填写的内容已经留着，登录后接着办。")
	return nil
}

// typed gives back what was kept for this page, once; nil when nothing was.
func (p *Pages) typed(v *visit.Visit) map[string]string {
	sealed := v.Kept("typed")
	if sealed == "" {
		return nil
	}
	v.Keep("typed", "")
	text, err := p.Keys.Open(sealTyped+v.R.URL.Path, sealed)
	if err != nil {
		return nil // of another page
	}
	var values map[string]string
	if json.Unmarshal([]byte(text), &values) != nil || len(values) == 0 {
		return nil
	}
	return values
}
