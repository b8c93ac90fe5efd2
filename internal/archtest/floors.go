// Package archtest keeps the picture in ARCHITECTURE.md true: floors, table
// owners, purity of the business rules, size of functions and files. It has
// tests only; this file is the picture as data.
package archtest

// floors lists every package from the top down. Imports only go down the
// list; packages on one line never import each other.
var floors = [][]string{
	{"cmd/onewindow"},
	{"internal/bench"},
	{"internal/app"},
	{"internal/web"},
	{"internal/web/gallery"},
	{"internal/web/portal", "internal/web/counter", "internal/web/desk", "internal/web/account", "internal/web/admin", "internal/web/matter", "internal/web/oversight", "internal/api"},
	{"internal/web/caseview"},
	{"internal/web/formview", "internal/web/paper", "internal/web/lawview", "internal/web/appealview", "internal/web/guideview", "internal/web/sheet"},
	{"internal/web/visit"},
	{"internal/web/text"},
	{"internal/web/ui"},
	{"internal/web/ui/static"},
	{"internal/cli/archive"},
	{"internal/cli/law"},
	{"internal/business/archive"},
	{"internal/business/aftercare", "internal/business/complaint"},
	{"internal/business/commitment", "internal/business/registration"},
	{"internal/business/procedure"},
	{"internal/business/licence", "internal/business/evaluation", "internal/business/supervision"},
	{"internal/business/hearing", "internal/business/disclosure"},
	{"internal/business/interest"},
	{"internal/business/casework"},
	{"internal/business/credit"},
	{"internal/business/document"},
	{"internal/business/delegation", "internal/business/privacy"},
	{"internal/business/catalog"},
	{"internal/business/flow"},
	{"internal/business/form"},
	{"internal/business/deadline", "internal/business/statute"},
	{"internal/business/calendar"},
	{"internal/business/party"},
	{"internal/business/staff"},
	{"internal/business/org"},
	{"internal/business/schema"},
	{"internal/kit/health", "internal/kit/jobs", "internal/kit/notify", "internal/kit/once"},
	{"internal/kit/audit", "internal/kit/event", "internal/kit/guard", "internal/kit/logs", "internal/kit/metric"},
	{"internal/kit/db"},
	{"internal/kit/pdfsign"},
	{"internal/kit/pdf", "internal/kit/sniff", "internal/kit/blob", "internal/kit/config", "internal/kit/cmpp"},
	{"internal/kit/sm"},
	{"internal/kit/secret"},
	{"internal/kit/code"},
	{"internal/kit/clock", "internal/kit/fault", "internal/kit/id"},
}

// forTests are packages that only tests import; they may import anything
// below what they help to test.
var forTests = map[string]bool{
	"internal/archtest": true, "internal/kit/db/dbtest": true, "internal/web/webtest": true,
	"internal/business/casework/casetest": true, "test": true,
	"test/axe":                true,
	"internal/web/officetest": true,
}

// fillers are packages that write tables of others, each for its reason.
var fillers = map[string]string{
	"internal/bench": "fills stores of its own with many cases in bulk before it measures; what it measures are the real acts",
}

// longFunctions may exceed 50 lines, each for its reason.
var longFunctions = map[string]string{}

// longFiles may exceed 400 lines, each for its reason.
var longFiles = map[string]string{
	"internal/kit/jobs/jobs_test.go": "one table of failures, retries and schedules on both stores",
	"test/browser_test.go":           "the steps of one walk, in their order",
	"test/plain_test.go":             "the same walk without scripts, in its order",
}

// interfaces names every interface of the code with its implementations: an
// interface is declared only where two really exist.
var interfaces = map[string]string{
	"internal/kit/clock.Clock":          "System, Moving",
	"internal/kit/db.Scanner":           "liteRows, pgRows, first",
	"internal/kit/db.reader":            "liteReader, pgReader",
	"internal/kit/db.rows":              "liteRows, pgRows",
	"internal/kit/blob.Store":           "Local, S3",
	"internal/kit/pdf.Block":            "Paragraph, Heading, Items, Fields, Table, Signature, Blanks, Note",
	"internal/kit/pdf.mark":             "the shapes that a page is drawn of",
	"internal/kit/notify.Channel":       "SMS, Mail, Simulator",
	"internal/business/casework.Upload": "multipart.File, *os.File",
}
