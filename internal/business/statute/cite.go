package statute

import (
	"regexp"
	"strings"

	"onewindow/internal/business/calendar"
)

// article is 第…条 with its paragraph and item, or a part that continues the one
// before ("第一款、第三款").
var article = regexp.MustCompile(`第[一二三四五六七八九十百千零]+条(?:第[一二三四五六七八九十]+款)?(?:第（[一二三四五六七八九十]+）项)?`)

// Find reads a citation and gives what it says on a day, article by article.
// Unknown is what stands there and is not in the register: a law that it does
// not hold, or an article of one that it holds.
func Find(citation string, on calendar.Day) (texts []Text, unknown []string) {
	parts := split(citation)
	if len(parts) == 0 && strings.TrimSpace(citation) != "" {
		return nil, []string{citation}
	}
	for _, p := range parts {
		for _, a := range p.articles() {
			t, ok := p.law.text(a, on)
			if !ok {
				unknown = append(unknown, p.law.Name+a)
				continue
			}
			texts = append(texts, t)
		}
	}
	return texts, unknown
}

// text is the article on a day.
func (l *Law) text(a string, on calendar.Day) (Text, bool) {
	g, ok := l.gist(a, on)
	v := l.On(on)
	return Text{Law: l.Name, Title: l.Title, Kind: l.Kind, Article: a, Version: v.Text, From: v.From, Gist: g, Source: v.Source}, ok
}

// part is one law in a citation with what stands behind its name.
type part struct {
	law  *Law
	rest string
}

// articles are those that the part names, or the law as a whole.
func (p part) articles() []string {
	if found := article.FindAllString(p.rest, -1); len(found) > 0 {
		return found
	}
	return []string{""}
}

// split finds the laws of a citation in their order.
func split(citation string) (out []part) {
	for at := 0; at < len(citation); {
		n, ok := nameAt(citation[at:])
		if !ok {
			at++
			continue
		}
		at += len(n.name)
		end := at
		for end < len(citation) {
			if _, next := nameAt(citation[end:]); next {
				break
			}
			end++
		}
		out = append(out, part{n.law, citation[at:end]})
		at = end
	}
	return out
}

// nameAt is the law whose name stands at the beginning of the text.
func nameAt(s string) (named, bool) {
	for _, n := range names {
		if strings.HasPrefix(s, n.name) {
			return n, true
		}
	}
	return named{}, false
}
