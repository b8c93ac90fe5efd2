package catalog

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
)

// most bounds every list of the catalogue; a county has about 1,300 matters.
const most = 5000

const columns = `id, version, status, revision, from_day, to_day, published_at, change, saved_at, body, handover`

func scanImplementation(r db.Scanner) (*Implementation, error) {
	i := &Implementation{}
	var from, to sql.NullString
	var change, body, handover string
	err := r.Scan(&i.ID, &i.Version, &i.Status, &i.Revision, &from, &to, db.At{Time: &i.PublishedAt}, &change, db.At{Time: &i.SavedAt}, &body, &handover)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(change), &i.Change); err != nil {
		return nil, fmt.Errorf("change of version %s: %w", i.ID, err)
	}
	if err := json.Unmarshal([]byte(body), i); err != nil {
		return nil, fmt.Errorf("body of version %s: %w", i.ID, err)
	}
	if err := json.Unmarshal([]byte(handover), &i.Handover); err != nil {
		return nil, fmt.Errorf("handover of version %s: %w", i.ID, err)
	}
	return i, i.days(from.String, to.String)
}

// days reads the stored bounds.
func (i *Implementation) days(from, to string) (err error) {
	if from != "" {
		i.From, err = calendar.ParseDay(from)
	}
	if err == nil && to != "" {
		var d calendar.Day
		d, err = calendar.ParseDay(to)
		i.To = &d
	}
	return err
}

func byID(tx *db.Tx, id string) (*Implementation, error) {
	return db.One(tx, "catalog.missing", scanImplementation, `select `+columns+` from implementation where id = $1`, id)
}

// inForce is every version in force on a day; those known already are not read
// again.
func inForce(tx *db.Tx, day calendar.Day, known func(id, to string) *Implementation) ([]*Implementation, error) {
	type row struct{ id, to string }
	rows, err := db.List(tx, func(r db.Scanner) (x row, err error) {
		var to sql.NullString
		err = r.Scan(&x.id, &to)
		x.to = to.String
		return x, err
	}, `select id, to_day from implementation
		where status = 'published' and from_day <= $1 and (to_day is null or to_day > $1) order by code limit $2`, day.String(), most)
	if err != nil {
		return nil, err
	}
	var out []*Implementation
	for _, x := range rows {
		if i := known(x.id, x.to); i != nil {
			out = append(out, i)
		}
	}
	if missing := len(rows) - len(out); missing > few {
		return allInForce(tx, day)
	}
	out = out[:0]
	for _, x := range rows {
		i := known(x.id, x.to)
		if i == nil {
			if i, err = byID(tx, x.id); err != nil {
				return nil, err
			}
		}
		out = append(out, i)
	}
	return out, nil
}

// few is how many versions are read one by one rather than all in one query.
const few = 50

func allInForce(tx *db.Tx, day calendar.Day) ([]*Implementation, error) {
	return db.List(tx, scanImplementation, `select `+columns+` from implementation
		where status = 'published' and from_day <= $1 and (to_day is null or to_day > $1) order by code limit $2`, day.String(), most)
}

// firstDrafts is every draft of a code of which no version was published.
func firstDrafts(tx *db.Tx) ([]*Implementation, error) {
	return db.List(tx, scanImplementation, `select `+columns+` from implementation
		where status = 'draft' and version = 1 order by code limit $1`, most)
}

// openVersion is the version of a code that has no end, nil when there is none.
func openVersion(tx *db.Tx, code string) (*Implementation, error) {
	list, err := db.List(tx, scanImplementation, `select `+columns+` from implementation
		where code = $1 and status = 'published' and to_day is null order by version desc limit 1`, code)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// lastVersion is the highest version number of a code, 0 when there is none.
func lastVersion(tx *db.Tx, code string) (n int, err error) {
	err = tx.Row(`select coalesce(max(version), 0) from implementation where code = $1`, code).Scan(&n)
	return n, err
}

func number(tx *db.Tx) (n int64, err error) {
	err = tx.Row(`select n from catalog_state where id = 1`).Scan(&n)
	return n, err
}

// changed tells every process that the directory is another one.
func changed(tx *db.Tx) { tx.Write(`update catalog_state set n = n + 1 where id = 1`) }

func insertDraft(tx *db.Tx, i *Implementation) {
	tx.Write(`insert into implementation (id, code, version, item_code, body_id, name, level, status, revision, saved_at, body, handover)
		values ($1, $2, $3, $4, $5, $6, $7, 'draft', 1, $8, $9, $10)`,
		i.ID, i.Code(), i.Version, i.ItemCode, i.Body.ID, i.Name, string(i.Level), db.Stamp(tx.Now), toJSON(i), toJSON(i.Handover))
}

func updateDraft(tx *db.Tx, i *Implementation) {
	tx.Write(`update implementation set code = $1, item_code = $2, body_id = $3, name = $4, level = $5, saved_at = $6, body = $7, handover = $8,
		revision = revision + 1 where id = $9 and status = 'draft' and revision = $10`,
		i.Code(), i.ItemCode, i.Body.ID, i.Name, string(i.Level), db.Stamp(tx.Now), toJSON(i), toJSON(i.Handover), i.ID, i.Revision)
}

func deleteDraft(tx *db.Tx, i *Implementation) {
	tx.Write(`delete from implementation where id = $1 and status = 'draft' and revision = $2`, i.ID, i.Revision)
}

func setPublished(tx *db.Tx, i *Implementation) {
	tx.Write(`update implementation set status = 'published', from_day = $1, published_at = $2, change = $3
		where id = $4 and status = 'draft' and revision = $5`,
		i.From.String(), db.Stamp(tx.Now), toJSON(i.Change), i.ID, i.Revision)
}

// setEnd ends an open version; it fails when somebody else ended it first.
func setEnd(tx *db.Tx, id string, day calendar.Day) {
	tx.Write(`update implementation set to_day = $1 where id = $2 and status = 'published' and to_day is null`, day.String(), id)
}

func scanItem(r db.Scanner) (Item, error) {
	var i Item
	var data string
	if err := r.Scan(&data, &i.Version); err != nil {
		return i, err
	}
	return i, json.Unmarshal([]byte(data), &i)
}

func itemByCode(tx *db.Tx, code string) (Item, error) {
	return db.One(tx, "catalog.item_missing", scanItem, `select data, version from item where code = $1`, code)
}

func items(tx *db.Tx) (map[string]Item, error) {
	list, err := db.List(tx, scanItem, `select data, version from item order by code limit $1`, most)
	out := make(map[string]Item, len(list))
	for _, i := range list {
		out[i.Code] = i
	}
	return out, err
}

func itemPage(tx *db.Tx, in ItemList) ([]Item, error) {
	return db.List(tx, scanItem, `select data, version from item
		where code > $1 and ($2 = '' or kind = $2) and (name like $3 escape '\' or code like $4 escape '\') order by code limit $5`,
		in.After, string(in.Kind), db.Within(in.Text), db.Beginning(in.Text), min(max(in.Limit, 1), most))
}

func insertItem(tx *db.Tx, i Item) {
	tx.Write(`insert into item (code, name, kind, listed, data) values ($1, $2, $3, $4, $5)`, i.Code, i.Name, string(i.Kind), db.Flag(i.Listed), toJSON(i))
}

// updateItem writes over the version that was seen.
func updateItem(tx *db.Tx, i Item) {
	tx.Write(`update item set name = $1, kind = $2, listed = $3, data = $4, version = version + 1 where code = $5 and version = $6`,
		i.Name, string(i.Kind), db.Flag(i.Listed), toJSON(i), i.Code, i.Version)
}

const headColumns = `id, code, item_code, body_id, name, version, revision, status, from_day, to_day, published_at, saved_at, change, handover`

func scanHead(r db.Scanner) (Head, error) {
	var h Head
	var from, to sql.NullString
	var change, handover string
	err := r.Scan(&h.ID, &h.Code, &h.ItemCode, &h.BodyID, &h.Name, &h.Version, &h.Revision, &h.Status, &from, &to,
		db.At{Time: &h.PublishedAt}, db.At{Time: &h.SavedAt}, &change, &handover)
	if err != nil {
		return h, err
	}
	h.From, h.To = from.String, to.String
	if err := json.Unmarshal([]byte(handover), &h.Handover); err != nil {
		return h, err
	}
	return h, json.Unmarshal([]byte(change), &h.Change)
}

// handedLike finds a state in the stored handover; a quote inside of one of its
// texts is stored with a stroke before it, so it cannot be mistaken.
const handedLike = `%"state":"`

func draftHeads(tx *db.Tx, body string, in DraftList) ([]Head, error) {
	state, not := "", "" // patterns; "" for any
	switch in.State {
	case "":
	case BeingEdited:
		not = handedLike + "%"
	default:
		state = handedLike + in.State + `"%`
	}
	return db.List(tx, scanHead, `select `+headColumns+` from implementation
		where status = 'draft' and code > $1 and ($2 = '' or body_id = $2) and (name like $3 escape '\' or code like $4 escape '\')
		and ($5 = '' or handover like $5) and ($6 = '' or handover not like $6) order by code limit $7`,
		in.After, body, db.Within(in.Text), db.Beginning(in.Text), state, not, min(max(in.Limit, 1), most))
}

func draftCodes(tx *db.Tx, body string) ([]string, error) {
	return db.List(tx, func(r db.Scanner) (code string, err error) { return code, r.Scan(&code) },
		`select code from implementation where status = 'draft' and ($1 = '' or body_id = $1) order by code limit $2`, body, most)
}

func history(tx *db.Tx, code string) ([]Head, error) {
	return db.List(tx, scanHead, `select `+headColumns+` from implementation
		where code = $1 and status = 'published' order by version desc limit 200`, code)
}

// toJSON writes what is stored; every type here marshals.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("catalog does not marshal: " + err.Error())
	}
	return string(b)
}

// insertSeed writes a version of the seed, published or draft, in one go.
func insertSeed(tx *db.Tx, i *Implementation) {
	var from *string
	published := ""
	if i.Status == Published {
		day := i.From.String()
		from, published = &day, db.Stamp(tx.Now)
	}
	tx.Write(`insert into implementation (id, code, version, item_code, body_id, name, level, status, from_day, published_at, change, saved_at, body)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		i.ID, i.Code(), i.Version, i.ItemCode, i.Body.ID, i.Name, string(i.Level), string(i.Status), from, published,
		toJSON(i.Change), db.Stamp(tx.Now), toJSON(i))
}

// draftOf is the draft of a code, nil when there is none.
func draftOf(tx *db.Tx, code string) (*Implementation, error) {
	list, err := db.List(tx, scanImplementation, `select `+columns+` from implementation where code = $1 and status = 'draft' limit 1`, code)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}
