package catalog

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
)

//go:embed seed/synonyms.json
var synonymsJSON []byte

// synonymTable says which words of a query mean the same as words of the
// directory (社保 = 社会保险), and which say nothing (我想办理…).
type synonymTable struct {
	Same  []synonym `json:"same"`
	Empty []string  `json:"empty"`
}

type synonym struct {
	Say  string   `json:"say"`
	Mean []string `json:"mean"`
}

// synonyms panics when the embedded table is broken, which a test excludes.
var synonyms = sync.OnceValue(func() synonymTable {
	var t synonymTable
	if err := json.Unmarshal(synonymsJSON, &t); err != nil {
		panic(err)
	}
	return t
})

// plain takes the words that say nothing out of a folded query, unless nothing
// would be left.
func plain(word string) string {
	w := word
	for _, e := range synonyms().Empty {
		w = strings.ReplaceAll(w, e, "")
	}
	if w == "" {
		return word
	}
	return w
}

const maxReadings = 4

// readings are the texts to compare for one folded word: as typed, without
// words that say nothing, and with synonyms put in their place.
func readings(word string) []string {
	out := []string{word}
	add := func(w string) {
		if len(out) < maxReadings && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	p := plain(word)
	add(p)
	for _, s := range synonyms().Same {
		if !strings.Contains(p, s.Say) {
			continue
		}
		for _, m := range s.Mean {
			add(strings.Replace(p, s.Say, m, 1))
		}
	}
	return out
}
