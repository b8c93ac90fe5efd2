package flow

import (
	_ "embed"
	"encoding/json"
	"sync"
)

//go:embed standard.json
var standardJSON []byte

// Standard is the general procedure (一般程序): accept, examine, review,
// decide, issue, deliver, by different people for examining, reviewing and
// deciding. Its limits sum to those of the 行政许可法: 5 working days to accept
// (第三十二条), 20 to decide (第四十二条), 10 to deliver (第四十四条); an item that
// promises less has its own.
func Standard() Definition { return builtin("standard") }

// Simple is the short procedure (简易程序): reviewed and decided by two people.
func Simple() Definition { return builtin("simple") }

// OnTheSpot is the procedure of a case decided at once (即办, 行政许可法第三十四条
// 第二款): the window accepts and an empowered officer decides.
func OnTheSpot() Definition { return builtin("on_the_spot") }

// JointReview is the procedure in which others are heard side by side before the
// review (行政许可法第二十六条第二款); whose branches they are, the matter says.
func JointReview() Definition { return builtin("joint") }

// Reported is the procedure in which a lower body examines first and reports
// upward (下级初审, 行政许可法第三十五条、第四十三条).
func Reported() Definition { return builtin("reported") }

// Builtin is a procedure by its key; see Builtins.
func Builtin(key string) (Definition, bool) {
	for _, k := range Builtins() {
		if k == key {
			return builtin(key), true
		}
	}
	return Definition{}, false
}

// Builtins are the keys of the procedures that a definition may begin from.
func Builtins() []string { return []string{"standard", "simple", "on_the_spot", "joint", "reported"} }

// raw are the procedures as they stand in the embedded data, by key.
var raw = sync.OnceValues(func() (all map[string]json.RawMessage, err error) {
	return all, json.Unmarshal(standardJSON, &all)
})

// builtin gives a copy that its caller may change. It panics when the embedded
// data is broken, which a test excludes.
func builtin(key string) (d Definition) {
	all, err := raw()
	if err == nil {
		err = json.Unmarshal(all[key], &d)
	}
	if err != nil {
		panic(err)
	}
	return d
}
