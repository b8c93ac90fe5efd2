package api

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/guard"
)

// admit lets a request through to its operation: the token is good (RFC 6750),
// it is not one too many, and the token brings what the operation needs.
// Cookies are never looked at, so that no page of another site can act here
// with a visitor's session.
func (a *API) admit(c *call) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		req := from(ctx.Context())
		if err := a.know(req); err != nil {
			a.refuse(req, err)
			return
		}
		if err := a.count(req, c.guess); err != nil {
			a.refuse(req, err)
			return
		}
		for _, p := range c.needs {
			if err := req.who.Must(p); err != nil {
				a.refuse(req, challenge(err, p))
				return
			}
		}
		next(ctx)
	}
}

// know finds out who asks. A request without a token is a visitor's; a bad
// token is refused even where none is needed, because its sender believes that
// it counts.
func (a *API) know(req *request) error {
	sent := req.r.Header.Values("Authorization")
	if len(sent) == 0 {
		return allow(a.Visitors, req.address())
	}
	token, ok := bearer(sent)
	if !ok {
		return tokenRefused("api.token_invalid")
	}
	who, err := a.Staff.ActorByToken(req.r.Context(), token)
	switch {
	case err == nil:
	case fault.Of(err).Kind == fault.KindSignedOut:
		if err := allow(a.Guesses, req.address()); err != nil {
			return err
		}
		return tokenRefused("api.token_invalid")
	default:
		return err
	}
	who.RequestID = req.id
	req.who = who
	return allow(a.Callers, who.TokenID)
}

// b64token is the form of a token after RFC 6750, 2.1.
var b64token = regexp.MustCompile(`^[A-Za-z0-9._~+/-]{1,512}=*$`)

func bearer(sent []string) (string, bool) {
	scheme, token, _ := strings.Cut(sent[0], " ")
	return token, len(sent) == 1 && strings.EqualFold(scheme, "Bearer") && b64token.MatchString(token)
}

// count counts what could be a guess.
func (a *API) count(req *request, g guessed) error {
	switch {
	case g == noGuess || g == visitorsGuess && req.who.SignedIn():
		return nil
	case req.who.SignedIn():
		return allow(a.Guesses, req.who.TokenID)
	}
	return allow(a.Guesses, req.address())
}

func allow(l *guard.Limiter, key string) error {
	if l == nil {
		return nil
	}
	return l.Allow(key)
}

const realm = `Bearer realm="onewindow"`

func tokenRefused(code string) error {
	r := refused(http.StatusUnauthorized, code)
	r.header.Set("WWW-Authenticate", realm+`, error="invalid_token"`)
	return r
}

// challenge tells what is needed instead (RFC 6750, 3).
func challenge(err error, p staff.Permission) error {
	if f := fault.Of(err); f.Kind != fault.KindSignedOut {
		r := &refusal{Fault: f, status: http.StatusForbidden, header: http.Header{}}
		r.header.Set("WWW-Authenticate", realm+`, error="insufficient_scope", scope="`+string(p)+`"`)
		return r
	}
	r := refused(http.StatusUnauthorized, "api.token_missing")
	r.header.Set("WWW-Authenticate", realm)
	return r
}
