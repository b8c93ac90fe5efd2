package code

import "strconv"

// ItemCode is a code of the national item catalogue (事项编码), in whichever of
// its lengths: the basic code (基本编码, 12 digits), the implementation code
// (实施编码, 31: body, level, basic code), the variant code (业务办理项编码, 33) or
// the code of a material of one of the latter two (材料编码, 34 or 36). Codes that
// a province gives by its own rule are not item codes in this sense.
type ItemCode struct {
	Body     string // 实施主体: unified social credit code; "" in a basic code
	Level    int    // 行使层级: 1 national, 2 province, 3 city, 4 county, 5 township, 6 village, 7 graded; 0 in a basic code
	Basic    string // 基本编码: division 2, type of item 2, main item 5, sub-item 3
	Variant  string // 业务办理项: two digits or ""
	Material string // 材料: three digits or ""
}

// ParseItemCode reads an item code and checks the credit code inside it.
func ParseItemCode(s string) (ItemCode, error) {
	var c ItemCode
	rest, at := s, 0
	switch len([]rune(s)) {
	case 12:
	case 31, 33, 34, 36:
		r := []rune(s)
		c.Body, rest, at = string(r[:18]), string(r[19:]), 19
		if err := first(uscc(c.Body, 0), chars(string(r[18]), digits, 18)); err != nil {
			return ItemCode{}, err
		}
		if c.Level = int(r[18] - '0'); c.Level < 1 || c.Level > 7 {
			return ItemCode{}, wrong(WrongLevel, "pos", "19")
		}
	default:
		return ItemCode{}, wrongLength(s, "12、31、33、34、36", 0)
	}
	if err := chars(rest, digits, at); err != nil {
		return ItemCode{}, err
	}
	c.Basic, rest = rest[:12], rest[12:]
	if two := c.Basic[:2]; two != "00" && !province(two) {
		return ItemCode{}, span(WrongArea, at+1, at+2)
	}
	if len(rest) == 2 || len(rest) == 5 {
		c.Variant, rest = rest[:2], rest[2:]
	}
	c.Material = rest
	return c, nil
}

// String is the code in its full length.
func (c ItemCode) String() string {
	return c.head() + c.Basic + c.Variant + c.Material
}

// Implementation is the 31 characters of the implementation code; "" for a
// basic code.
func (c ItemCode) Implementation() string {
	if c.Body == "" {
		return ""
	}
	return c.head() + c.Basic
}

func (c ItemCode) head() string {
	if c.Body == "" {
		return ""
	}
	return c.Body + strconv.Itoa(c.Level)
}

// Division is 00 for an item of the national catalogue, otherwise the province.
func (c ItemCode) Division() string { return c.Basic[:2] }

// Type is the type of item (事项类型): 01 licence to 10 other powers, 20 service.
func (c ItemCode) Type() string { return c.Basic[2:4] }
