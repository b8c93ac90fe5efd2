package portal

import (
	"testing"

	"onewindow/internal/web/text"
)

// Whatever can happen to a case is told to its applicant in plain words.
func TestEveryHappeningIsExplained(t *testing.T) {
	for _, kind := range text.Slugs(text.Happening) {
		if meaning(kind) == "" {
			t.Errorf("nothing says what %s (%s) means for the applicant", kind, text.Label(text.Happening, kind))
		}
	}
}
