package party

import (
	"regexp"
	"strings"

	"onewindow/internal/kit/code"
	"onewindow/internal/kit/fault"
)

var (
	mobile   = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	phone    = regexp.MustCompile(`^(1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?|400-?[0-9]{3}-?[0-9]{4})$`)
	document = regexp.MustCompile(`^[A-Z0-9()-]{5,20}$`)
)

// clean brings what was typed into the form it is compared and stored in.
func (p Party) clean() Party {
	p.Name, p.Address, p.LegalName = strings.TrimSpace(p.Name), strings.TrimSpace(p.Address), strings.TrimSpace(p.LegalName)
	p.IDNumber, p.USCC, p.Phone = plain(p.IDNumber), plain(p.USCC), plain(p.Phone)
	return p
}

// plain is a code without blanks, in half width and capitals.
func plain(typed string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\t' || r == '\u3000':
			return -1
		case r >= '！' && r <= '～': // full-width forms
			return r - '！' + '!'
		}
		return r
	}, typed))
}

// check is what is wrong with a cleaned party, by field.
func (p Party) check() (wrong []fault.Field) {
	if n := len([]rune(p.Name)); n < 2 || n > 100 {
		wrong = append(wrong, fault.At("name", "party.name"))
	}
	wrong = append(wrong, CheckReach(p.Phone, p.Address)...)
	if p.Kind == Company {
		if err := code.USCC(p.USCC); err != nil {
			wrong = append(wrong, code.Field("uscc", err))
		}
		return wrong
	}
	return append(wrong, checkDocument(p.IDType, p.IDNumber)...)
}

// CheckReach is what is wrong with how somebody is reached; both may be empty.
func CheckReach(tel, address string) (wrong []fault.Field) {
	if tel = plain(tel); tel != "" && !phone.MatchString(tel) {
		wrong = append(wrong, fault.At("phone", "party.phone"))
	}
	if len([]rune(strings.TrimSpace(address))) > 200 {
		wrong = append(wrong, fault.At("address", "party.address"))
	}
	return wrong
}

// checkDocument judges a citizen's number by its check character and other
// documents by their form.
func checkDocument(idType, number string) []fault.Field {
	switch idType {
	case IDCard:
		if err := code.IDNumber(number); err != nil {
			return []fault.Field{code.Field("id_number", err)}
		}
	case Passport, TaiwanPass, HongKong, ForeignCard:
		if !document.MatchString(number) {
			return []fault.Field{fault.At("id_number", "party.id_number")}
		}
	default:
		return []fault.Field{fault.At("id_type", "party.id_type")}
	}
	return nil
}

// invalid is the fault for wrong fields, nil for none.
func invalid(wrong []fault.Field) error {
	if len(wrong) == 0 {
		return nil
	}
	return fault.Invalid("party", wrong...)
}
