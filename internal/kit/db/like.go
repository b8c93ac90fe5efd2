package db

import "strings"

var likeSafe = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Within is the pattern of texts that contain s, Beginning that of texts that
// begin with it, both for like … escape '\'.
func Within(s string) string { return "%" + Beginning(s) }

// Beginning is explained at Within.
func Beginning(s string) string { return likeSafe.Replace(s) + "%" }
