// Package archive is 电子归档: what a concluded case leaves behind, as one signed
// package that can be checked anywhere, without this platform and years later
// (国务院令第716号第十二条, GB/T 42727-2023).
//
// A package is a zip file with everything that was handed in, issued and said,
// metadata, a manifest with the SM3 digest of every file, and the SM2 signature
// of the body over the manifest. It is made in the standard's order of steps:
// collect, arrange, count, pack, digest and sign, check, register, store. The
// standard's full text was not at hand, so that the names inside are this
// platform's own and may be mapped when an archive wants others.
//
// A package may be as large as what was handed in: it is written into the store
// while it is made, and read from there in parts, never held whole.
package archive

import (
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/blob"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/sm"
)

// Package (归档信息包) is one package that was made.
type Package struct {
	ID           string
	CaseID       string
	N            int // 1, 2, … within one case
	Number       string
	ItemName     string
	Files        int
	Size         int64
	SM3          string // of the whole file, hex
	ManifestSM3  string
	MadeAt       time.Time
	Subject      staff.Subject
	key, eventID string
}

// Service makes packages and hands them out.
type Service struct {
	db *db.DB
	o  Options
}

// Options are what the service stands on.
type Options struct {
	Casework  *casework.Service
	Documents *document.Service
	Licences  *licence.Service
	Authority *sm.Authority
	Keys      *sm.Keyring
	Blobs     blob.Store
	// Retention is how long the archive keeps it (保管期限), in words.
	Retention string
}

// New makes the service.
func New(d *db.DB, o Options) *Service {
	if o.Retention == "" {
		o.Retention = "按本机关归档范围和保管期限表"
	}
	return &Service{d, o}
}
