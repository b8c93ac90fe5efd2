package evaluation

import (
	"encoding/json"

	"onewindow/internal/kit/db"
)

// sealWords is the context of the sealed column.
const sealWords = "rating.words"

func (s *Service) insert(tx *db.Tx, r rating) {
	tx.Write(`insert into rating (case_id, id, grade, reasons, words_sealed, item_code, item_name, month, rated_at, body_id, intake_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		r.caseID, r.id, int(r.grade), db.JSON(r.reasons), s.keys.Seal(sealWords, db.JSON(r.words)), r.itemCode, r.itemName, r.month,
		db.Stamp(tx.Now), r.bodyID, r.intakeID)
}

// count adds the rating to the figures in the same act.
func count(tx *db.Tx, r rating) {
	var n [5]int
	n[r.grade-1] = 1
	tx.Write(`insert into rating_figure (month, body_id, item_code, item_name, n1, n2, n3, n4, n5)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (body_id, item_code, month) do update set item_name = excluded.item_name,
		n1 = rating_figure.n1 + excluded.n1, n2 = rating_figure.n2 + excluded.n2, n3 = rating_figure.n3 + excluded.n3,
		n4 = rating_figure.n4 + excluded.n4, n5 = rating_figure.n5 + excluded.n5`,
		r.month, r.bodyID, r.itemCode, r.itemName, n[0], n[1], n[2], n[3], n[4])
}

func (s *Service) rated(tx *db.Tx, caseID string) (bool, error) {
	found, err := db.List(tx, func(r db.Scanner) (one int, err error) { return one, r.Scan(&one) },
		`select 1 from rating where case_id = $1 limit 1`, caseID)
	return len(found) > 0, err
}

// mostFigures bounds a year's figures: a county has about 1,300 matters.
const mostFigures = 20000

// figures are the year's counts, by body, matter and month.
func figures(tx *db.Tx, of Of, year string) ([]figure, error) {
	return db.List(tx, func(r db.Scanner) (f figure, err error) {
		n := &f.counts
		return f, r.Scan(&f.bodyID, &f.itemCode, &f.itemName, &f.month, &n[0], &n[1], &n[2], &n[3], &n[4])
	}, `select body_id, item_code, item_name, month, n1, n2, n3, n4, n5 from rating_figure
		where month >= $1 and month <= $2 and ($3 = '' or body_id = $3) and ($4 = '' or item_code = $4)
		order by body_id, item_code, month limit $5`, year+"-01", year+"-12", of.BodyID, of.ItemCode, mostFigures)
}

// told reads the columns reasons and words_sealed of a rating.
func (s *Service) told(grade Grade, reasons, sealed string) (codes []Reason, w words, err error) {
	var list []string
	if err := json.Unmarshal([]byte(reasons), &list); err != nil {
		return nil, w, err
	}
	for _, code := range list {
		if r, ok := grade.reason(code); ok {
			codes = append(codes, r)
		}
	}
	plain, err := s.keys.Open(sealWords, sealed)
	if err != nil {
		return nil, w, err
	}
	return codes, w, json.Unmarshal([]byte(plain), &w)
}
