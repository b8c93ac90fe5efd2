// Package logs sets up the program's log: structured (log/slog), with the
// request's id on every line, and without personal data.
package logs

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"onewindow/internal/kit/id"
)

// New makes a logger. The level is debug, info, warn or error; the format is
// text or json. Whatever looks like personal data is masked on its way out;
// see Scrub.
func New(w io.Writer, level, format string) (*slog.Logger, error) {
	opt := &slog.HandlerOptions{ReplaceAttr: replace}
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("log level %q: %w", level, err)
	}
	opt.Level = l
	switch format {
	case "text":
		return slog.New(withRequest{slog.NewTextHandler(w, opt)}), nil
	case "json":
		return slog.New(withRequest{slog.NewJSONHandler(w, opt)}), nil
	}
	return nil, fmt.Errorf("log format %q: must be text or json", format)
}

// replace masks the text of an attribute, the message included.
func replace(_ []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(Scrub(a.Value.String()))
	case slog.KindAny:
		switch v := a.Value.Any().(type) {
		case error:
			a.Value = slog.StringValue(Scrub(v.Error()))
		case fmt.Stringer:
			a.Value = slog.StringValue(Scrub(v.String()))
		}
	}
	return a
}

type requestKey struct{}

// WithRequest puts a request's id into the context.
func WithRequest(ctx context.Context, requestID string) context.Context {
	return context.WithValue(ctx, requestKey{}, requestID)
}

// RequestID is the id of the request this context belongs to, or empty.
func RequestID(ctx context.Context) string {
	s, _ := ctx.Value(requestKey{}).(string)
	return s
}

// NewRequestID is the trace id of a valid W3C traceparent header, so that one
// id runs through all systems, and a fresh id otherwise.
func NewRequestID(h http.Header) string {
	parts := strings.Split(h.Get("Traceparent"), "-")
	if len(parts) >= 4 && len(parts[0]) == 2 && parts[0] != "ff" && hex(parts[1], 32) && strings.Trim(parts[1], "0") != "" {
		return parts[1]
	}
	return id.New()
}

func hex(s string, size int) bool {
	return len(s) == size && strings.Trim(s, "0123456789abcdef") == ""
}

// withRequest adds the request's id to every line.
type withRequest struct{ slog.Handler }

// Handle adds the id.
func (h withRequest) Handle(ctx context.Context, r slog.Record) error {
	if s := RequestID(ctx); s != "" {
		r.AddAttrs(slog.String("request", s))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs keeps the id on lines of derived loggers.
func (h withRequest) WithAttrs(attrs []slog.Attr) slog.Handler {
	return withRequest{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the id on lines of derived loggers.
func (h withRequest) WithGroup(name string) slog.Handler {
	return withRequest{h.Handler.WithGroup(name)}
}
