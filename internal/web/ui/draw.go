package ui

import (
	"context"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

// What stands on most pages many times over, such as the cells of a table and
// the days of a calendar, is drawn by hand: it costs a fifth of what the
// generated code does. Everything else is templ. Text goes through text, an
// address through href, and nothing that came from outside through raw.

// drawing is HTML being written.
type drawing struct {
	ctx context.Context
	w   io.Writer
	b   []byte
	err error
}

var drawings = sync.Pool{New: func() any { return &drawing{b: make([]byte, 0, 16<<10)} }}

// drawn is a component that is drawn by hand.
type drawn func(*drawing)

// Render draws it on its own; within another drawing part draws it in place.
func (fn drawn) Render(ctx context.Context, w io.Writer) error {
	d := drawings.Get().(*drawing)
	defer drawings.Put(d)
	d.ctx, d.w, d.b, d.err = ctx, w, d.b[:0], nil
	fn(d)
	d.flush()
	err := d.err
	d.ctx, d.w, d.err = nil, nil, nil
	return err
}

func (d *drawing) flush() {
	if d.err == nil && len(d.b) > 0 {
		_, d.err = d.w.Write(d.b)
	}
	d.b = d.b[:0]
}

// raw writes markup of ours.
func (d *drawing) raw(s string) { d.b = append(d.b, s...) }

// text writes words, whatever stands in them.
func (d *drawing) text(s string) {
	last := 0
	for i := 0; i < len(s); i++ {
		var safe string
		switch s[i] {
		case '&':
			safe = "&amp;"
		case '<':
			safe = "&lt;"
		case '>':
			safe = "&gt;"
		case '"':
			safe = "&#34;"
		case '\'':
			safe = "&#39;"
		default:
			continue
		}
		d.b = append(append(d.b, s[last:i]...), safe...)
		last = i + 1
	}
	d.b = append(d.b, s[last:]...)
}

// attr writes an attribute with its value.
func (d *drawing) attr(name, value string) {
	d.raw(" ")
	d.raw(name)
	d.raw(`="`)
	d.text(value)
	d.raw(`"`)
}

// class writes the class attribute; none for "".
func (d *drawing) class(names string) {
	if names != "" {
		d.attr("class", names)
	}
}

// href writes an address that leads nowhere harmful.
func (d *drawing) href(to string) { d.attr("href", string(templ.URL(to))) }

func (d *drawing) number(n int) { d.b = strconv.AppendInt(d.b, int64(n), 10) }

// part draws a component in its place.
func (d *drawing) part(c templ.Component) {
	if fn, ok := c.(drawn); ok {
		fn(d)
		return
	}
	d.flush()
	if d.err == nil {
		d.err = c.Render(d.ctx, d.w)
	}
}

// within is what stands within a component, its children: whoever draws some
// takes them first, or what is drawn before them would find them.
func (d *drawing) within() templ.Component {
	c := templ.GetChildren(d.ctx)
	d.ctx = templ.ClearChildren(d.ctx)
	return c
}

// fixed is markup by its key; see Fixed.
var fixed sync.Map

// Fixed draws a component when its key is met for the first time and repeats
// the markup from then on. The key, of a type of the caller's own, says
// everything that the component depends on, and there are only so many of them:
// nothing that anybody typed, and nothing of a person.
func Fixed(key any, c func() templ.Component) templ.Component {
	return drawn(func(d *drawing) {
		known, ok := fixed.Load(key)
		if !ok {
			var b strings.Builder
			if d.err = c().Render(templ.InitializeContext(context.Background()), &b); d.err != nil {
				return
			}
			known, _ = fixed.LoadOrStore(key, b.String())
		}
		d.raw(known.(string))
	})
}

// Icon draws one of icons.svg beside words that say the same.
func Icon(name string) templ.Component { return drawn(func(d *drawing) { d.icon(name) }) }

func (d *drawing) icon(name string) {
	d.raw(`<svg class="ow-icon" aria-hidden="true"><use href="`)
	d.text(Asset("icons.svg"))
	d.raw("#")
	d.text(name)
	d.raw(`"></use></svg>`)
}
