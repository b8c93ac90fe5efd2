// Package pdf sets official papers in Chinese: letters, receipts, guides with
// tables, and licences. It breaks lines and pages by the Chinese rules, draws
// the demonstration seal, and refuses to print a paper on which a character
// would be missing. It knows no business; callers give it the words.
package pdf

import (
	_ "embed"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/signintech/gopdf"

	"onewindow/internal/kit/fault"
)

//go:embed font/onewindow-gb2312.ttf
var embedded []byte

// Fonts are the typefaces papers are set in. A character is taken from the
// first font that has it; the embedded GB 2312 subset is always the last.
// Nothing is read before the first rendering. Fonts is safe for concurrent use.
type Fonts struct {
	load func() (*typefaces, error)
}

type typefaces struct {
	faces     []*face
	container gopdf.FontContainer
}

// NewFonts names external TrueType fonts (.ttf or .ttc, of which the first
// face is used) that stand before the embedded one. Characters beyond U+FFFF are
// printed from them rightly, but copying such a character out of the PDF gives
// another one: gopdf writes their character map wrongly.
func NewFonts(paths ...string) *Fonts {
	return &Fonts{load: sync.OnceValues(func() (*typefaces, error) { return loadFaces(paths) })}
}

// Check loads the fonts and says what is wrong with them.
func (f *Fonts) Check() error {
	_, err := f.load()
	return err
}

// Missing lists the characters of text that no font has, each once, so that a
// name can be questioned when it is entered and not when a paper is issued.
func (f *Fonts) Missing(text string) ([]rune, error) {
	t, err := f.load()
	if err != nil {
		return nil, err
	}
	var missing []rune
	for _, r := range clean(text) {
		if r != '\n' && t.faceOf(r) == nil && !slices.Contains(missing, r) {
			missing = append(missing, r)
		}
	}
	return missing, nil
}

// MissingError refuses a paper because no font has some of its characters.
type MissingError struct{ Characters []rune }

func (e *MissingError) Error() string {
	var b strings.Builder
	b.WriteString("pdf: no font has")
	for _, r := range e.Characters {
		fmt.Fprintf(&b, " %c (%U)", r, r)
	}
	return b.String()
}

// Unwrap makes the error a fault that can be told to people.
func (e *MissingError) Unwrap() error {
	return fault.Refused("pdf.characters", "", "characters", string(e.Characters))
}

func loadFaces(paths []string) (*typefaces, error) {
	t := &typefaces{}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err == nil {
			data, err = firstFace(data)
		}
		if err == nil {
			err = t.add(data)
		}
		if err != nil {
			return nil, fmt.Errorf("pdf: font %s: %w", p, err)
		}
	}
	return t, t.add(embedded)
}

func (t *typefaces) add(data []byte) error {
	family := fmt.Sprintf("OW%d", len(t.faces))
	f, err := newFace(family, data)
	if err != nil {
		return err
	}
	t.faces = append(t.faces, f)
	return t.container.AddTTFFontData(family, data)
}

func (t *typefaces) faceOf(r rune) *face {
	for _, f := range t.faces {
		if f.advance(r) > 0 {
			return f
		}
	}
	return nil
}
