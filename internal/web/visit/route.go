package visit

import (
	"net/http"

	"onewindow/internal/business/staff"
)

// Route is one line of the table of all pages: what is asked for, who may ask,
// and who answers. Pattern is that of http.ServeMux without the method.
type Route struct {
	Method, Pattern string
	Need            Need
	Handler         func(*Visit) error
	Rules           []Rule // further rules, such as Upload
}

// Need is who may use a route.
type Need struct {
	SignedIn   bool
	Permission staff.Permission
	// Or is another permission that opens the route as well; "" for none.
	Or staff.Permission
	// Typed leaves it to the handler to meet a visitor whose session has ended,
	// because what was typed must not be lost. The permission is the act's to
	// check, as ever.
	Typed bool
}

// The needs of routes.
var (
	Public  = Need{}               // everybody
	Account = Need{SignedIn: true} // whoever is signed in
)

// Permission needs an account that may do p.
func Permission(p staff.Permission) Need { return Need{SignedIn: true, Permission: p} }

// Either is the need of holding one of two permissions.
func Either(p, or staff.Permission) Need { return Need{SignedIn: true, Permission: p, Or: or} }

// Keeping is the same need for a form whose handler keeps what was typed by a
// visitor whose session has ended; see Need.Typed.
func (n Need) Keeping() Need {
	n.Typed = true
	return n
}

// Handle puts the route on the mux.
func (r Route) Handle(mux *http.ServeMux) {
	rules := r.Rules[:len(r.Rules):len(r.Rules)]
	if r.Need.SignedIn && !r.Need.Typed {
		rules = append(rules, SignedIn())
		if r.Need.Permission != "" {
			rules = append(rules, Needs(r.Need.Permission, r.Need.Or))
		}
	}
	mux.Handle(r.Method+" "+r.Pattern, Handle(r.Handler, rules...))
}
