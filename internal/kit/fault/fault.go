// Package fault is the one error type that people are told about. Business
// code refuses with a Fault; the web and the API map it, in one place each, to
// a status and a Chinese message. Any other error is an Internal fault whose
// text never leaves the log.
package fault

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Kind decides the HTTP status and the tone of the message.
type Kind string

// The kinds of fault, with the status each becomes.
const (
	KindInvalid     Kind = "invalid"     // 422: a field is wrong; Fields says which
	KindRefused     Kind = "refused"     // 422: a rule forbids it; Law says which
	KindDenied      Kind = "denied"      // 403: this person may not
	KindSignedOut   Kind = "signed_out"  // 401: nobody is signed in
	KindMissing     Kind = "missing"     // 404: not there, or not yours to see
	KindConflict    Kind = "conflict"    // 409: somebody else was faster
	KindTooLarge    Kind = "too_large"   // 413
	KindTooMany     Kind = "too_many"    // 429
	KindUnavailable Kind = "unavailable" // 503: store or disk is away; try again
	KindInternal    Kind = "internal"    // 500
)

// Field is what is wrong with one input.
type Field struct {
	Name string            `json:"name"`
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

// Fault is a refusal with a code. The Chinese message for Code stands in
// web/text and may name the Args in braces.
type Fault struct {
	Kind   Kind
	Code   string
	Args   map[string]string
	Fields []Field
	// Law is the citation of the rule that refuses, such as
	// "行政许可法第三十二条第一款第（四）项"; empty when no law is concerned.
	Law string
	err error
}

// Error is for logs; it holds no personal data because codes and args do not.
func (f *Fault) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", f.Kind, f.Code)
	for _, x := range f.Fields {
		fmt.Fprintf(&b, " [%s %s]", x.Name, x.Code)
	}
	if f.err != nil {
		fmt.Fprintf(&b, ": %v", f.err)
	}
	return b.String()
}

// Unwrap gives the cause, which is logged and never shown.
func (f *Fault) Unwrap() error { return f.err }

// Is makes two faults equal when kind and code are.
func (f *Fault) Is(target error) bool {
	t, ok := target.(*Fault)
	return ok && t.Kind == f.Kind && t.Code == f.Code
}

// Invalid refuses input; the fields say what is wrong where.
func Invalid(code string, fields ...Field) *Fault {
	return &Fault{Kind: KindInvalid, Code: code, Fields: fields}
}

// At names one wrong field; kv are pairs for the message.
func At(name, code string, kv ...string) Field {
	return Field{Name: name, Code: code, Args: pairs(kv)}
}

// Refused says that a rule forbids the act; law cites the rule.
func Refused(code, law string, kv ...string) *Fault {
	return &Fault{Kind: KindRefused, Code: code, Law: law, Args: pairs(kv)}
}

// Denied says that this person may not do it.
func Denied(code string) *Fault { return &Fault{Kind: KindDenied, Code: code} }

// Missing says that the thing is not there, or not for this person to know of.
func Missing(code string) *Fault { return &Fault{Kind: KindMissing, Code: code} }

// Conflict says that somebody else changed the thing first.
func Conflict(code string, kv ...string) *Fault {
	return &Fault{Kind: KindConflict, Code: code, Args: pairs(kv)}
}

// SignedOut says that nobody is signed in.
func SignedOut() *Fault { return &Fault{Kind: KindSignedOut, Code: "signed_out"} }

// TooLarge says that what was sent exceeds a limit.
func TooLarge(code string, kv ...string) *Fault {
	return &Fault{Kind: KindTooLarge, Code: code, Args: pairs(kv)}
}

// TooMany says that the caller must wait.
func TooMany(code string, kv ...string) *Fault {
	return &Fault{Kind: KindTooMany, Code: code, Args: pairs(kv)}
}

// Unavailable says that the store is away and nothing was done.
func Unavailable(err error) *Fault {
	return &Fault{Kind: KindUnavailable, Code: "unavailable", err: err}
}

// Internal wraps an error that nobody planned for.
func Internal(err error) *Fault {
	return &Fault{Kind: KindInternal, Code: "internal", err: err}
}

// Because attaches a cause for the log.
func (f *Fault) Because(err error) *Fault {
	g := *f
	g.err = err
	return &g
}

// Of maps any error to a fault: itself when it is one, Internal otherwise; a
// cancelled or timed-out context is Unavailable.
func Of(err error) *Fault {
	var f *Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return f
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Unavailable(err)
	}
	return Internal(err)
}

func pairs(kv []string) map[string]string {
	if len(kv) == 0 {
		return nil
	}
	m := make(map[string]string, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		m[kv[i]] = kv[i+1]
	}
	return m
}
