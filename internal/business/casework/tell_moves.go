package casework

import (
	"context"
	"encoding/json"
	"slices"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// MovedTopic is published for every case whose days a new calendar moved; the
// payload is ClockMoved.
const MovedTopic = "case.clock_moved"

// ClockMoved is what happened, with the days before and after and the accounts
// of the officers who acted in the case so far.
type ClockMoved struct {
	Happened
	Calendar int
	Moves    []Move
	Officers []string
}

// toldAtOnce is how many cases are told of in one commit.
const toldAtOnce = 500

// TellMoves leaves the moves of a version in the history of their cases, with
// an event for each. What was told is not told again.
func (s *Service) TellMoves(ctx context.Context, version int) (n int, err error) {
	for {
		told, err := s.tellMoves(ctx, version)
		n += told
		if err != nil || told < toldAtOnce {
			return n, err
		}
	}
}

// movedCase is a case whose days moved.
type movedCase struct {
	*Case
	moves []Move
}

func (s *Service) tellMoves(ctx context.Context, version int) (n int, err error) {
	who := staff.Machine("系统（工作日历变更）")
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		batch, err := untold(tx, version)
		if err != nil {
			return err
		}
		n = len(batch)
		for _, m := range batch {
			note := Note{Kind: MovedTopic, Data: map[string]any{"calendar": version, "moves": m.moves}}
			m.tellOf(tx, who, nil, note, ClockMoved{m.happened(note), version, m.moves, actorsOf(m.Flow)})
		}
		if n > 0 { // exactly these: who tells at the same time fails
			tx.WriteN(n, `update clock_move set told = 1 where calendar = $1 and told = 0 and case_id >= $2 and case_id <= $3`,
				version, batch[0].ID, batch[n-1].ID)
		}
		return nil
	})
	return n, err
}

// actorsOf are the accounts that completed steps, each once.
func actorsOf(f flow.State) (out []string) {
	for _, d := range f.Done {
		if d.Actor != "" && d.Actor != staff.Machine("").AccountID && !slices.Contains(out, d.Actor) {
			out = append(out, d.Actor)
		}
	}
	return out
}

func untold(tx *db.Tx, version int) ([]movedCase, error) {
	return db.List(tx, func(r db.Scanner) (m movedCase, err error) {
		var moves string
		m.Case, err = scanCase(also{r, &moves})
		if err != nil {
			return m, err
		}
		return m, json.Unmarshal([]byte(moves), &m.moves)
	}, `select `+caseColumns+`, moves from `+caseTables+` join (select case_id as moved, moves from clock_move where calendar = $1 and told = 0
		order by case_id limit $2) m on m.moved = cases.id order by id`, version, toldAtOnce)
}

// also scans a further column behind those of the scan it is handed to.
type also struct {
	db.Scanner
	last any
}

// Scan reads the columns and the further one.
func (a also) Scan(dest ...any) error { return a.Scanner.Scan(append(dest, a.last)...) }
