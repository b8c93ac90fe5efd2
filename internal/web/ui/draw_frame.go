package ui

import "github.com/a-h/templ"

// Head is the title of a page; its children are its actions.
func Head(title, lead string) templ.Component {
	return drawn(func(d *drawing) { d.head(title, lead, nil) })
}

// HeadStatus is Head with a status beside the title.
func HeadStatus(title, lead, status string, tone Tone) templ.Component {
	return drawn(func(d *drawing) { d.head(title, lead, Badge(status, tone)) })
}

func (d *drawing) head(title, lead string, beside templ.Component) {
	actions := d.within()
	d.raw(`<div class="ow-head"><div><h1>`)
	d.text(title)
	if beside != nil {
		d.raw(" ")
		d.part(beside)
	}
	d.raw("</h1>")
	if lead != "" {
		d.raw("<p>")
		d.text(lead)
		d.raw("</p>")
	}
	d.raw(`</div><div class="ow-actions">`)
	d.part(actions)
	d.raw("</div></div>")
}

// crumbs say where one is.
func crumbs(links []Link) templ.Component {
	return drawn(func(d *drawing) {
		if len(links) == 0 {
			return
		}
		d.raw(`<nav class="ow-crumbs" aria-label="所在位置"><ol>`)
		for _, l := range links {
			if l.Href != "" && !l.Current {
				d.raw("<li><a")
				d.href(l.Href)
				d.raw(">")
				d.text(l.Text)
				d.raw("</a></li>")
				continue
			}
			d.raw(`<li><span aria-current="page">`)
			d.text(l.Text)
			d.raw("</span></li>")
		}
		d.raw("</ol></nav>")
	})
}

// Panel is a sheet of paper on the page.
func Panel(title string) templ.Component {
	return drawn(func(d *drawing) {
		inside := d.within()
		d.raw(`<section class="ow-panel">`)
		if title != "" {
			d.raw("<h2>")
			d.text(title)
			d.raw("</h2>")
		}
		d.part(inside)
		d.raw("</section>")
	})
}

// Details hides what few need behind a line of words.
func Details(summary string, open bool) templ.Component {
	return drawn(func(d *drawing) {
		inside := d.within()
		d.raw(`<details class="ow-details"`)
		if open {
			d.raw(" open")
		}
		d.raw("><summary>")
		d.text(summary)
		d.raw("</summary><div>")
		d.part(inside)
		d.raw("</div></details>")
	})
}

// KeyValues lists facts; an empty answer is shown as a dash.
func KeyValues(pairs []Pair) templ.Component {
	return drawn(func(d *drawing) {
		d.raw(`<dl class="ow-kv">`)
		for _, p := range pairs {
			d.raw("<div><dt>")
			d.text(p.Term)
			d.raw("</dt><dd>")
			if p.Text == "" && p.Body == nil {
				d.raw(`<span class="ow-muted" aria-label="无">—</span>`)
			} else {
				d.cell(p.cell())
			}
			d.raw("</dd></div>")
		}
		d.raw("</dl>")
	})
}

// Steps shows how far something is on its way.
func Steps(label string, steps []Step) templ.Component {
	return drawn(func(d *drawing) {
		d.raw(`<ol class="ow-steps"`)
		d.attr("aria-label", label)
		d.raw(">")
		for _, s := range steps {
			d.step(s)
		}
		d.raw("</ol>")
	})
}

func (d *drawing) step(s Step) {
	d.raw("<li")
	d.class(s.class())
	if s.State == StepNow || s.State == StepHalt {
		d.raw(` aria-current="step"`)
	}
	d.raw(`><span><span class="ow-hidden">`)
	d.text(s.words())
	d.raw("</span> ")
	d.text(s.Name)
	if s.Note != "" {
		d.raw(" <small>")
		d.text(s.Note)
		d.raw("</small>")
	}
	d.raw("</span></li>")
}

// LinkButton is a link that looks like a button.
func LinkButton(words, href string, primary bool) templ.Component {
	return drawn(func(d *drawing) {
		class := "btn btn-secondary"
		if primary {
			class = "btn btn-primary"
		}
		d.raw("<a")
		d.class(class)
		d.href(href)
		d.raw(">")
		d.text(words)
		d.raw("</a>")
	})
}

// PrintButton prints the page; without the script it is not there.
func PrintButton(words string) templ.Component {
	return drawn(func(d *drawing) {
		d.raw(`<button class="btn btn-secondary ow-needs-js" type="button" data-print>`)
		d.icon("print")
		d.raw(" ")
		d.text(words)
		d.raw("</button>")
	})
}
