package sm

import (
	"crypto/subtle"
	"encoding/binary"
	"strings"
)

// checkAlphabet leaves out every sign that is mistaken for another on paper or
// on the telephone: 0 O Q, 1 I L, 2 Z, 5 S, 8 B, 6 G, U V.
const checkAlphabet = "34679ACDEFHJKMNPRTUWXY"

const checkLength = 6

// CheckCode is the short code (核验码) printed beside a number, so that a stranger
// who knows or guesses the number alone learns nothing: 6 signs, one of 113
// million. Where it is asked for, tries must be limited.
func (k *Keyring) CheckCode(number string) string {
	n := binary.BigEndian.Uint64(mac(k.check, number))
	code := make([]byte, checkLength)
	for i := range code {
		code[i] = checkAlphabet[n%uint64(len(checkAlphabet))]
		n /= uint64(len(checkAlphabet))
	}
	return string(code)
}

// CheckCodeMatches compares a typed code with the right one in constant time;
// case and white space do not matter.
func (k *Keyring) CheckCodeMatches(number, typed string) bool {
	typed = strings.ToUpper(strings.Join(strings.Fields(typed), ""))
	return subtle.ConstantTimeCompare([]byte(k.CheckCode(number)), []byte(typed)) == 1
}
