package archtest

import (
	"io/fs"
	"strings"
	"testing"

	"onewindow/internal/business/schema"
)

// Two schema files with one number keep every store from opening; they come
// about when two branches each add one.
func TestSchemaFilesHaveNumbersOfTheirOwn(t *testing.T) {
	files, err := fs.Glob(schema.FS, "*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	seen := map[string]string{}
	for _, f := range files {
		number, _, _ := strings.Cut(f, "_")
		if other, twice := seen[number]; twice {
			t.Errorf("%s and %s", other, f)
		}
		seen[number] = f
	}
}
