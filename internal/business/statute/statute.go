// Package statute is the register of the law that the platform cites (本平台所依
// 之法): every law with its texts, the day from which each text is in force, and
// for each article in our own words what it asks. A citation such as
// "行政许可法第三十二条第一款第（四）项" is looked up for a day, because what was lawful
// on the day of a step is not changed by a later text. Everything here is pure;
// the register itself is data (register.json), and acts.json says which articles
// each act on a case rests on.
//
// The gists are no quotations and have no force of their own: the legal
// department checks them against the text in force.
package statute

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
)

// Law is one law, regulation, document or standard with its texts, the oldest
// first.
type Law struct {
	Name     string    `json:"name"`  // 行政许可法, as rules cite it
	Title    string    `json:"title"` // 中华人民共和国行政许可法
	Kind     string    `json:"kind"`  // 法律 行政法规 国家标准 …
	Aliases  []string  `json:"aliases,omitempty"`
	Versions []Version `json:"versions"`
}

// Version is one text of a law. Articles that a later text left unchanged stand
// only in the earlier one.
type Version struct {
	Text     string            `json:"text"` // day of the text, YYYY-MM-DD; "" where there is none
	From     calendar.Day      `json:"from"` // first day in force
	Source   string            `json:"source"`
	Articles map[string]string `json:"articles"`
}

// Text is what one citation says on a day.
type Text struct {
	Law     string // 行政许可法
	Title   string
	Kind    string
	Article string // 第三十二条第一款第（四）项; "" for a whole document
	Version string // day of the text in force on the day asked about
	From    calendar.Day
	Gist    string // in our own words
	Source  string
}

// Cite is the citation of the text.
func (t Text) Cite() string { return t.Law + t.Article }

//go:embed register.json
var registerFile []byte

var register = func() []Law {
	var laws []Law
	if err := json.Unmarshal(registerFile, &laws); err != nil {
		panic("statute: register.json: " + err.Error())
	}
	return laws
}()

// Laws is the whole register, in its order.
func Laws() []Law { return slices.Clone(register) }

// names are every name and alias with its law, the longest first, so that a
// name inside a longer one is not taken for it.
var names = func() (out []named) {
	for i := range register {
		l := &register[i]
		for _, n := range append([]string{l.Name, l.Title}, l.Aliases...) {
			out = append(out, named{n, l})
		}
	}
	slices.SortStableFunc(out, func(a, b named) int { return len(b.name) - len(a.name) })
	return slices.CompactFunc(out, func(a, b named) bool { return a.name == b.name })
}()

type named struct {
	name string
	law  *Law
}

// On is the text of the law in force on a day; of a law that is not in force
// yet, its first.
func (l *Law) On(day calendar.Day) Version {
	found := l.Versions[0]
	for _, v := range l.Versions {
		if v.From <= day {
			found = v
		}
	}
	return found
}

// gist is what the article says on a day: in the newest text in force that
// states it, by itself or, for a paragraph or item that has no line of its own,
// by its article.
func (l *Law) gist(article string, day calendar.Day) (string, bool) {
	for a := article; ; a = broader(a) {
		for i, v := range slices.Backward(l.Versions) {
			if g, ok := v.Articles[a]; ok && (v.From <= day || i == 0) {
				return g, true
			}
		}
		if a == broader(a) {
			return "", false
		}
	}
}

// broader is the article without its last part: the paragraph of an item, the
// article of a paragraph.
func broader(article string) string {
	for _, end := range []string{"项", "款", "条"} {
		if s, ok := strings.CutSuffix(article, end); ok {
			if i := strings.LastIndex(s, "第"); i > 0 {
				return s[:i]
			}
		}
	}
	return article
}

// Known lists the names by which citations may call the laws.
func Known() (out []string) {
	for _, n := range names {
		out = append(out, n.name)
	}
	return out
}
