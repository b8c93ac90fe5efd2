package cmpp

import (
	"encoding/binary"
	"errors"
	"unicode/utf16"
)

// A part holds 140 bytes: 70 UCS2 units, or 67 behind the header that joins
// long messages.
const (
	unitsAlone  = 70
	unitsJoined = 67
)

// mostParts is the most parts one message is cut into; a gateway may refuse
// fewer.
const mostParts = 20

// ErrTooLong says that a text does not fit into 20 parts.
var ErrTooLong = errors.New("cmpp: text too long")

// split cuts a text into the contents of its parts. A pair of units that is
// one character is never cut. ref tells apart the long messages that a phone
// puts together at the same time.
func split(text string, ref byte) ([][]byte, error) {
	units := utf16.Encode([]rune(text))
	if len(units) <= unitsAlone {
		return [][]byte{ucs2(nil, units)}, nil
	}
	var cut [][]uint16
	for len(units) > 0 {
		n := min(unitsJoined, len(units))
		if n < len(units) && isHigh(units[n-1]) {
			n--
		}
		cut, units = append(cut, units[:n]), units[n:]
	}
	if len(cut) > mostParts {
		return nil, ErrTooLong
	}
	parts := make([][]byte, len(cut))
	for i, c := range cut {
		// 05: five bytes follow; 00 03: joined message, three bytes
		parts[i] = ucs2([]byte{5, 0, 3, ref, byte(len(cut)), byte(i + 1)}, c)
	}
	return parts, nil
}

// isHigh says whether u is the first unit of a pair.
func isHigh(u uint16) bool { return u >= 0xd800 && u < 0xdc00 }

func ucs2(head []byte, units []uint16) []byte {
	for _, u := range units {
		head = binary.BigEndian.AppendUint16(head, u)
	}
	return head
}
