// Package app puts the platform together: configuration into services,
// services into pages, the API and the work that goes on behind them. What
// happens after an act stands in reactions.go, what happens by itself in
// schedule.go.
package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/archive"
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/delegation"
	"onewindow/internal/business/disclosure"
	"onewindow/internal/business/document"
	"onewindow/internal/business/evaluation"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/org"
	"onewindow/internal/business/party"
	"onewindow/internal/business/privacy"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/registration"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/business/supervision"
	"onewindow/internal/kit/blob"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/kit/secret"
	"onewindow/internal/kit/sm"
)

// Services are the nouns of the platform over one view of the store.
type Services struct {
	DB          *db.DB
	Keys        *sm.Keyring
	Authority   *sm.Authority
	Blobs       blob.Store
	Fonts       *pdf.Fonts
	Org         *org.Service
	Staff       *staff.Service
	Party       *party.Service
	Calendar    *calendar.Service
	Catalog     *catalog.Service
	Document    *document.Service
	Casework    *casework.Service
	Licence     *licence.Service
	Aftercare   *aftercare.Service
	Archive     *archive.Service
	Complaint   *complaint.Service
	Evaluation  *evaluation.Service
	Supervision *supervision.Service
	Procedure   *procedure.Service
	Interest    *interest.Service
	Hearing     *hearing.Service
	Disclosure  *disclosure.Service
	Credit      *credit.Service
	Commitment  *commitment.Service
	Register    *registration.Service
	Privacy     *privacy.Service
	Delegation  *delegation.Service
	config      *config.Config
	demo        bool
}

// OpenServices opens the store, brings its schema up to date and makes the
// services.
func OpenServices(ctx context.Context, c *config.Config, demo bool, clk clock.Clock) (*Services, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	s := &Services{config: c, demo: demo, Fonts: pdf.NewFonts(c.Fonts...)}
	var err error
	if s.DB, err = db.Open(ctx, c.Database, clk); err != nil {
		return nil, err
	}
	if err := s.openRest(ctx, clk); err != nil {
		s.DB.Close()
		return nil, err
	}
	s.make()
	return s, nil
}

func (s *Services) openRest(ctx context.Context, clk clock.Clock) (err error) {
	if err := s.DB.Migrate(ctx, schema.FS); err != nil {
		return err
	}
	if s.Keys, err = sm.LoadKeyring(s.config.KeyFile); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	if s.Authority, err = sm.OpenAuthority(filepath.Join(s.config.Data, "seals"), s.Keys, clk); err != nil {
		return fmt.Errorf("seals: %w", err)
	}
	s.Blobs, err = s.openBlobs()
	return err
}

func (s *Services) openBlobs() (blob.Store, error) {
	b := s.config.Blob
	if b.Store == "s3" {
		return blob.NewS3(blob.S3Config{Endpoint: b.Endpoint, Bucket: b.Bucket, Prefix: b.Prefix, Region: b.Region,
			AccessKey: b.AccessKey, SecretKey: b.SecretKey.Value(), TLS: b.TLS})
	}
	return blob.NewFolder(b.Folder)
}

// make builds the nouns, lower ones first.
func (s *Services) make() {
	c, mark := s.config, ""
	if s.demo {
		mark = "演示·无法律效力"
	}
	s.Org = org.New(s.DB)
	s.Staff = staff.New(s.DB, staff.Options{PartiesOf: party.OfAccount, Hasher: secret.Standard()})
	s.Party = party.New(s.DB, s.Keys, s.Staff)
	s.Calendar = calendar.NewService(s.DB)
	s.Catalog = catalog.New(s.DB)
	s.Document = document.New(s.DB, document.Options{Fonts: s.Fonts, Blobs: s.Blobs, Authority: s.Authority, Watermark: mark})
	s.Casework = casework.New(s.DB, casework.Options{Catalog: s.Catalog, Party: s.Party, Keys: s.Keys, Blobs: s.Blobs,
		Calendar: s.Calendar.Table, Limits: Limits(c), BaseURL: c.BaseURL, AnnounceDays: c.AnnounceDays, WarnAt: c.Watch.WarnAt})
	s.Licence = licence.New(s.DB, licence.Options{Casework: s.Casework, Catalog: s.Catalog, Fonts: s.Fonts, Blobs: s.Blobs,
		Authority: s.Authority, Keys: s.Keys, BaseURL: c.BaseURL})
	s.Aftercare = aftercare.New(s.DB, aftercare.Options{Licences: s.Licence, Casework: s.Casework, Catalog: s.Catalog, Keys: s.Keys,
		BaseURL: c.BaseURL})
	s.Procedure = procedure.New(s.DB, procedure.Options{Casework: s.Casework, Blobs: s.Blobs, FileBytes: int64(c.Upload.File)})
	s.Supervision = supervision.New(s.DB, s.Org, s.Calendar.Table)
	s.Archive = archive.New(s.DB, archive.Options{Casework: s.Casework, Documents: s.Document, Licences: s.Licence, Authority: s.Authority,
		Keys: s.Keys, Blobs: s.Blobs})
	s.Complaint = complaint.New(s.DB, complaint.Options{Casework: s.Casework, Licences: s.Licence, Keys: s.Keys})
	s.Evaluation = evaluation.New(s.DB, s.Catalog, s.Keys)
	s.Interest = interest.New(s.DB, s.Casework, s.Party, s.Keys, c.BaseURL)
	s.Hearing = hearing.New(s.DB, s.Casework, s.Interest)
	s.Disclosure = disclosure.New(s.DB, disclosure.Options{Cases: s.Casework, Documents: s.Document, Days: c.Publish.Days, Objection: c.Publish.Objection, GrantsOnly: c.Publish.GrantsOnly})
	s.Credit = credit.New(s.DB)
	s.Privacy, s.Delegation = privacy.New(s.DB), delegation.New(s.DB, s.Catalog)
	s.Commitment = commitment.New(s.DB, s.Casework)
	// The national service of identity authentication takes this place where an
	// installation is connected to it.
	s.Register = registration.New(s.DB, s.Casework, registration.Simulated)
}

// At are the same services as another clock sees the store.
func (s *Services) At(clk clock.Clock) *Services {
	t := *s
	t.DB, t.Authority = s.DB.At(clk), s.Authority.At(clk)
	t.make()
	return &t
}

// Close ends the work of the store.
func (s *Services) Close() error { return s.DB.Close() }

// mostFiles is how many files one case may have.
const mostFiles = 200

// Limits are the upload limits of the configuration.
func Limits(c *config.Config) casework.Limits {
	return casework.Limits{FileBytes: int64(c.Upload.File), CaseBytes: int64(c.Upload.Case), Files: mostFiles}
}
