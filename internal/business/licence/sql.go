package licence

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// sealContent is the context of the sealed column.
const sealContent = "licence.content"

var base = base64.StdEncoding

func (s *Service) insert(tx *db.Tx, l *Licence) {
	c := l.Content
	tx.Write(`insert into licence (id, case_id, number, identifier, kind, name, holder_name, valid_from, valid_to, status,
		issued_at, content_sealed, digest, signature, certificate, body_id, intake_id, applicant_id, agent_id,
		version, prior_id, item_code)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		l.ID, l.CaseID, l.number, sql.NullString{String: l.identifier, Valid: l.identifier != ""}, string(c.Kind), c.Name,
		c.Holder.Name, c.ValidFrom.String(), dayOrNull(c.ValidTo), string(l.status), db.Stamp(l.IssuedAt),
		s.o.Keys.Seal(sealContent, string(l.signed)), l.Digest, base.EncodeToString(l.signature),
		base.EncodeToString(l.signer), l.Subject.BodyID, l.Subject.IntakeID, l.Subject.ApplicantID, l.Subject.AgentID,
		l.Version, l.PriorID, c.Matter.Code)
}

func dayOrNull(d *calendar.Day) sql.NullString {
	if d == nil {
		return sql.NullString{}
	}
	return sql.NullString{String: d.String(), Valid: true}
}

const columns = `select l.id, l.case_id, l.number, l.identifier, l.status, l.status_day, l.issued_at, l.content_sealed,
	l.digest, l.signature, l.certificate, l.glyphs, l.body_id, l.intake_id, l.applicant_id, l.agent_id,
	l.version, l.prior_id, l.reminded, l.continued_on, l.deregistered_on, f.blob_key, f.sm3, f.size, f.made_at
	from licence l left join licence_file f on f.licence_id = l.id `

// scan reads a row; what is sealed in it stays so until open.
func scan(r db.Scanner) (*Licence, error) {
	l, file := &Licence{}, File{}
	var identifier, since, key, sm3 sql.NullString
	var size sql.NullInt64
	var signature, certificate string
	err := r.Scan(&l.ID, &l.CaseID, &l.number, &identifier, &l.status, &since, db.At{Time: &l.IssuedAt}, &l.sealed,
		&l.Digest, &signature, &certificate, &l.Glyphs, &l.Subject.BodyID, &l.Subject.IntakeID, &l.Subject.ApplicantID,
		&l.Subject.AgentID, &l.Version, &l.PriorID, &l.Reminded, optionalDay{&l.ContinuedOn}, optionalDay{&l.DeregisteredOn}, &key, &sm3, &size, db.At{Time: &file.MadeAt})
	if err != nil {
		return nil, err
	}
	l.identifier = identifier.String
	if key.Valid {
		file.Key, file.SM3, file.Size = key.String, sm3.String, size.Int64
		l.File = &file
	}
	// Damaged text leaves nothing to verify with, which Verify then says.
	l.signature, _ = base.DecodeString(signature)
	l.signer, _ = base.DecodeString(certificate)
	return l, l.since(since)
}

func (l *Licence) since(day sql.NullString) error {
	if !day.Valid {
		return nil
	}
	d, err := calendar.ParseDay(day.String)
	l.StatusDay = &d
	return err
}

// open unseals the content.
func (s *Service) open(l *Licence) error {
	text, err := s.o.Keys.Open(sealContent, l.sealed)
	if err != nil {
		return err
	}
	l.signed = []byte(text)
	return json.Unmarshal(l.signed, &l.Content)
}

// opened is scan and open, for reads that need the content.
func (s *Service) opened(r db.Scanner) (*Licence, error) {
	l, err := scan(r)
	if err != nil {
		return nil, err
	}
	if err := s.open(l); err != nil {
		return nil, fault.Internal(errors.Join(err, errors.New("content of licence "+l.ID)))
	}
	return l, nil
}

func (s *Service) byID(tx *db.Tx, licenceID string) (*Licence, error) {
	return db.One(tx, missing, s.opened, columns+`where l.id = $1`, licenceID)
}

// missing is the code of a licence that is not there, or not for this person.
const missing = "licence.missing"

func byReference(tx *db.Tx, r reference) (*Licence, error) {
	if r.identifier != "" {
		return db.One(tx, missing, scan, columns+`where l.identifier = $1`, r.identifier)
	}
	return db.One(tx, missing, scan, columns+`where l.number = $1`, r.number)
}

func byFile(tx *db.Tx, sm3 string) (*Licence, error) {
	return db.One(tx, missing, scan, columns+`where l.id = (select licence_id from licence_file where sm3 = $1 limit 1)`, sm3)
}

func insertFile(tx *db.Tx, licenceID string, f File) {
	tx.Write(`insert into licence_file (licence_id, blob_key, sm3, size, made_at) values ($1, $2, $3, $4, $5)`,
		licenceID, f.Key, f.SM3, f.Size, db.Stamp(tx.Now))
	markGlyphs(tx, licenceID, "")
}

func markGlyphs(tx *db.Tx, licenceID, characters string) {
	tx.WriteN(db.Any, `update licence set glyphs = $2 where id = $1 and glyphs <> $2`, licenceID, characters)
}

// optionalDay scans a civil day; the empty text leaves nil.
type optionalDay struct{ day **calendar.Day }

// Scan reads YYYY-MM-DD or the empty text.
func (o optionalDay) Scan(src any) error {
	s, _ := src.(string)
	if b, ok := src.([]byte); ok {
		s = string(b)
	}
	if s == "" {
		return nil
	}
	d, err := calendar.ParseDay(s)
	*o.day = &d
	return err
}
