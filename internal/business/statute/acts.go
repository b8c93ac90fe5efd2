package statute

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
)

//go:embed acts.json
var actsFile []byte

// acts are the citations on which each act on a case rests, by the kind under
// which the act stands in the history of the case.
var acts = func() map[string][]string {
	var m map[string][]string
	if err := json.Unmarshal(actsFile, &m); err != nil {
		panic("statute: acts.json: " + err.Error())
	}
	return m
}()

// OfAct are the citations on which an act rests; nil for an act that rests on
// no article, or is not known.
func OfAct(kind string) []string { return slices.Clone(acts[kind]) }

// Acts is every act of which the law is told, in the order of the alphabet.
func Acts() []string { return slices.Sorted(maps.Keys(acts)) }
