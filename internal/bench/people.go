package bench

import (
	"fmt"
	"net/url"
	"strings"

	"onewindow/internal/app"
)

// signIn opens a session through the sign-in page and gives its cookie.
func signIn(s *server, login string) (string, error) {
	c := newClient(s.addr)
	defer c.close()
	a, err := first(c.post("/sign-in", "", url.Values{"login": {login}, "password": {app.DemoPassword}})).want(303)
	if err != nil {
		return "", fmt.Errorf("sign in as %s: %w", login, err)
	}
	for _, k := range a.cookies {
		pair, _, _ := strings.Cut(k, ";")
		if name, value, _ := strings.Cut(pair, "="); name == "ow" && value != "" {
			return pair, nil
		}
	}
	return "", fmt.Errorf("sign in as %s: no session", login)
}

// sessions opens a session of each of the people.
func sessions(s *server, logins ...string) (map[string]string, error) {
	out := map[string]string{}
	for _, login := range logins {
		cookie, err := signIn(s, login)
		if err != nil {
			return nil, err
		}
		out[login] = cookie
	}
	return out, nil
}
