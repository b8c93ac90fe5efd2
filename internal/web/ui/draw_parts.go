package ui

import "github.com/a-h/templ"

// Table is a list with columns; see TableData.
func Table(t TableData) templ.Component { return drawn(func(d *drawing) { d.table(t) }) }

func (d *drawing) table(t TableData) {
	if t.Grid { // a table that scrolls sideways is reachable by keyboard
		d.raw(`<div class="ow-scroll" tabindex="0" role="region"`)
		d.attr("aria-label", t.Caption)
		d.raw(`><table class="ow-table" role="table"><caption`)
	} else {
		d.raw(`<div><table class="ow-table ow-cards" role="table"><caption`)
	}
	if !t.ShowCaption {
		d.raw(` class="ow-hidden"`)
	}
	d.raw(">")
	d.text(t.Caption)
	d.raw(`</caption><thead role="rowgroup"><tr role="row">`)
	for _, c := range t.Columns {
		d.raw(`<th scope="col" role="columnheader"`)
		d.class(c.class())
		d.raw(">")
		d.text(c.Title)
		d.raw("</th>")
	}
	d.raw(`</tr></thead><tbody role="rowgroup">`)
	for _, r := range t.Rows {
		d.row(t, r)
	}
	d.raw("</tbody></table></div>")
}

func (d *drawing) row(t TableData, r Row) {
	d.raw(`<tr role="row"`)
	d.class(r.class())
	d.raw(">")
	for i, c := range r.Cells {
		if i == 0 {
			d.raw(`<th scope="row" role="rowheader"`)
			d.class(t.column(i).class())
			d.raw(">")
			d.cell(c)
			d.raw("</th>")
			continue
		}
		d.raw(`<td role="cell"`)
		d.class(t.column(i).class())
		d.attr("data-label", t.column(i).Title)
		d.raw("><div>")
		d.cell(c)
		d.raw("</div></td>")
	}
	d.raw("</tr>")
}

func (d *drawing) cell(c Cell) {
	switch {
	case c.Body != nil:
		d.part(c.Body)
	case c.Href != "":
		d.raw("<a")
		d.href(c.Href)
		d.raw(">")
		d.text(c.Text)
		d.raw("</a>")
	default:
		d.text(c.Text)
	}
	if c.Note != "" {
		d.raw(` <span class="ow-side-note">`)
		d.text(c.Note)
		d.raw("</span>")
	}
}

// Badge is one status word.
func Badge(words string, tone Tone) templ.Component {
	return drawn(func(d *drawing) {
		d.raw(`<span class="ow-badge `)
		d.text(tone.class())
		d.raw(`">`)
		d.text(words)
		d.raw("</span>")
	})
}

// Countdown is how much time is left, in words with a drawing and a colour.
func Countdown(words string, tone Tone) templ.Component {
	return drawn(func(d *drawing) {
		d.raw(`<span class="ow-badge ow-chip `)
		d.text(tone.class())
		d.raw(`">`)
		if tone == Info || tone == Neutral || tone == "" {
			d.icon("clock")
		} else {
			d.icon(tone.icon())
		}
		d.raw(" ")
		d.text(words)
		d.raw("</span>")
	})
}

// navLink is one way of a navigation, with what waits behind it.
func navLink(l Link) templ.Component { return drawn(func(d *drawing) { d.navLink(l) }) }

func (d *drawing) navLink(l Link) {
	d.raw("<a")
	d.href(l.Href)
	if l.Current {
		d.raw(` aria-current="page"`)
	}
	d.raw(">")
	if l.Icon != "" {
		d.icon(l.Icon)
	}
	d.raw("<span>")
	d.text(l.Text)
	d.raw("</span>")
	if l.Count > 0 {
		d.raw(` <span class="ow-count">`)
		d.text(count(l.Count))
		d.raw("</span>")
	}
	d.raw("</a>")
}

// navLists are the titled lists of a side navigation.
func navLists(groups []Group) templ.Component {
	return drawn(func(d *drawing) {
		for _, g := range groups {
			if g.Title != "" {
				d.raw("<h2>")
				d.text(g.Title)
				d.raw("</h2>")
			}
			d.raw("<ul>")
			for _, l := range g.Links {
				d.raw("<li>")
				d.navLink(l)
				d.raw("</li>")
			}
			d.raw("</ul>")
		}
	})
}

// Timeline tells what happened.
func Timeline(events []Event) templ.Component {
	return drawn(func(d *drawing) {
		d.raw(`<ol class="ow-timeline">`)
		for _, e := range events {
			d.event(e)
		}
		d.raw("</ol>")
	})
}

func (d *drawing) event(e Event) {
	d.raw("<li")
	d.class("ow-e-" + string(e.Tone.or(Neutral)))
	d.raw("><h3>")
	d.text(e.Title)
	d.raw(`</h3><p class="ow-when">`)
	d.text(e.At)
	if e.Who != "" {
		d.raw(" · ")
		d.text(e.Who)
	}
	d.raw("</p>")
	if e.Text != "" {
		d.raw("<p>")
		d.text(e.Text)
		d.raw("</p>")
	}
	if e.Body != nil {
		d.part(e.Body)
	}
	d.raw("</li>")
}

// Derivation shows how a deadline was counted: every day with what it does.
func Derivation(c Calendar) templ.Component { return drawn(func(d *drawing) { d.derivation(c) }) }

func (d *drawing) derivation(c Calendar) {
	d.raw(`<figure class="ow-chart">`)
	if c.Title != "" {
		d.raw("<figcaption>")
		d.text(c.Title)
		d.raw("</figcaption>")
	}
	if c.Summary != "" {
		d.raw("<p>")
		d.text(c.Summary)
		d.raw("</p>")
	}
	if c.Law != "" {
		d.part(Law(c.Law))
	}
	d.raw(`<ul class="ow-day-key" aria-label="图例">`)
	for _, k := range c.dayKey() {
		d.raw("<li><i")
		d.class(k.Term)
		d.raw(` aria-hidden="true"></i>`)
		d.text(k.Text)
		d.raw("</li>")
	}
	d.raw(`</ul><div class="ow-months">`)
	for _, m := range c.months() {
		d.month(m)
	}
	d.raw("</div></figure>")
}

const weekHead = `<th scope="col"><span class="ow-hidden">星期</span>`

func (d *drawing) month(m month) {
	d.raw(`<table class="ow-month"><caption>`)
	d.number(m.year)
	d.raw("年")
	d.number(m.month)
	d.raw("月")
	d.raw("</caption><thead><tr>" + weekHead + "一</th>" + weekHead + "二</th>" + weekHead + "三</th>" + weekHead + "四</th>" +
		weekHead + "五</th>" + weekHead + "六</th>" + weekHead + "日</th></tr></thead><tbody>")
	for i := range m.cells() {
		if i%7 == 0 {
			d.raw("<tr>")
		}
		d.day(m.cell(i))
		if i%7 == 6 {
			d.raw("</tr>")
		}
	}
	d.raw("</tbody></table>")
}

func (d *drawing) day(day CalendarDay) {
	if day.Day == 0 {
		d.raw("<td></td>")
		return
	}
	d.raw("<td")
	d.class(day.class())
	d.raw("><b>")
	d.number(day.Day)
	d.raw("</b>")
	for _, w := range day.marks() {
		if w == "" {
			continue
		}
		d.raw(" <span>")
		d.text(w)
		d.raw("</span>")
	}
	d.raw("</td>")
}
