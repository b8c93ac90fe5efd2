package casework

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// A case number (办件编号) is division 6 + department 4 + day 8 + sequence of
// that department's day 6 + check character (MOD 37,36): 25 characters, no
// personal data. GB/T 39046-2020 asks only for an..50.
const (
	numberLength = 25
	blockSize    = 50
)

// numbers hands out case numbers from blocks, so that clerks of one department
// do not wait for each other at one counter row.
type numbers struct {
	db     *db.DB
	mu     sync.Mutex
	blocks map[string]*block
}

type block struct{ next, end int }

func newNumbers(d *db.DB) *numbers { return &numbers{db: d, blocks: map[string]*block{}} }

// take is the next sequence number of the body's day.
func (n *numbers) take(ctx context.Context, bodyID string, day calendar.Day) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	key := bodyID + " " + day.String()
	b := n.blocks[key]
	if b == nil || b.next == b.end {
		end, err := n.reserve(ctx, bodyID, day)
		if err != nil {
			return 0, err
		}
		n.forget(day)
		b = &block{end - blockSize, end}
		n.blocks[key] = b
	}
	b.next++
	return b.next, nil
}

func (n *numbers) reserve(ctx context.Context, bodyID string, day calendar.Day) (end int, err error) {
	err = n.db.InTx(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `insert into case_number (body_id, day, next) values ($1, $2, $3)
			on conflict (body_id, day) do update set next = case_number.next + $3 returning next`,
			bodyID, day.String(), blockSize).Scan(&end)
	})
	return end, err
}

// forget drops the blocks of other days.
func (n *numbers) forget(day calendar.Day) {
	for key := range n.blocks {
		if !strings.HasSuffix(key, day.String()) {
			delete(n.blocks, key)
		}
	}
}

// compose writes the number with its check character.
func compose(division string, department int, day calendar.Day, seq int) string {
	body := fmt.Sprintf("%.6s%04d%s%06d", division, department, strings.ReplaceAll(day.String(), "-", ""), seq)
	return body + string(code.Check3736(body))
}

// CleanNumber folds what a person typed (spaces, small letters) and refuses
// what cannot be a case number, before the store is asked.
func CleanNumber(typed string) (string, error) {
	s := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\u3000", "").Replace(typed))
	if len(s) != numberLength {
		return "", fault.Invalid("case.number", fault.At("number", "case.number_length"))
	}
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'A' || r > 'Z') {
			return "", fault.Invalid("case.number", fault.At("number", "case.number_check"))
		}
	}
	if code.Check3736(s[:numberLength-1]) != s[numberLength-1] {
		return "", fault.Invalid("case.number", fault.At("number", "case.number_check"))
	}
	return s, nil
}
