package casework

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// DraftStatus is where a draft stands.
type DraftStatus string

// The statuses of a draft.
const (
	DraftOpen      DraftStatus = "open"
	DraftSubmitted DraftStatus = "submitted"
	DraftDiscarded DraftStatus = "discarded"
)

// Draft is an application being prepared. Nothing in it binds anybody yet.
type Draft struct {
	ID               string
	Version          int
	Status           DraftStatus
	Channel          Channel
	AccountID        string
	ApplicantID      string
	ApplicantName    string
	Company          bool   // the applicant is an organisation
	IntakeID         string // the hall, for a draft made at a window
	ImplementationID string
	Variant          string
	ItemName         string
	Values           form.Values
	Paper            map[string]int // material code → copies handed over on paper
	CaseID           string         // once submitted
	About
	CreatedAt time.Time
	UpdatedAt time.Time
}

const draftColumns = `id, version, status, channel, account_id, applicant_id, applicant_name, company, intake_id,
	implementation_id, variant, item_name, values_sealed, paper, case_id, created_at, updated_at,
	purpose, mode, licence_id, prior_id`

func (s *Service) scanDraft(r db.Scanner) (*Draft, error) {
	d := &Draft{}
	var sealed, paper string
	var company int
	err := r.Scan(&d.ID, &d.Version, &d.Status, &d.Channel, &d.AccountID, &d.ApplicantID, &d.ApplicantName, &company, &d.IntakeID,
		&d.ImplementationID, &d.Variant, &d.ItemName, &sealed, &paper, &d.CaseID, db.At{Time: &d.CreatedAt},
		db.At{Time: &d.UpdatedAt}, &d.Purpose, &d.Mode, &d.LicenceID, &d.PriorID)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(paper), &d.Paper); err != nil {
		return nil, err
	}
	d.Company = company == 1
	d.Values, err = s.open("draft.form", sealed)
	return d, err
}

// draftByID loads the actor's own draft; anybody else's does not exist for them.
func (s *Service) draftByID(tx *db.Tx, who staff.Actor, draftID string) (*Draft, error) {
	return db.One(tx, "draft.missing", s.scanDraft,
		`select `+draftColumns+` from draft where id = $1 and account_id = $2`, draftID, who.AccountID)
}

func (s *Service) insertDraft(tx *db.Tx, d *Draft) {
	tx.Write(`insert into draft (id, version, status, channel, account_id, applicant_id, applicant_name, company, intake_id,
		implementation_id, variant, item_name, values_sealed, paper, created_at, updated_at, purpose, mode,
		licence_id, prior_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16, $17, $18, $19)`,
		d.ID, d.Version, string(d.Status), string(d.Channel), d.AccountID, d.ApplicantID, d.ApplicantName, db.Flag(d.Company), d.IntakeID,
		d.ImplementationID, d.Variant, d.ItemName, s.seal("draft.form", d.Values), db.JSON(d.Paper), db.Stamp(tx.Now), string(d.Purpose),
		string(d.Mode), d.LicenceID, d.PriorID)
}

func (s *Service) updateDraft(tx *db.Tx, d *Draft) {
	tx.Write(`update draft set version = version + 1, status = $3, values_sealed = $4, paper = $5, case_id = $6,
		updated_at = $7, mode = $8 where id = $1 and version = $2 and status = 'open'`,
		d.ID, d.Version, string(d.Status), s.seal("draft.form", d.Values), db.JSON(d.Paper), d.CaseID, db.Stamp(tx.Now), string(d.Mode))
}

// Draft is the actor's draft with its files.
func (s *Service) Draft(ctx context.Context, who staff.Actor, draftID string) (d *Draft, files []File, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if d, err = s.draftByID(tx, who, draftID); err != nil {
			return err
		}
		files, err = filesOf(tx, d.ID)
		return err
	})
	return d, files, err
}

// Drafts are the actor's open drafts, the newest first, at most 50.
func (s *Service) Drafts(ctx context.Context, who staff.Actor) (out []*Draft, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, s.scanDraft, `select `+draftColumns+` from draft
			where account_id = $1 and status = 'open' order by updated_at desc, id desc limit 50`, who.AccountID)
		return err
	})
	return out, err
}

// materials are those that this draft's situation asks for.
func (d *Draft) materials(impl *catalog.Implementation) []catalog.Material {
	return asked(impl, d.Variant, d.Values)
}

// asked are the materials that a situation and the form's answers call for.
func asked(impl *catalog.Implementation, variant string, v form.Values) []catalog.Material {
	without := []string(nil)
	for _, x := range impl.Variants {
		if x.No == variant {
			without = x.Without
		}
	}
	var out []catalog.Material
	for _, m := range impl.Materials {
		if offered(m, v) && !slices.Contains(without, m.No) {
			out = append(out, m)
		}
	}
	return out
}

// offered says whether the material has a place in the application: a situation
// that is given only in words is left to the applicant.
func offered(m catalog.Material, v form.Values) bool {
	return m.Wanted(v) || len(m.If) == 0
}
