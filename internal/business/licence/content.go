package licence

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/business/org"
	"onewindow/internal/kit/sm"
)

// formatName is the first line of every content; another layout of the JSON
// gets another name.
const formatName = "onewindow-licence/1"

// Content is what is signed. Days are civil days in Beijing.
type Content struct {
	Format     string  `json:"format"`
	Demo       string  `json:"demo"` // says that it has no legal effect
	Identifier string  `json:"identifier,omitempty"`
	Type       string  `json:"type,omitempty"` // 证照类型代码
	Number     string  `json:"number"`
	Kind       Kind    `json:"kind"`
	Name       string  `json:"name"`
	Holder     Holder  `json:"holder"`
	Prints     []Print `json:"prints,omitempty"`
	// ValidFrom is the day of the decision. ValidTo is the last day, one day
	// before the corresponding day; nil when no end is laid down, and Term says
	// what is printed instead.
	ValidFrom calendar.Day  `json:"valid_from"`
	ValidTo   *calendar.Day `json:"valid_to,omitempty"`
	Term      string        `json:"term,omitempty"`
	Scope     string        `json:"scope,omitempty"`
	IssuedOn  calendar.Day  `json:"issued_on"`
	Body      Body          `json:"body"`
	Matter    Matter        `json:"matter"`
	Case      string        `json:"case"` // 办件编号
	// Version counts from 2; the first one is not said. Replaces is the number of
	// the version before.
	Version  int    `json:"version,omitempty"`
	Replaces string `json:"replaces,omitempty"`
}

// Holder (持证主体). The code is an organisation's credit code, where the form
// asked for it; a person's number is nobody's business here.
type Holder struct {
	Name         string `json:"name"`
	Organisation bool   `json:"organisation"`
	Code         string `json:"code,omitempty"`
}

// Body (颁发机构) as it was named on the day.
type Body struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	USCC string `json:"uscc"`
}

// Matter (事项) is which version of which matter was granted.
type Matter struct {
	Name string `json:"name"`
	Code string `json:"code"`
}

// Print is one line on the face (照面信息).
type Print struct {
	Label     string `json:"label"`
	Value     string `json:"value"`
	Element   string `json:"element"`
	Sensitive bool   `json:"sensitive,omitempty"`
}

// compose is the content of the result of a granted case.
func compose(c *casework.Case, impl *catalog.Implementation, v form.Values, body org.Body, now time.Time) (Content, error) {
	r := impl.Result
	out := Content{
		Format: formatName, Demo: sm.Mark, Type: r.TypeCode, Kind: kindOf(r), Name: r.Name, Prints: prints(impl, v),
		Scope: r.Scope, IssuedOn: calendar.DayOf(now), Body: Body{body.ID, body.Name, body.USCC},
		Matter: Matter{c.ItemName, impl.Code()}, Case: c.Number, Holder: holder(c, r, v),
	}
	out.Number = numberOf(out.Kind, c.Number)
	if impl.Establishes() { // 市场主体登记管理条例第二十一条第一款
		out.Prints = append(out.Prints, Print{Label: "成立日期", Value: out.IssuedOn.Chinese(), Element: establishedOn})
	}
	out.ValidFrom, out.ValidTo, out.Term = term(r, calendar.DayOf(c.DecidedAt))
	var err error
	out.Identifier, err = identifierOf(r.TypeCode, body.USCC, c.Number)
	return out, err
}

func kindOf(r catalog.Result) Kind {
	switch k := Kind(r.Form); k {
	case Certificate, Approval:
		return k
	}
	return Other
}

// holder is the organisation that the face names, because a registration is
// granted to the founder and held by what is founded; otherwise the applicant.
func holder(c *casework.Case, r catalog.Result, v form.Values) Holder {
	h := Holder{Name: c.ApplicantName, Organisation: c.Company}
	for _, p := range r.Prints {
		if name := v[companyName]; p.Element == companyName && name != "" {
			h = Holder{Name: name, Organisation: true}
		}
	}
	if h.Organisation && h.Name == v[companyName] {
		h.Code = v[companyCode]
	}
	return h
}

const (
	companyName = "company.name"
	companyCode = "company.uscc"
	// establishedOn is no answer of the form: it is the day of issue.
	establishedOn = "company.established_on"
)

// Words for a validity without end.
const (
	longTerm  = "长期"
	noTermSet = "未规定"
)

// term is the validity: from the day of the decision, like the decision itself
// says, through the day before the corresponding day, so that five years from
// 2026年9月18日 end with 2031年9月17日. Without months a licence is valid for a long
// term, and of an approval no term is laid down.
func term(r catalog.Result, decided calendar.Day) (from calendar.Day, to *calendar.Day, words string) {
	switch {
	case r.Months > 0:
		last := decided.AddMonths(r.Months).AddDays(-1)
		return decided, &last, ""
	case kindOf(r) == Certificate:
		return decided, nil, longTerm
	}
	return decided, nil, noTermSet
}

// prints are the face's lines in Chinese. What was not answered is left out.
func prints(impl *catalog.Implementation, v form.Values) (out []Print) {
	for _, f := range faceOf(impl, v) {
		e, _ := form.Lookup(f.Element)
		if value := shown(e, f.Label, v[f.Element]); value != "" {
			out = append(out, Print{Label: f.Label, Value: value, Element: f.Element, Sensitive: e.Sensitive})
		}
	}
	return out
}

// faceOf is what the catalogue lets the face say. An approval of which it says
// nothing repeats what was applied for, so that the paper tells what it
// approves.
func faceOf(impl *catalog.Implementation, v form.Values) (out []catalog.ResultField) {
	if r := impl.Result; len(r.Prints) > 0 || kindOf(r) == Certificate {
		return r.Prints
	}
	for _, f := range impl.Form.Visible(v) {
		if e := f.Resolve(); f.Required && !e.Sensitive && e.Type != form.Boolean && !aboutHandling(e.ID) {
			out = append(out, catalog.ResultField{Label: e.Label, Element: e.ID})
		}
	}
	return out
}

// aboutHandling says that an element is about who handles the application and
// not about what is applied for.
func aboutHandling(element string) bool {
	subject, _, _ := strings.Cut(element, ".")
	return slices.Contains([]string{"contact", "agent", "operator", "delivery", "declaration"}, subject)
}

// shown is a value as a face writes it: choices by their labels, days in
// Chinese, numbers with the unit that the label does not name.
func shown(e form.Element, label, value string) string {
	value = strings.TrimSpace(e.LabelOf(value))
	if value == "" {
		return ""
	}
	switch e.Type {
	case form.Date:
		if d, err := calendar.ParseDay(value); err == nil {
			return d.Chinese()
		}
	case form.Number, form.Money:
		if !strings.Contains(label, e.Unit) {
			return value + e.Unit
		}
	case form.LongText:
		return strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == '\n' }), "；")
	}
	return value
}

// bytes is the content as it is signed and stored: JSON with its members in
// fixed order and its Chinese readable.
func (c Content) bytes() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(c)
	return b.Bytes(), err
}
