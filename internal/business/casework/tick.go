package casework

import (
	"time"

	"onewindow/internal/kit/db"
)

// Tick is an officer's word on one review point (审查要点) of a material.
type Tick struct {
	Material string
	Point    int // place in the material's points, from 0
	OK       bool
	Note     string
}

// Ticked is a tick with who made it and when.
type Ticked struct {
	Tick
	Step   string
	ByName string
	At     time.Time
}

// saveTicks keeps the last word of each step on each point; points that the
// matter does not have are left out.
func saveTicks(t *Turn, step string, ticks []Tick) {
	for _, k := range ticks {
		m, ok := t.Impl.Material(k.Material)
		if !ok || k.Point < 0 || k.Point >= len(m.Points) {
			continue
		}
		t.Tx.Write(`insert into tick (case_id, step, material, point, ok, note, by_id, by_name, at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			on conflict (case_id, step, material, point) do update set ok = excluded.ok, note = excluded.note,
			by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at`,
			t.Case.ID, step, k.Material, k.Point, db.Flag(k.OK), k.Note, t.Who.AccountID, t.Who.Name, db.Stamp(t.Tx.Now))
	}
}

func askTicks(out *[]Ticked, caseID string) db.Ask {
	return db.AskList(out, func(r db.Scanner) (k Ticked, err error) {
		var ok int
		err = r.Scan(&k.Step, &k.Material, &k.Point, &ok, &k.Note, &k.ByName, db.At{Time: &k.At})
		k.OK = ok == 1
		return k, err
	}, `select step, material, point, ok, note, by_name, at from tick where case_id = $1
		order by material, point, at limit 2000`, caseID)
}
