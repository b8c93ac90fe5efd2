package form

import (
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/fault"
)

// Validate judges the normalized form of v and returns one fault per wrong
// field, in the order of the form; none means the form is in order. Every fault
// has the argument label; codes of the kit's code package come along as the
// argument why, with their own arguments. today is the day in Beijing.
func (d Definition) Validate(v Values, today calendar.Day) []fault.Field {
	clean, shown := d.walk(v)
	var faults []fault.Field
	for _, f := range shown {
		e := f.Resolve()
		s := clean[e.ID]
		switch {
		case s == "" && f.Required:
			faults = append(faults, e.fault("form.required"))
		case s == "":
		default:
			if bad, ok := e.judge(s, today); !ok {
				faults = append(faults, bad)
			}
		}
	}
	return faults
}

// fault names the element's field, with its label for the message.
func (e Element) fault(code string, kv ...string) fault.Field {
	return fault.At(e.ID, code, append([]string{"label", e.Label}, kv...)...)
}

// judge checks one normalized value that is not empty.
func (e Element) judge(s string, today calendar.Day) (fault.Field, bool) {
	bad := func(code string, kv ...string) (fault.Field, bool) { return e.fault(code, kv...), false }
	if !utf8.ValidString(s) {
		return bad("form.garbled", "pos", "1", "char", "")
	}
	if n := utf8.RuneCountInString(s); n > e.Max && e.measured() {
		return bad("form.too_long", "max", strconv.Itoa(e.Max), "length", strconv.Itoa(n))
	}
	switch e.Type {
	case Text, LongText:
		return e.judgeText(s)
	case Number, Money:
		return e.judgeNumber(s)
	case Date:
		return e.judgeDate(s, today)
	case Choice, MultiChoice:
		for _, one := range split(s) {
			if e.option(one) < 0 {
				return bad("form.choice")
			}
		}
	case Boolean:
		if s != "true" && s != "false" {
			return bad("form.choice")
		}
		if e.MustAgree && s != "true" {
			return bad("form.must_agree")
		}
	case IDNumber:
		return e.judgeCode("form.id_number", idNumber(s, today))
	case USCC:
		return e.judgeCode("form.uscc", code.USCC(s))
	default:
		if !e.pattern.MatchString(s) {
			return bad("form."+string(e.Type), "example", e.Example)
		}
	}
	return fault.Field{}, true
}

func (e Element) judgeText(s string) (fault.Field, bool) {
	if pos, r, code := badChar(s, e.Type == LongText); code != "" {
		return e.fault(code, "pos", strconv.Itoa(pos), "char", fmt.Sprintf("U+%04X", r)), false
	}
	if e.pattern != nil && !e.pattern.MatchString(s) {
		return e.fault("form.pattern", "example", e.Example), false
	}
	return fault.Field{}, true
}

func (e Element) judgeNumber(s string) (fault.Field, bool) {
	n := rational(s)
	if n == nil {
		return e.fault("form.number", "example", e.Example), false
	}
	if _, fraction, _ := strings.Cut(s, "."); len(fraction) > e.Decimals {
		if e.Decimals == 0 {
			return e.fault("form.integer"), false
		}
		return e.fault("form.decimals", "decimals", strconv.Itoa(e.Decimals)), false
	}
	if n.Cmp(rational(e.Low.String())) < 0 || n.Cmp(rational(e.High.String())) > 0 {
		return e.fault("form.range", "low", e.Low.String(), "high", e.High.String(), "unit", e.Unit), false
	}
	return fault.Field{}, true
}

func (e Element) judgeDate(s string, today calendar.Day) (fault.Field, bool) {
	day, err := calendar.ParseDay(s)
	switch {
	case err != nil || !e.pattern.MatchString(s):
		return e.fault("form.date", "example", e.Example), false
	case e.When == Past && day > today:
		return e.fault("form.date_future", "today", today.String()), false
	case e.When == Future && day < today:
		return e.fault("form.date_past", "today", today.String()), false
	}
	return fault.Field{}, true
}

// judgeCode turns what the code package found into a fault of this field.
func (e Element) judgeCode(as string, err error) (fault.Field, bool) {
	if err == nil {
		return fault.Field{}, true
	}
	f := e.fault(as)
	var why *code.Error
	if errors.As(err, &why) {
		f.Args["why"] = why.Code
		maps.Copy(f.Args, why.Args)
	}
	return f, false
}

// idNumber is the check of the code package, and nobody is born after today.
func idNumber(s string, today calendar.Day) error {
	if err := code.IDNumber(s); err != nil {
		return err
	}
	born, err := calendar.ParseDay(s[6:10] + "-" + s[10:12] + "-" + s[12:14])
	if err != nil || born > today {
		return &code.Error{Code: code.WrongDate, Args: map[string]string{"from": "7", "to": "14"}}
	}
	return nil
}
