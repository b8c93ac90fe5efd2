// Package id makes identifiers: UUID version 7 written in 26 lower-case
// characters that sort by the time they were made and are safe in a URL.
package id

import (
	"encoding/base32"

	"github.com/google/uuid"
)

var encoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// New is a fresh identifier. It panics only when the system has no randomness.
func New() string {
	u := uuid.Must(uuid.NewV7())
	return encoding.EncodeToString(u[:])
}

// Valid says whether s has the form of an identifier.
func Valid(s string) bool {
	if len(s) != 26 {
		return false
	}
	_, err := encoding.DecodeString(s)
	return err == nil
}
