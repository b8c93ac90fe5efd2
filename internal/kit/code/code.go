// Package code checks and composes the identifiers of Chinese administration:
// unified social credit codes (统一社会信用代码), citizen identity numbers
// (公民身份号码), electronic licence identifiers (证照标识), item codes (事项编码)
// and the check character of our own numbers.
//
// A code is judged as it stands: letters upper case, no blanks. Bringing input
// into that form is the caller's work. What is wrong is an *Error whose code
// and arguments say exactly what and where, and repeat no more of the input
// than one character. Positions count from 1.
package code

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"onewindow/internal/kit/fault"
)

// What can be wrong with a code, with the arguments of each.
const (
	WrongLength   = "code.length"      // want, got: numbers of characters
	WrongChar     = "code.char"        // pos, char: not allowed at this position
	WrongCheck    = "code.check"       // pos, want: the check character must be want
	WrongDate     = "code.date"        // from, to: these positions are no real date
	WrongArea     = "code.area"        // from, to: these positions are no division of the country
	WrongPrefix   = "code.prefix"      // want: the text that a licence identifier begins with
	WrongPart     = "code.part_length" // from, want, got: length of the part that begins at from
	WrongSegments = "code.segments"    // want, got: numbers of parts between dots after the prefix
	WrongVersion  = "code.version"     // from, to: a version runs from 001 to 999
	WrongLevel    = "code.level"       // pos: the level of exercise (行使层级) runs from 1 to 7
)

// Error is the first thing that is wrong with a code.
type Error struct {
	Code string
	Args map[string]string
}

// Error is for logs; it leaves the arguments out because they may repeat a
// character of a personal number.
func (e *Error) Error() string { return e.Code }

// Field is what err, returned by this package, says about the input named name.
func Field(name string, err error) fault.Field {
	var e *Error
	if !errors.As(err, &e) {
		return fault.At(name, "code.invalid")
	}
	return fault.Field{Name: name, Code: e.Code, Args: e.Args}
}

func wrong(code string, kv ...string) error {
	return &Error{Code: code, Args: fault.At("", code, kv...).Args}
}

// The alphabets of the codes.
const (
	digits = "0123456789"
	alnum  = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	credit = "0123456789ABCDEFGHJKLMNPQRTUWXY" // GB 32100: no I O S V Z
)

// length refuses a text that does not have n characters; before is how many
// characters of the whole code stand before s.
func length(s string, n, before int) error {
	if utf8.RuneCountInString(s) == n {
		return nil
	}
	return wrongLength(s, strconv.Itoa(n), before)
}

func wrongLength(s, want string, before int) error {
	got := strconv.Itoa(utf8.RuneCountInString(s))
	if before > 0 {
		return wrong(WrongPart, "from", strconv.Itoa(before+1), "want", want, "got", got)
	}
	return wrong(WrongLength, "want", want, "got", got)
}

// chars refuses the first character outside the alphabet; before as in length.
func chars(s, alphabet string, before int) error {
	n := before
	for _, r := range s {
		n++
		if !strings.ContainsRune(alphabet, r) {
			return wrong(WrongChar, "pos", strconv.Itoa(n), "char", string(r))
		}
	}
	return nil
}

// check refuses a check character other than want.
func check(got, want byte, pos int) error {
	if got != want {
		return wrong(WrongCheck, "pos", strconv.Itoa(pos), "want", string(want))
	}
	return nil
}

func span(code string, from, to int) error {
	return wrong(code, "from", strconv.Itoa(from), "to", strconv.Itoa(to))
}

// first is the first of several findings.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// provinces are the first two digits of GB/T 2260, with the codes of the
// residence permits of Hong Kong, Macao and Taiwan (81, 82, 83).
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

func province(two string) bool { return strings.Contains(provinces, " "+two+" ") }
