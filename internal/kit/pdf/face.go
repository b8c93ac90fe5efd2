package pdf

import (
	"encoding/binary"
	"errors"

	"github.com/signintech/gopdf"
)

// face is one font, measured. The fonts' own look-up reports some missing
// characters as glyph 0, an empty box, without a word; this table does not.
type face struct {
	family string
	font   gopdf.SubsetFontObj
	near   [1 << 16]uint16 // advance + 1 in thousandths of the size; 0: no glyph
}

func newFace(family string, data []byte) (*face, error) {
	f := &face{family: family}
	if err := f.font.SetTTFData(data); err != nil {
		return nil, err
	}
	t := f.font.GetTTFParser()
	if len(t.LocaTable) == 0 {
		return nil, errors.New("no TrueType outlines")
	}
	for s := range t.SegCount {
		for c := t.StartCount[s]; c <= t.EndCount[s] && c < 1<<16-1; c++ {
			g, err := f.font.CharCodeToGlyphIndex(rune(c))
			if err == nil && g != 0 {
				f.near[c] = uint16(f.font.GlyphIndexToPdfWidth(g)) + 1
			}
		}
	}
	return f, nil
}

// advance is how far the pen moves, in thousandths of the size, plus one; 0
// when the face has no glyph for r.
func (f *face) advance(r rune) int {
	if r < 1<<16 {
		return int(f.near[r])
	}
	g, err := f.font.CharCodeToGlyphIndex(r)
	if err != nil || g == 0 {
		return 0
	}
	return int(f.font.GlyphIndexToPdfWidth(g)) + 1
}

var errCollection = errors.New("broken font collection")

// firstFace takes the first font out of a TrueType collection (.ttc); a single
// font is returned as it is. Table offsets count from the start of the file,
// so the tables are copied behind a new directory.
func firstFace(data []byte) ([]byte, error) {
	if len(data) < 16 || string(data[:4]) != "ttcf" {
		return data, nil
	}
	const record = 16
	start := int(binary.BigEndian.Uint32(data[12:]))
	if start+12 > len(data) {
		return nil, errCollection
	}
	count := int(binary.BigEndian.Uint16(data[start+4:]))
	head := 12 + count*record
	if start+head > len(data) {
		return nil, errCollection
	}
	out := append([]byte(nil), data[start:start+head]...)
	for i := range count {
		entry := out[12+i*record:]
		offset, length := int(binary.BigEndian.Uint32(entry[8:])), int(binary.BigEndian.Uint32(entry[12:]))
		if offset+length > len(data) {
			return nil, errCollection
		}
		binary.BigEndian.PutUint32(entry[8:], uint32(len(out)))
		out = append(out, data[offset:offset+length]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	return out, nil
}
