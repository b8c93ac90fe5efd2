package db

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Reading a stamp by its places gives what time.Parse gives.
func TestParseStamp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.StringMatching(`[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]\.[0-9]{3}Z`),
			rapid.Custom(func(t *rapid.T) string {
				return Stamp(time.UnixMilli(rapid.Int64Range(-6e13, 2.5e14).Draw(t, "ms")))
			}), rapid.StringMatching(`[-0-9T:.Z]{20,26}`)).Draw(t, "s")
		got, err := ParseStamp(s)
		want, wantErr := time.Parse(StampLayout, s)
		if !got.Equal(want) || (err == nil) != (wantErr == nil) {
			t.Fatalf("%q: %v %v, want %v %v", s, got, err, want, wantErr)
		}
	})
}
