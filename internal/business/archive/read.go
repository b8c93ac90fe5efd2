package archive

import (
	"context"
	"errors"
	"io"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

const columns = `select id, event_id, case_id, n, number, item_name, files, size, sm3, manifest_sm3, blob_key, made_at, body_id, intake_id,
	applicant_id, agent_id from archive_package `

func scan(r db.Scanner) (p Package, err error) {
	err = r.Scan(&p.ID, &p.eventID, &p.CaseID, &p.N, &p.Number, &p.ItemName, &p.Files, &p.Size, &p.SM3, &p.ManifestSM3, &p.key,
		db.At{Time: &p.MadeAt}, &p.Subject.BodyID, &p.Subject.IntakeID, &p.Subject.ApplicantID, &p.Subject.AgentID)
	return p, err
}

func insert(tx *db.Tx, p Package) {
	tx.Write(`insert into archive_package (id, event_id, case_id, n, number, item_name, files, size, sm3, manifest_sm3, blob_key, made_at,
		body_id, intake_id, applicant_id, agent_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		p.ID, p.eventID, p.CaseID, p.N, p.Number, p.ItemName, p.Files, p.Size, p.SM3, p.ManifestSM3, p.key, db.Stamp(tx.Now),
		p.Subject.BodyID, p.Subject.IntakeID, p.Subject.ApplicantID, p.Subject.AgentID)
}

// made says whether the package of an event is there.
func made(tx *db.Tx, eventID string) (bool, error) {
	all, err := db.List(tx, scan, columns+`where event_id = $1 limit 1`, eventID)
	return len(all) > 0, err
}

// next is the number of the next package of a case.
func next(tx *db.Tx, caseID string) (int, error) {
	all, err := db.List(tx, scan, columns+`where case_id = $1 order by n desc limit 1`, caseID)
	if err != nil || len(all) == 0 {
		return 1, err
	}
	return all[0].N + 1, nil
}

// most bounds a list.
const most = 100

// OfCase are the packages of a case that the actor may have, oldest first.
func (s *Service) OfCase(ctx context.Context, who staff.Actor, caseID string) ([]Package, error) {
	return s.list(ctx, who, `case_id = $1`, caseID, ` order by n`, most)
}

// List are the packages in the actor's scope, the newest first; after is the id
// of the last one of the page before.
func (s *Service) List(ctx context.Context, who staff.Actor, after string, limit int) ([]Package, error) {
	if after == "" {
		after = "~"
	}
	return s.list(ctx, who, `id < $1`, after, ` order by id desc`, limit)
}

func (s *Service) list(ctx context.Context, who staff.Actor, where, key, order string, limit int) (out []Package, err error) {
	if err := who.Must(staff.ArchiveRead); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > most {
		limit = most
	}
	scope, args := who.ScopeFor(staff.ArchiveRead).SQL("", 3)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, columns+`where `+where+` and `+scope+order+` limit $2`, append([]any{key, limit}, args...)...)
		return err
	})
	return out, err
}

// Opened is a stored package, read from wherever it is asked for; the caller
// closes it.
type Opened struct {
	*sm.Sealed
	io.Closer
}

// Download is the package for who may have it. It holds personal data in the
// clear, so that every download is on record. The caller closes it.
func (s *Service) Download(ctx context.Context, who staff.Actor, packageID string) (Package, *Opened, error) {
	if err := who.Must(staff.ArchiveRead); err != nil {
		return Package{}, nil, err
	}
	var p Package
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		p, err = db.One(tx, "archive.missing", scan, columns+`where id = $1`, packageID)
		return err
	})
	if err != nil {
		return p, nil, err
	}
	if who.May(staff.ArchiveRead, p.Subject) != nil {
		return Package{}, nil, fault.Missing("archive.missing")
	}
	x, err := s.intact(ctx, p)
	if err != nil {
		return p, nil, err
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "archive.download", SubjectKind: "case", SubjectID: p.CaseID,
			After: map[string]any{"package": p.ID}, RequestID: who.RequestID})
		return nil
	})
	if err != nil {
		x.Close()
		return p, nil, err
	}
	return p, x, nil
}

// intact opens a package that is still the one that was made: it is read to its
// end once, before anything of it is handed out.
func (s *Service) intact(ctx context.Context, p Package) (*Opened, error) {
	x, err := s.open(ctx, p)
	if err != nil {
		return nil, err
	}
	digest, _, err := sm.DigestReader(x)
	if err == nil && digest != p.SM3 {
		err = fault.Refused("archive.altered", "电子签名法第八条")
	}
	if err == nil {
		_, err = x.Seek(0, io.SeekStart)
	}
	if err != nil {
		x.Close()
		return nil, err
	}
	return x, nil
}

// open opens what is stored; a chunk that was altered is not read.
func (s *Service) open(ctx context.Context, p Package) (*Opened, error) {
	rc, _, err := s.o.Blobs.Open(ctx, p.key)
	if err != nil {
		return nil, err
	}
	seeker, ok := rc.(io.ReadSeeker)
	if !ok {
		rc.Close()
		return nil, errors.New("archive: the store cannot seek")
	}
	sealed, err := s.o.Keys.OpenSealed(sealPackage, seeker)
	if err != nil {
		rc.Close()
		return nil, err
	}
	return &Opened{sealed, rc}, nil
}
