package document

import (
	_ "embed"
	"encoding/json"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/org"
	"onewindow/internal/kit/db"
)

// Body (机关) is who issues a document. Word (机关代字) begins its numbers.
type Body struct {
	ID, Name, Word string
}

// wordsFile holds the bodies' words; they are samples until each body's own is
// entered.
//
//go:embed words.json
var wordsFile []byte

var words = func() map[string]string {
	var file struct{ Words map[string]string }
	if err := json.Unmarshal(wordsFile, &file); err != nil {
		panic("document: words.json: " + err.Error())
	}
	return file.Words
}()

// BodyOf is a body of the organisation with its word.
func BodyOf(b org.Body) Body { return Body{b.ID, b.Name, WordOf(b)} }

// WordOf is the word that a body's numbers begin with: its own where one is
// known, otherwise one made from its names, such as 定留早镇 for 留早镇政府.
func WordOf(b org.Body) string {
	if w := words[b.ID]; w != "" {
		return w
	}
	return derived(b.Name, b.Short)
}

func derived(name, short string) string {
	if short == "" {
		short = name
	}
	place, _, found := strings.Cut(name, "市")
	first := ""
	if r := []rune(place); found && len(r) >= 2 {
		first = string(r[len(r)-2])
	}
	core := strings.TrimPrefix(short, "市")
	for _, tail := range []string{"人民政府", "政府", "办事处", "委员会", "中心", "局", "办"} {
		if cut := strings.TrimSuffix(core, tail); cut != core && cut != "" {
			core = cut
			break
		}
	}
	return first + core
}

// series is what numbers are counted in.
type series struct {
	bodyID, word string
	year         int
}

func (d *Draft) series(tx *db.Tx) series {
	return series{d.Body.ID, d.Kind.Spec().Word, calendar.DayOf(tx.Now).Year()}
}

// count queues the step of the counter. The number itself is read by the
// insert that follows in the same commit, so that none is lost or given twice.
func (s series) count(tx *db.Tx) {
	tx.Write(`insert into document_counter (body_id, word, year, n) values ($1, $2, $3, 1)
		on conflict (body_id, word, year) do update set n = document_counter.n + 1`, s.bodyID, s.word, s.year)
}
