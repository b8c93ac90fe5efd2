package form

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Normalize brings answers into their one written form: trimmed, letters and
// digits half-width, codes in capitals without blanks, dates as YYYY-MM-DD,
// numbers without grouping and idle zeros; unknown, hidden and empty answers
// are dropped. Doing it twice changes nothing more. What cannot be read stays,
// for Validate to name.
func (d Definition) Normalize(v Values) Values {
	clean, _ := d.walk(v)
	return clean
}

func (e Element) normalize(s string) string {
	switch e.Type {
	case Text:
		if e.Code {
			return strings.ToUpper(compact(s))
		}
		return strings.TrimFunc(strings.Map(oneLine, s), edge)
	case LongText:
		return strings.TrimFunc(manyLines(s), edge)
	case Number, Money:
		return plainNumber(compact(s))
	case Date:
		return plainDate(compact(s))
	case MultiChoice:
		return e.plainChoices(s)
	case Boolean:
		return plainBoolean(compact(s))
	case IDNumber, USCC:
		return strings.ToUpper(strings.ReplaceAll(compact(s), "-", ""))
	case Phone:
		return plainPhone(compact(s))
	case Choice:
		return strings.TrimFunc(s, edge)
	}
	return compact(s)
}

func oneLine(r rune) rune {
	if unicode.IsSpace(r) || within(r, blanks) {
		return ' '
	}
	return narrowWord(r)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ", "\u00A0", " ")

func manyLines(s string) string { return strings.Map(narrowWord, lineEnds.Replace(s)) }

// compact drops blanks and invisible characters and makes the rest half-width;
// numbers copied from address books bring such characters along.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case edge(r):
			return -1
		case r >= '\u2010' && r <= '\u2015', r == '\u2212':
			return '-'
		}
		return narrow(r)
	}, s)
}

var (
	decimal   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	looseForm = regexp.MustCompile(`^([+-]?)0*([0-9]*)(?:\.([0-9]*))?$`)
	grouped   = regexp.MustCompile(`^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$`)
	dateForm  = regexp.MustCompile(`^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$`)
	dateRun   = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	mobile    = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
)

func plainNumber(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	if grouped.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	m := looseForm.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	whole, fraction := cmp.Or(m[2], "0"), strings.TrimRight(m[3], "0")
	if fraction != "" {
		whole += "." + fraction
	}
	if m[1] == "-" && whole != "0" {
		return "-" + whole
	}
	return whole
}

func plainDate(s string) string {
	m := dateForm.FindStringSubmatch(s)
	if m == nil {
		m = dateRun.FindStringSubmatch(s)
	}
	if m == nil {
		return s
	}
	two := func(d string) string { return strings.Repeat("0", 2-len(d)) + d }
	return m[1] + "-" + two(m[2]) + "-" + two(m[3])
}

func plainBoolean(s string) string {
	switch strings.ToLower(s) {
	case "true", "on", "1", "是":
		return "true"
	case "false", "off", "0", "否":
		return "false"
	}
	return s
}

// plainPhone drops the country code of China and the grouping of a mobile
// number, and writes (0312)2312345 with a dash.
func plainPhone(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "(", ""), ")", "-")
	bare := strings.ReplaceAll(s, "-", "")
	for _, prefix := range []string{"", "+86", "0086"} {
		if rest, ok := strings.CutPrefix(bare, prefix); ok && mobile.MatchString(rest) {
			return rest
		}
	}
	return s
}

// plainChoices orders choices as the element lists them, each once; what is
// not among them comes last.
func (e Element) plainChoices(s string) string {
	chosen := split(s)
	place := func(v string) int {
		if i := e.option(v); i >= 0 {
			return i
		}
		return len(e.Choices)
	}
	slices.SortFunc(chosen, func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a, b))
	})
	return strings.Join(slices.Compact(chosen), "\n")
}

// split takes the stored text of several choices apart.
func split(s string) []string {
	var out []string
	for one := range strings.SplitSeq(s, "\n") {
		if one = strings.TrimFunc(one, edge); one != "" {
			out = append(out, one)
		}
	}
	return out
}
