package document

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"onewindow/internal/kit/db"
)

// save queues counter and row. A licence goes by its own number, all others by
// 机关代字 + 文种代字 + 〔year〕 + number.
func (d *Draft) save(tx *db.Tx, documentID, content, digest string) {
	spec, s := d.Kind.Spec(), d.series(tx)
	own := ""
	if spec.licenceNumber {
		own = d.Facts.Licence.Number
	}
	s.count(tx)
	tx.Write(`insert into document (id, case_id, kind, number, series_body_id, word, year, n, body_name, body_word, wording, internal,
			issued_at, content, digest, body_id, intake_id, applicant_id, agent_id)
		select cast($1 as text), cast($2 as text), cast($3 as text),
			case when cast($4 as text) <> '' then cast($4 as text)
				else cast($5 as text) || c.word || '字〔' || cast(c.year as text) || '〕第' || cast(c.n as text) || '号' end,
			c.body_id, c.word, c.year, c.n, cast($6 as text), cast($5 as text), cast($7 as integer), cast($8 as integer),
			cast($9 as text), cast($10 as text), cast($11 as text), cast($12 as text), cast($13 as text), cast($14 as text), cast($15 as text)
		from document_counter c where c.body_id = $16 and c.word = $17 and c.year = $18`,
		documentID, d.CaseID, string(d.Kind), own, d.Body.Word, d.Body.Name, spec.wording(), db.Flag(d.internal()),
		db.Stamp(tx.Now), content, digest, d.Subject.BodyID, d.Subject.IntakeID, d.Subject.ApplicantID, d.Subject.AgentID,
		s.bodyID, s.word, s.year)
}

// addressed are the kinds that are written to the applicant or to somebody else.
var addressed = []Kind{TZGZ, TZTZ, ZXGZ, HBJD}

// internal says that the applicant does not see the document: it is for staff,
// or it was written to somebody else.
func (d *Draft) internal() bool {
	return d.Kind.Spec().Internal || slices.Contains(addressed, d.Kind) && given(d.Facts.Addressee)
}

const documentColumns = `select d.id, d.case_id, d.kind, d.number, d.series_body_id, d.body_name, d.body_word, d.wording, d.issued_at,
	d.content, d.digest, d.body_id, d.intake_id, d.applicant_id, d.agent_id,
	f.blob_key, f.sm3, f.size, f.made_at, g.characters
	from document d left join document_file f on f.document_id = d.id left join document_glyph g on g.document_id = d.id `

func scan(r db.Scanner) (Document, error) {
	var d Document
	var content string
	var key, sm3, glyphs sql.NullString
	var size sql.NullInt64
	var file File
	err := r.Scan(&d.ID, &d.CaseID, &d.Kind, &d.Number, &d.Body.ID, &d.Body.Name, &d.Body.Word, &d.Wording, db.At{Time: &d.IssuedAt},
		&content, &d.Digest, &d.Subject.BodyID, &d.Subject.IntakeID, &d.Subject.ApplicantID, &d.Subject.AgentID,
		&key, &sm3, &size, db.At{Time: &file.MadeAt}, &glyphs)
	if err != nil {
		return d, err
	}
	if key.Valid {
		file.Key, file.SM3, file.Size = key.String, sm3.String, size.Int64
		d.File = &file
	}
	d.Glyphs = glyphs.String
	if n := len(d.Kind.Spec().texts); d.Wording < 1 || d.Wording > n {
		return d, fmt.Errorf("document %s: no wording %d of kind %s", d.ID, d.Wording, d.Kind)
	}
	return d, json.Unmarshal([]byte(content), &d.Facts)
}

// Load is one document for another noun's act, whoever asks; fault
// document.missing when there is none.
func Load(tx *db.Tx, documentID string) (Document, error) {
	return db.One(tx, "document.missing", scan, documentColumns+`where d.id = $1`, documentID)
}

// OfCase lists the documents of a case for another noun's act, oldest first,
// at most 200.
func OfCase(tx *db.Tx, caseID string) ([]Document, error) {
	return db.List(tx, scan, documentColumns+`where d.case_id = $1 order by d.issued_at, d.id limit 200`, caseID)
}

func insertFile(tx *db.Tx, documentID string, f File) {
	tx.Write(`insert into document_file (document_id, blob_key, sm3, size, made_at) values ($1, $2, $3, $4, $5)`,
		documentID, f.Key, f.SM3, f.Size, db.Stamp(tx.Now))
	tx.WriteN(db.Any, `delete from document_glyph where document_id = $1`, documentID)
}

func markGlyphs(tx *db.Tx, documentID, characters string) {
	tx.Write(`insert into document_glyph (document_id, characters, at) values ($1, $2, $3)
		on conflict (document_id) do update set characters = excluded.characters, at = excluded.at`,
		documentID, characters, db.Stamp(tx.Now))
}
