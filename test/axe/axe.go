// Package axe holds axe-core, which looks for accessibility faults in a page.
// It is used by tests only and is not part of the platform's binary.
package axe

import _ "embed"

// Source is axe-core 4.14.1, byte for byte the axe.min.js of its npm tarball.
//
//go:embed axe.min.js
var Source string
