package licence

import (
	"strconv"
	"strings"

	"onewindow/internal/kit/code"
	"onewindow/internal/kit/fault"
)

// A case number is division 6 + department 4 + day 8 + sequence of the
// department's day 6 + check character. What a licence needs is cut out of it:
// unique without a counter of its own.
const (
	caseDigits   = 24
	caseDay      = 10
	firstVersion = 1 // of what is issued for the first time
)

// letters begin the number of each kind: 证, 批, 结.
var letters = map[Kind]string{Certificate: "Z", Approval: "P", Other: "J"}

// numberOf is the number of a result (证书编号): a letter for its kind, the digits
// of the case number, and a check character (MOD 37,36).
func numberOf(k Kind, caseNumber string) string {
	body := letters[k] + caseNumber[:caseDigits]
	return body + string(code.Check3736(body))
}

// identifierOf is the licence identifier (证照标识, GB/T 36904-2018). The serial is
// the day and the sequence of the case number, which one body gives only once.
// A result without a licence type has none.
func identifierOf(typ, issuer, caseNumber string) (string, error) {
	if typ == "" {
		return "", nil
	}
	id, err := code.NewLicenceID(typ, issuer, caseNumber[caseDay:caseDigits], firstVersion)
	if err != nil {
		return "", fault.Refused("licence.identifier", "GB/T 36904-2018", "type", typ, "issuer", issuer).Because(err)
	}
	return id.String(), nil
}

// reference is what somebody verifies by, after its shape was found right.
type reference struct{ identifier, number string }

func (r reference) String() string { return r.identifier + r.number }

// readReference folds what was typed or scanned (blanks, small letters,
// full-width signs, the whole address of the verification page) and refuses
// what cannot be an identifier or a number before the store is asked.
func readReference(typed string) (reference, error) {
	s := strings.ToUpper(strings.Map(narrow, typed))
	if at := strings.LastIndex(s, "/VERIFY/"); at >= 0 {
		s = s[at+len("/VERIFY/"):]
	}
	if strings.Contains(s, ".") {
		if _, err := code.ParseLicenceID(s); err != nil {
			return reference{}, fault.Invalid("licence.reference", code.Field("reference", err))
		}
		return reference{identifier: s}, nil
	}
	s = strings.ReplaceAll(s, "-", "")
	if err := checkNumber(s); err != nil {
		return reference{}, fault.Invalid("licence.reference", code.Field("reference", err))
	}
	return reference{number: s}, nil
}

func checkNumber(s string) error {
	if want := letters[Certificate] + strings.Repeat("0", caseDigits); len(s) != len(want)+1 {
		return &code.Error{Code: code.WrongLength, Args: map[string]string{"want": "26", "got": strconv.Itoa(len([]rune(s)))}}
	}
	if r := []rune(s)[0]; !strings.ContainsRune("ZPJ", r) {
		return &code.Error{Code: code.WrongChar, Args: map[string]string{"pos": "1", "char": string(r)}}
	}
	return code.Checked3736(s)
}

// narrow drops blanks and makes full-width letters and digits half-width.
func narrow(r rune) rune {
	switch {
	case r <= ' ' || r == '\u00a0' || r == '\u3000' || r == '\u200b' || r == '\ufeff':
		return -1
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '。':
		return '.'
	}
	return r
}
