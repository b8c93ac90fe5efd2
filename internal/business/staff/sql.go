package staff

import (
	"database/sql"
	"encoding/json"
	"errors"

	"onewindow/internal/business/org"
	"onewindow/internal/kit/db"
)

const accountColumns = `select id, login, name, kind, password_hash, password_past, password_at, must_change,
	failed_count, locked_until, epoch, active, sample, created_at, version from account`

func accountByID(tx *db.Tx, accountID string) (Account, error) {
	return db.One(tx, "staff.account", scanAccount, accountColumns+` where id = $1`, accountID)
}

func accountByLogin(tx *db.Tx, login string) (Account, error) {
	return db.One(tx, "staff.account", scanAccount, accountColumns+` where login = $1`, login)
}

// accountsAfter: no login name has a letter after "~".
func accountsAfter(tx *db.Tx, kind Kind, prefix, login string, limit int) ([]Account, error) {
	return db.List(tx, scanAccount, accountColumns+` where kind = $1 and login > $2 and login >= $3 and login < $4 order by login limit $5`,
		kind, login, prefix, prefix+"~", limit)
}

func scanAccount(r db.Scanner) (Account, error) {
	var a Account
	var past string
	err := r.Scan(&a.ID, &a.Login, &a.Name, &a.Kind, &a.hash, &past, db.At{Time: &a.PasswordAt}, &a.MustChange,
		&a.Failed, db.At{Time: &a.Locked}, &a.Epoch, &a.Active, &a.Sample, db.At{Time: &a.CreatedAt}, &a.Version)
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal([]byte(past), &a.past)
}

func insertAccount(tx *db.Tx, a Account) {
	if a.PasswordAt.IsZero() {
		a.PasswordAt = tx.Now
	}
	tx.Write(`insert into account (id, login, name, kind, password_hash, password_past, password_at, must_change, sample, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		a.ID, a.Login, a.Name, a.Kind, a.hash, "[]", db.Stamp(a.PasswordAt), db.Flag(a.MustChange), db.Flag(a.Sample), db.Stamp(tx.Now))
}

// saveAccount saves what acts change, if nobody else did since it was read.
func saveAccount(tx *db.Tx, a Account) {
	past, _ := json.Marshal(a.past) // a list of texts always marshals
	if a.past == nil {
		past = []byte("[]")
	}
	tx.Write(`update account set password_hash = $1, password_past = $2, password_at = $3, must_change = $4,
		failed_count = $5, locked_until = $6, epoch = $7, active = $8, version = version + 1
		where id = $9 and version = $10`,
		a.hash, string(past), db.Stamp(a.PasswordAt), db.Flag(a.MustChange), a.Failed, db.Stamp(a.Locked), a.Epoch, db.Flag(a.Active),
		a.ID, a.Version)
}

const postingColumns = `select p.id, p.account_id, p.body_id, p.hall_id, p.window_id, p.role, p.from_day, p.to_day, w.kind
	from posting p left join hall_window w on w.id = p.window_id`

func postingByID(tx *db.Tx, postingID string) (Posting, error) {
	return db.One(tx, "staff.posting", scanPosting, postingColumns+` where p.id = $1 and p.ended_at is null`, postingID)
}

// postingsOf is what was not ended, also when its days are past or to come.
func postingsOf(tx *db.Tx, accountID string) ([]Posting, error) {
	return db.List(tx, scanPosting, postingColumns+` where p.account_id = $1 and p.ended_at is null order by p.id limit 200`, accountID)
}

func postingsAt(tx *db.Tx, bodyID string, role Role) ([]Posting, error) {
	return db.List(tx, scanPosting, postingColumns+` where p.body_id = $1 and p.role = $2 and p.ended_at is null
		order by p.id limit 500`, bodyID, role)
}

// postingsNear is what might reach a case: at its body or at its hall.
func postingsNear(tx *db.Tx, x Subject, role Role) ([]Posting, error) {
	return db.List(tx, scanPosting, postingColumns+` where (p.body_id = $1 or p.hall_id = $2) and p.role = $3 and p.ended_at is null
		order by p.id limit 500`, x.BodyID, x.IntakeID, role)
}

func scanPosting(r db.Scanner) (Posting, error) {
	var p Posting
	var hall, window, to, kind sql.NullString
	err := r.Scan(&p.ID, &p.AccountID, &p.BodyID, &hall, &window, &p.Role, &p.From, &to, &kind)
	p.HallID, p.WindowID, p.To = hall.String, window.String, to.String
	p.Window = org.WindowKind(kind.String)
	return p, err
}

func insertPosting(tx *db.Tx, p Posting) {
	tx.Write(`insert into posting (id, account_id, body_id, hall_id, window_id, role, from_day, to_day)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		p.ID, p.AccountID, p.BodyID, null(p.HallID), null(p.WindowID), p.Role, p.From, null(p.To))
}

func endPosting(tx *db.Tx, postingID string) {
	tx.Write(`update posting set ended_at = $1 where id = $2 and ended_at is null`, db.Stamp(tx.Now), postingID)
}

const tokenColumns = `select id, account_id, permissions, expires_at, revoked_at from api_token`

func tokenByID(tx *db.Tx, tokenID string) (apiToken, error) {
	return db.One(tx, "staff.token", scanToken, tokenColumns+` where id = $1`, tokenID)
}

func tokenByDigest(tx *db.Tx, digest string) (apiToken, error) {
	return db.One(tx, "staff.token", scanToken, tokenColumns+` where digest = $1`, digest)
}

func scanToken(r db.Scanner) (apiToken, error) {
	var t apiToken
	var permissions string
	err := r.Scan(&t.ID, &t.AccountID, &permissions, db.At{Time: &t.Expires}, db.At{Time: &t.Revoked})
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal([]byte(permissions), &t.Permissions)
}

func tokensOf(tx *db.Tx, accountID string, limit int) ([]Token, error) {
	return db.List(tx, func(r db.Scanner) (t Token, err error) {
		var permissions string
		err = r.Scan(&t.ID, &t.Name, &permissions, db.At{Time: &t.CreatedAt}, db.At{Time: &t.Expires}, db.At{Time: &t.Revoked})
		return t, errors.Join(err, json.Unmarshal([]byte(permissions), &t.Permissions))
	}, `select id, name, permissions, created_at, expires_at, revoked_at from api_token where account_id = $1 order by id desc limit $2`,
		accountID, limit)
}

func insertToken(tx *db.Tx, t apiToken, digest, name, by string) {
	permissions, _ := json.Marshal(t.Permissions) // a list of texts always marshals
	tx.Write(`insert into api_token (id, digest, account_id, name, permissions, created_at, created_by, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		t.ID, digest, t.AccountID, name, string(permissions), db.Stamp(tx.Now), by, db.Stamp(t.Expires))
}

func revokeToken(tx *db.Tx, tokenID string) {
	tx.Write(`update api_token set revoked_at = $1 where id = $2 and revoked_at = ''`, db.Stamp(tx.Now), tokenID)
}

func sessionRow(tx *db.Tx, hash string) (session, error) {
	return db.One(tx, "staff.session", scanSession, `select account_id, data, expires_at from session where token_hash = $1`, hash)
}

func scanSession(r db.Scanner) (session, error) {
	var x session
	var data string
	err := r.Scan(&x.account, &data, db.At{Time: &x.stored})
	x.data, x.expires = []byte(data), x.stored
	return x, err
}

func saveSession(tx *db.Tx, hash string, x session) {
	tx.Write(`insert into session (token_hash, account_id, data, expires_at) values ($1, $2, $3, $4)
		on conflict (token_hash) do update set account_id = excluded.account_id, data = excluded.data, expires_at = excluded.expires_at`,
		hash, x.account, string(x.data), db.Stamp(x.expires))
}

func deleteSession(tx *db.Tx, hash string) {
	tx.WriteN(db.Any, `delete from session where token_hash = $1`, hash)
}

func deleteSessionsOf(tx *db.Tx, accountID string) {
	tx.WriteN(db.Any, `delete from session where account_id = $1`, accountID)
}

func deleteExpiredSessions(tx *db.Tx) {
	tx.WriteN(db.Any, `delete from session where expires_at <= $1`, db.Stamp(tx.Now))
}

func null(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
