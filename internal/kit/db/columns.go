package db

import (
	"encoding/json"
	"fmt"
)

// Flag is truth as both engines hold it.
func Flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// JSON is a value as a text column holds it. It panics on what cannot be
// written: what is stored is known to be writable.
func JSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("db: %T: %v", v, err))
	}
	return string(b)
}
