package licence

import (
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/form"
	"onewindow/internal/business/party"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/sm"
)

// Face is what the public may know of a licence: natural persons' names and
// sensitive values are masked (个人信息保护法第二十八条, 第五十一条); organisations are
// named in full (行政许可法第四十条).
type Face struct {
	Name       string        `json:"name"`
	Kind       Kind          `json:"kind"`
	Number     string        `json:"number"`
	Identifier string        `json:"identifier,omitempty"`
	Holder     Holder        `json:"holder"`
	Prints     []Line        `json:"prints,omitempty"`
	Body       string        `json:"body"`
	IssuedOn   calendar.Day  `json:"issued_on"`
	ValidFrom  calendar.Day  `json:"valid_from"`
	ValidTo    *calendar.Day `json:"valid_to,omitempty"`
	Validity   string        `json:"validity"`
	Digest     string        `json:"sm3"`
	// Certificate is the serial number of the signer's certificate, in hex.
	Certificate string `json:"certificate"`
}

// Line is a label with its value.
type Line struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

func face(l *Licence) *Face {
	c := l.Content
	f := &Face{Name: c.Name, Kind: c.Kind, Number: c.Number, Identifier: c.Identifier, Holder: c.Holder, Body: c.Body.Name,
		IssuedOn: c.IssuedOn, ValidFrom: c.ValidFrom, ValidTo: c.ValidTo, Validity: c.Validity(), Digest: l.Digest}
	if !c.Holder.Organisation {
		f.Holder.Name = party.MaskName(c.Holder.Name)
	}
	for _, p := range c.Prints {
		f.Prints = append(f.Prints, Line{p.Label, p.public(c.Holder)})
	}
	if h, err := sm.ReadCertificate(l.signer); err == nil {
		f.Certificate = h.Serial
	}
	return f
}

// hidden stands for what is not for the public.
const hidden = "（个人信息，不公开）"

// public is the value as strangers read it. A private holder's name is masked
// wherever it stands.
func (p Print) public(h Holder) string {
	if p.Sensitive {
		return p.masked()
	}
	if h.Organisation || h.Name == "" {
		return p.Value
	}
	return strings.ReplaceAll(p.Value, h.Name, party.MaskName(h.Name))
}

// masked hides a sensitive value: numbers but for their ends, the rest whole.
func (p Print) masked() string {
	switch e, _ := form.Lookup(p.Element); e.Type {
	case form.IDNumber:
		return code.MaskID(p.Value)
	case form.Phone:
		return code.MaskPhone(p.Value)
	}
	return hidden
}
