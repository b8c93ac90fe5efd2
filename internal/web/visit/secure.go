package visit

import (
	"maps"
	"net/http"
)

// Policy is the content security policy of every page: our own files and
// nothing else; no inline script or style, no frames, no plugins.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

// filePolicy goes with downloads, which browsers show in viewers of their own.
const filePolicy = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"

// always are the headers of every answer. Their values are shared between
// answers: Add makes a slice of its own.
var always = map[string][]string{
	"Content-Security-Policy":      {Policy},
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"},
	"Referrer-Policy":              {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
}

func (d *Door) secure(h http.Header) {
	maps.Copy(h, always)
	if d.o.TLS {
		h.Set("Strict-Transport-Security", "max-age=31536000")
		h.Set("Cross-Origin-Opener-Policy", "same-origin") // browsers complain of it without TLS
	}
}
