package party

import (
	"database/sql"
	"encoding/json"
	"errors"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// The sealed columns, as contexts of their seals.
const (
	sealID      = "party.id_number"
	sealPhone   = "party.phone"
	sealAddress = "party.address"
	sealLegal   = "party.legal_id_number"
)

const partyColumns = `select id, kind, name, id_type, id_sealed, coalesce(uscc, ''), legal_name, legal_id_type,
	legal_id_sealed, phone_sealed, address_sealed, checked, created_at, version from party `

func (s *Service) one(tx *db.Tx, where string, args ...any) (Party, error) {
	p, err := s.scan(tx.Row(partyColumns+where, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return p, fault.Missing("party.party")
	}
	return p, err
}

func (s *Service) byDocument(tx *db.Tx, idType, number string) (Party, error) {
	return s.one(tx, `where id_index = $1`, s.documentIndex(idType, number))
}

func (s *Service) byUSCC(tx *db.Tx, uscc string) (Party, error) {
	return s.one(tx, `where uscc = $1`, uscc)
}

func (s *Service) byPhone(tx *db.Tx, phone string, limit int) ([]Party, error) {
	return db.List(tx, s.scan, partyColumns+`where kind = 'person' and phone_index = $1 order by id limit $2`,
		s.keys.Index(sealPhone, phone), limit)
}

func (s *Service) scan(r db.Scanner) (Party, error) {
	var p Party
	var number, legal, phone, address string
	err := r.Scan(&p.ID, &p.Kind, &p.Name, &p.IDType, &number, &p.USCC, &p.LegalName, &p.LegalIDType,
		&legal, &phone, &address, &p.Checked, db.At{Time: &p.CreatedAt}, &p.Version)
	if err != nil {
		return p, err
	}
	for _, x := range []struct {
		context, sealed string
		into            *string
	}{{sealID, number, &p.IDNumber}, {sealLegal, legal, &p.LegalIDNumber}, {sealPhone, phone, &p.Phone}, {sealAddress, address, &p.Address}} {
		if *x.into, err = s.keys.Open(x.context, x.sealed); err != nil {
			return Party{}, fault.Internal(errors.Join(err, errors.New(x.context+" of "+p.ID)))
		}
	}
	return p, nil
}

func (s *Service) insert(tx *db.Tx, p Party) {
	tx.Write(`insert into party (id, kind, name, id_type, id_sealed, id_index, uscc, legal_name, legal_id_type,
		legal_id_sealed, phone_sealed, phone_index, address_sealed, checked, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		p.ID, p.Kind, p.Name, p.IDType, s.keys.Seal(sealID, p.IDNumber), null(s.documentIndex(p.IDType, p.IDNumber)), null(p.USCC),
		p.LegalName, p.LegalIDType, s.keys.Seal(sealLegal, p.LegalIDNumber), s.keys.Seal(sealPhone, p.Phone),
		null(s.keys.Index(sealPhone, p.Phone)), s.keys.Seal(sealAddress, p.Address), p.Checked, db.Stamp(tx.Now))
}

// update saves what may change of a party, if nobody else changed it since it
// was read.
func (s *Service) update(tx *db.Tx, p Party) {
	tx.Write(`update party set name = $1, legal_name = $2, legal_id_type = $3, legal_id_sealed = $4,
		phone_sealed = $5, phone_index = $6, address_sealed = $7, checked = $8, version = version + 1
		where id = $9 and version = $10`,
		p.Name, p.LegalName, p.LegalIDType, s.keys.Seal(sealLegal, p.LegalIDNumber),
		s.keys.Seal(sealPhone, p.Phone), null(s.keys.Index(sealPhone, p.Phone)), s.keys.Seal(sealAddress, p.Address),
		p.Checked, p.ID, p.Version)
}

// documentIndex finds a document by its kind and number.
func (s *Service) documentIndex(idType, number string) string {
	if number == "" {
		return ""
	}
	return s.keys.Index(sealID, idType+" "+number)
}

const mandateColumns = `select id, account_id, party_id, relation, items, from_day, to_day, granted_by, created_at from mandate `

func mandatesOf(tx *db.Tx, accountID string) ([]Mandate, error) {
	return db.List(tx, scanMandate, mandateColumns+`where account_id = $1 and ended_at is null order by id limit 200`, accountID)
}

func mandatesFor(tx *db.Tx, partyID string) ([]Mandate, error) {
	return db.List(tx, scanMandate, mandateColumns+`where party_id = $1 and ended_at is null order by id limit 200`, partyID)
}

func mandateByID(tx *db.Tx, mandateID string) (Mandate, error) {
	return db.One(tx, "party.mandate", scanMandate, mandateColumns+`where id = $1 and ended_at is null`, mandateID)
}

func scanMandate(r db.Scanner) (Mandate, error) {
	var m Mandate
	var items string
	var to sql.NullString
	err := r.Scan(&m.ID, &m.AccountID, &m.PartyID, &m.Relation, &items, &m.From, &to, &m.GrantedBy, db.At{Time: &m.CreatedAt})
	if err != nil {
		return m, err
	}
	m.To = to.String
	return m, json.Unmarshal([]byte(items), &m.Items)
}

func insertMandate(tx *db.Tx, m Mandate) {
	tx.Write(`insert into mandate (id, account_id, party_id, relation, items, from_day, to_day, granted_by, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		m.ID, m.AccountID, m.PartyID, m.Relation, itemsText(m.Items), m.From, null(m.To), m.GrantedBy, db.Stamp(tx.Now))
}

func endMandate(tx *db.Tx, mandateID string) {
	tx.Write(`update mandate set ended_at = $1 where id = $2 and ended_at is null`, db.Stamp(tx.Now), mandateID)
}

func null(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
