package form

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Type is how an element is entered, normalized and checked.
type Type string

// The types of elements.
const (
	Text        Type = "text"        // one line
	LongText    Type = "longtext"    // several lines
	Number      Type = "number"      // plain decimal, within Low and High
	Money       Type = "money"       // an amount in Unit
	Date        Type = "date"        // civil day, 1900 to 2099
	Choice      Type = "choice"      // one of Choices
	MultiChoice Type = "multichoice" // some of Choices
	Boolean     Type = "boolean"     // 是 or 否
	IDNumber    Type = "id_number"   // 居民身份证号码, GB 11643
	USCC        Type = "uscc"        // 统一社会信用代码, GB 32100
	Phone       Type = "phone"       // mobile, landline, 400 number or +country
	Postcode    Type = "postcode"    // 邮政编码
	Email       Type = "email"       // ASCII address
	AreaCode    Type = "area_code"   // 行政区划代码 of 6, 9 or 12 digits, GB/T 2260
)

// When demands that a date lie before or after today; today itself is both.
type When string

// The demands on dates.
const (
	Past   When = "past"
	Future When = "future"
)

// Element is a data element (数据元): one fact, named and judged alike in every
// form.
type Element struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Type  Type   `json:"type"`
	// Sensitive marks personal information to be encrypted and masked.
	Sensitive bool `json:"sensitive,omitempty"`
	// MustAgree makes a boolean a declaration that only "true" satisfies.
	MustAgree bool `json:"must_agree,omitempty"`
	// Code makes a text a code: capitals, no blanks, half-width.
	Code    bool     `json:"code,omitempty"`
	Choices []Option `json:"choices,omitempty"`
	// Max is the greatest number of characters; where the data gives none, Lookup
	// fills in the usual one of the type. Choices, booleans and types of a fixed
	// form are not judged by it.
	Max int `json:"max,omitempty"`
	// Low and High bound numbers, both included; Decimals is how many digits
	// may follow the point.
	Low      json.Number `json:"low,omitempty"`
	High     json.Number `json:"high,omitempty"`
	Decimals int         `json:"decimals,omitempty"`
	Unit     string      `json:"unit,omitempty"`
	When     When        `json:"when,omitempty"`
	// Pattern is a regular expression in the common part of RE2 and ECMA-262.
	Pattern string `json:"pattern,omitempty"`
	Help    string `json:"help,omitempty"`
	Example string `json:"example,omitempty"`
	// Fact is what known fact of a party fills the element in beforehand, such
	// as "person.id_number".
	Fact string `json:"fact,omitempty"`

	pattern *regexp.Regexp
}

// Option is one choice: what is stored and what people read.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// LabelOf is what people read for a stored value of a choice, several choices
// or a boolean; other values read as they are.
func (e Element) LabelOf(value string) string {
	switch e.Type {
	case Boolean:
		return map[string]string{"true": "是", "false": "否"}[value]
	case MultiChoice:
		labels := split(value)
		for i, one := range labels {
			labels[i] = e.optionLabel(one)
		}
		return strings.Join(labels, "、")
	}
	return e.optionLabel(value)
}

func (e Element) optionLabel(value string) string {
	if i := e.option(value); i >= 0 {
		return e.Choices[i].Label
	}
	return value
}

// option is the place of a value among the choices, -1 when it is none.
func (e Element) option(value string) int {
	return slices.IndexFunc(e.Choices, func(o Option) bool { return o.Value == value })
}

// measured says whether values are judged by their length.
func (e Element) measured() bool {
	return slices.Contains([]Type{Text, LongText, Number, Money, Phone, Email}, e.Type)
}

// numeric says whether values are numbers.
func (e Element) numeric() bool { return e.Type == Number || e.Type == Money }

//go:embed elements.json
var elementsJSON []byte

var registry, byID = loadElements()

// Elements lists the registry in its order, which goes by subject.
func Elements() []Element { return slices.Clone(registry) }

// Lookup finds an element by its id.
func Lookup(id string) (Element, bool) {
	i, ok := byID[id]
	if !ok {
		return Element{}, false
	}
	return registry[i], true
}

// usual are the greatest lengths by type; GB/T 39046-2020 gives those of the
// phone and the mail address.
var usual = map[Type]int{
	Text: 100, LongText: 1000, Number: 24, Money: 24, Date: 10, Choice: 60, MultiChoice: 1000,
	Boolean: 5, IDNumber: 18, USCC: 18, Phone: 20, Postcode: 6, Email: 50, AreaCode: 12,
}

// loadElements panics when the embedded registry is broken, which a test
// excludes.
func loadElements() ([]Element, map[string]int) {
	var list []Element
	if err := json.Unmarshal(elementsJSON, &list); err != nil {
		panic(err)
	}
	index := make(map[string]int, len(list))
	for i := range list {
		e := &list[i]
		index[e.ID] = i
		if e.Max == 0 {
			e.Max = usual[e.Type]
		}
		if p := shape[e.Type]; p != "" {
			e.Pattern = p
		}
		if e.Pattern != "" {
			e.pattern = regexp.MustCompile(e.Pattern)
		}
	}
	return list, index
}

// shape is the written form of types whose values have one.
var shape = map[Type]string{
	Date:     `^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$`,
	IDNumber: `^[0-9]{17}[0-9X]$`,
	USCC:     `^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$`,
	Phone:    `^(1[3-9][0-9]{9}|0[1-9][0-9]{1,2}-?[1-9][0-9]{6,7}(-[0-9]{1,6})?|400-?[0-9]{3}-?[0-9]{4}|\+[1-9][0-9]{6,14})$`,
	Postcode: `^[0-9]{6}$`,
	Email:    `^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`,
	AreaCode: `^[1-9][0-9]{5}([0-9]{3}([0-9]{3})?)?$`,
}
