package code

import (
	"fmt"
	"strconv"
	"strings"
)

// licenceRoot is the object identifier under which all electronic licences
// stand (GB/T 36904-2018).
const licenceRoot = "1.2.156.3005.2."

// LicenceID is the identifier of an electronic licence (证照标识, GB/T 36904-2018),
// as NewLicenceID and ParseLicenceID make it:
// 1.2.156.3005.2.<Type>.<Authority>.<Serial>.<Version>.<check>.
type LicenceID struct {
	Type      string // 证照类型代码: the credit code of its definer and three characters
	Authority string // 颁发机构代码: a credit code, or six digits of a division
	Serial    string // 流水号: digits and upper-case letters
	Version   int    // 版本号: 1 to 999, written with three digits
}

// NewLicenceID composes an identifier and refuses parts that are wrong;
// positions are those of the composed text.
func NewLicenceID(typ, authority, serial string, version int) (LicenceID, error) {
	id := LicenceID{typ, authority, serial, version}
	return id, id.wrong()
}

// ParseLicenceID reads an identifier and checks every part of it, the credit
// codes inside included.
func ParseLicenceID(s string) (LicenceID, error) {
	rest, ok := strings.CutPrefix(s, licenceRoot)
	if !ok {
		return LicenceID{}, wrong(WrongPrefix, "want", licenceRoot)
	}
	p := strings.Split(rest, ".")
	if len(p) != 5 {
		return LicenceID{}, wrong(WrongSegments, "want", "5", "got", strconv.Itoa(len(p)))
	}
	id := LicenceID{Type: p[0], Authority: p[1], Serial: p[2]}
	at := id.versionAt()
	if err := first(id.wrongParts(),
		length(p[3], 3, at), chars(p[3], digits, at), length(p[4], 1, at+4), chars(p[4], alnum, at+4)); err != nil {
		return LicenceID{}, err
	}
	id.Version, _ = strconv.Atoi(p[3])
	if err := first(id.wrong(), check(p[4][0], id.Check(), at+5)); err != nil {
		return LicenceID{}, err
	}
	return id, nil
}

// Check is the check character: MOD 37,36 over the four parts without dots.
func (id LicenceID) Check() byte {
	return Check3736(fmt.Sprintf("%s%s%s%03d", id.Type, id.Authority, id.Serial, id.Version))
}

// String is the whole identifier with its check character.
func (id LicenceID) String() string {
	return fmt.Sprintf("%s%s.%s.%s.%03d.%c", licenceRoot, id.Type, id.Authority, id.Serial, id.Version, id.Check())
}

// versionAt is how many characters stand before the version.
func (id LicenceID) versionAt() int {
	return len(licenceRoot) + len(id.Type) + len(id.Authority) + len(id.Serial) + 3
}

func (id LicenceID) wrong() error {
	if err := id.wrongParts(); err != nil {
		return err
	}
	if at := id.versionAt(); id.Version < 1 || id.Version > 999 {
		return span(WrongVersion, at+1, at+3)
	}
	return nil
}

// wrongParts judges the first three parts.
func (id LicenceID) wrongParts() error {
	at := len(licenceRoot)
	if err := licenceType(id.Type, at); err != nil {
		return err
	}
	at += len(id.Type) + 1
	if err := wrongAuthority(id.Authority, at); err != nil {
		return err
	}
	at += len(id.Authority) + 1
	if id.Serial == "" {
		return wrongLength("", "1", at)
	}
	return chars(id.Serial, alnum, at)
}

// CheckLicenceType says what is wrong with a licence type (证照类型代码): the credit
// code of its definer and three characters.
func CheckLicenceType(s string) error { return licenceType(s, 0) }

// licenceType is CheckLicenceType of a code that stands behind at characters.
func licenceType(s string, at int) error {
	if err := length(s, 21, at); err != nil {
		return err
	}
	r := []rune(s)
	return first(uscc(string(r[:18]), at), chars(string(r[18:]), alnum, at+18))
}

func wrongAuthority(s string, at int) error {
	switch len([]rune(s)) {
	case 6:
	case 18:
		return uscc(s, at)
	default:
		return wrongLength(s, "6、18", at)
	}
	if err := chars(s, digits, at); err != nil {
		return err
	}
	if !province(s[:2]) {
		return span(WrongArea, at+1, at+6)
	}
	return nil
}
