package party

import (
	"strings"

	"onewindow/internal/kit/code"
)

// Masked is a party as pages show it: enough to recognise, too little to use.
// A company's name and code are public.
type Masked struct {
	ID        string
	Kind      Kind
	Name      string // 张*
	IDType    string
	IDNumber  string // 前3后4
	Phone     string // 138****1234
	Address   string
	USCC      string
	LegalName string
	Checked   bool
}

// Masked is the party with what identifies or reaches a person hidden.
func (p Party) Masked() Masked {
	m := Masked{
		ID: p.ID, Kind: p.Kind, Name: MaskName(p.Name), IDType: p.IDType, IDNumber: code.MaskID(p.IDNumber),
		Phone: code.MaskPhone(p.Phone), Address: MaskAddress(p.Address), USCC: p.USCC,
		LegalName: MaskName(p.LegalName), Checked: p.Checked != "",
	}
	if p.Kind == Company {
		m.Name, m.Address = p.Name, p.Address
	}
	return m
}

// MaskName hides a person's name but for its first character: 张*, 欧**.
func MaskName(name string) string {
	r := []rune(name)
	if len(r) < 2 {
		return name
	}
	return string(r[0]) + strings.Repeat("*", len(r)-1)
}

// MaskAddress shows where somebody lives as far as the city.
func MaskAddress(address string) string {
	const head = 6 // 河北省定州市
	r := []rune(address)
	if len(r) <= head {
		return strings.Repeat("*", len(r))
	}
	return string(r[:head]) + "******"
}
