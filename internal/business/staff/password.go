package staff

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/secret"
)

const (
	shortest  = 8 // characters of a password
	remembers = 5 // passwords that may not be used again, the present one included
)

// Hashed is a password that was found good enough and hashed.
type Hashed struct{ hash string }

// HashPassword checks and hashes a new password. It takes some 40 ms and is
// done before an act, never inside it. Faults: invalid "password" with the
// field password.
func (s *Service) HashPassword(ctx context.Context, login, password string) (Hashed, error) {
	if wrong := checkPassword(login, password); len(wrong) > 0 {
		return Hashed{}, fault.Invalid("password", wrong...)
	}
	h, err := s.hasher.Hash(ctx, password)
	return Hashed{h}, err
}

// checkPassword wants eight characters of three sorts that do not hold the
// login name (GB/T 22239-2019 三级: 口令复杂度).
func checkPassword(login, password string) []fault.Field {
	code := ""
	switch {
	case len([]rune(password)) < shortest:
		return []fault.Field{fault.At("password", "password.short", "min", strconv.Itoa(shortest))}
	case len(password) > secret.Longest:
		code = "password.long"
	case login != "" && strings.Contains(strings.ToLower(password), login):
		code = "password.login"
	case sorts(password) < 3:
		code = "password.simple"
	default:
		return nil
	}
	return []fault.Field{fault.At("password", code)}
}

// sorts counts which of small letters, capitals, digits and others occur.
func sorts(password string) int {
	var small, capital, digit, other int
	for _, r := range password {
		switch {
		case unicode.IsLower(r):
			small = 1
		case unicode.IsUpper(r):
			capital = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return small + capital + digit + other
}

// loginForm begins with a letter, so that a login name is never somebody's
// telephone or identity number.
var loginForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,31}$`)

// normalLogin is how a login name is stored and compared.
func normalLogin(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// checkLogin refuses a login name of the wrong form.
func checkLogin(login string) error {
	if !loginForm.MatchString(login) {
		return fault.Invalid("login.form", fault.At("login", "login.form"))
	}
	return nil
}
