package db

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// mostRows bounds the rows of one merged insert; the protocol allows 65,535
// parameters.
const mostRows = 64

// merged puts the rows that are appended to one table into few statements. The
// server spends more on a statement than on a row. Row counts are powers of
// two, so that few texts have to be prepared.
func merged(writes []write) []write {
	var out []write
	var order []string
	rows := map[string][]write{}
	for _, w := range writes {
		if !w.append {
			out = append(out, w)
			continue
		}
		if rows[w.text] == nil {
			order = append(order, w.text)
		}
		rows[w.text] = append(rows[w.text], w)
	}
	for _, text := range order {
		for rest := rows[text]; len(rest) > 0; {
			n := powerOfTwo(min(len(rest), mostRows))
			out = append(out, together(text, rest[:n]))
			rest = rest[n:]
		}
	}
	return out
}

// powerOfTwo is the largest one that is not above n.
func powerOfTwo(n int) int {
	p := 1
	for p*2 <= n {
		p *= 2
	}
	return p
}

func together(text string, rows []write) write {
	w := write{text: manyRows(text, len(rows)), rows: len(rows), append: true}
	for _, r := range rows {
		w.args = append(w.args, r.args...)
	}
	return w
}

var (
	placeholder = regexp.MustCompile(`\$(\d+)`)
	valuesWord  = regexp.MustCompile(`\s+values\s*\(`)
	manyTexts   sync.Map
)

type manyKey struct {
	text string
	n    int
}

// manyRows repeats the tuple after "values" n times with its own placeholders.
func manyRows(text string, n int) string {
	if n == 1 {
		return text
	}
	if v, ok := manyTexts.Load(manyKey{text, n}); ok {
		return v.(string)
	}
	at := valuesWord.FindStringIndex(text)
	head, tuple := text[:at[0]], text[at[1]-1:]
	width := len(placeholder.FindAllString(tuple, -1))
	tuples := make([]string, n)
	for i := range tuples {
		tuples[i] = placeholder.ReplaceAllStringFunc(strings.TrimSpace(tuple), func(p string) string {
			k, _ := strconv.Atoi(p[1:])
			return "$" + strconv.Itoa(k+i*width)
		})
	}
	many := head + " values " + strings.Join(tuples, ", ")
	manyTexts.Store(manyKey{text, n}, many)
	return many
}
