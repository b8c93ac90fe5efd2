package test

import (
	"sync"
	"testing"
)

// later is a person who sits down at the screen when something is first asked
// of them: a story need not pay for those who have no part in it.
type later struct {
	t    testing.TB
	sit  func() visitor
	once sync.Once
	v    visitor
}

func (l *later) there() visitor {
	l.once.Do(func() { l.v = l.sit() })
	return l.v
}

// present is the visitor behind a later one.
func present(v visitor) visitor {
	if l, ok := v.(*later); ok {
		return l.there()
	}
	return v
}

func (l *later) Go(path string)                   { l.t.Helper(); l.there().Go(path) }
func (l *later) Follow(link string)               { l.t.Helper(); l.there().Follow(link) }
func (l *later) Press(button string)              { l.t.Helper(); l.there().Press(button) }
func (l *later) Twice(button string)              { l.t.Helper(); l.there().Twice(button) }
func (l *later) Fill(label, text string)          { l.t.Helper(); l.there().Fill(label, text) }
func (l *later) Choose(question, answer string)   { l.t.Helper(); l.there().Choose(question, answer) }
func (l *later) Tick(label string)                { l.t.Helper(); l.there().Tick(label) }
func (l *later) Attach(label, file string)        { l.t.Helper(); l.there().Attach(label, file) }
func (l *later) Redraw()                          { l.t.Helper(); l.there().Redraw() }
func (l *later) Unfold(summary string)            { l.t.Helper(); l.there().Unfold(summary) }
func (l *later) Within(heading string) visitor    { return l.there().Within(heading) }
func (l *later) Words() string                    { return l.there().Words() }
func (l *later) Value(label string) string        { l.t.Helper(); return l.there().Value(label) }
func (l *later) Questions(answer string) []string { return l.there().Questions(answer) }
func (l *later) Kind(label string) string         { return l.there().Kind(label) }
func (l *later) Facts() map[string]string         { return l.there().Facts() }
func (l *later) Path() string                     { return l.there().Path() }
func (l *later) Fetch(link string) []byte         { l.t.Helper(); return l.there().Fetch(link) }
func (l *later) Look(name string)                 { l.t.Helper(); l.there().Look(name) }
func (l *later) Test() testing.TB                 { return l.t }
func (l *later) Fatal(format string, args ...any) { l.t.Helper(); l.there().Fatal(format, args...) }
