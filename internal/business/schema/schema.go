// Package schema holds the tables of the whole platform, one list of files in
// order, one text for both engines. A table is written only by the package
// that its file names as owner.
package schema

import "embed"

// FS holds the numbered schema files.
//
//go:embed *.sql
var FS embed.FS
