package casework

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Item is one thing that must be supplemented: what, what is wrong with it, and
// what would be right.
type Item struct {
	Material string `json:"material"` // three digits, or "form"
	Name     string `json:"name"`
	Problem  string `json:"problem"`
	Standard string `json:"standard"`
}

// NotifySupplement (一次性告知补正) tells everything that is missing, once.
type NotifySupplement struct {
	Seen
	Items []Item
	Ticks []Tick
	// Days is how many working days the applicant has; no law sets a number.
	Days int
	// NewFact says what the answer to the first notice brought that was not there
	// before; without it there is no second notice.
	NewFact string
}

// SupplementNotice is the notice of a case, the newest where there were two.
type SupplementNotice struct {
	CaseID     string
	NotifiedAt time.Time
	Until      calendar.Day
	Items      []Item
	AnsweredAt time.Time
	Days       int // working days that were given; 0 where it was not kept
	N          int // 1, or 2 after a new fact
}

func (n *SupplementNotice) names(material string) bool {
	return slices.ContainsFunc(n.Items, func(i Item) bool { return i.Material == material })
}

// The applicant's time for the supplement, in working days, by default and at
// most.
const (
	SupplementDays     = 15
	mostSupplementDays = 60
)

// NotifySupplement issues the notice and hands the case to the applicant.
func (s *Service) NotifySupplement(ctx context.Context, who staff.Actor, in NotifySupplement) error {
	err := s.Act(ctx, who, in.Seen, staff.CaseAccept, func(t *Turn) error {
		if t.Impl.Registration {
			return fault.Refused("registration.no_supplement", lawRegister)
		}
		if first, err := noticeOf(t.Tx, t.Case.ID); err == nil {
			return s.tellAgain(t, in, first)
		}
		if err := in.check(t.Impl); err != nil {
			return err
		}
		if err := t.Case.notifySupplement(t.Tx.Now, s.calendar()); err != nil {
			return err
		}
		until := s.calendar().AddWorking(calendar.DayOf(t.Tx.Now), in.days())
		t.Tx.Write(`insert into supplement_notice (case_id, notified_at, until_day, items, days) values ($1, $2, $3, $4, $5)`,
			t.Case.ID, db.Stamp(t.Tx.Now), until.String(), db.JSON(in.Items), in.days())
		saveTicks(t, t.Case.Steps(), in.Ticks)
		docID, err := t.Issue(document.BZ, supplementFacts(in.Items, until))
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.supplement_notified", Step: t.Case.Steps(), Data: in.Items, DocumentID: docID})
		return nil
	})
	return s.attempted(ctx, who, in.CaseID, err)
}

// notifySupplement is the rule: only before acceptance, and within five working
// days of receipt; after that the case is accepted by silence.
func (c *Case) notifySupplement(now time.Time, cal *calendar.Table) error {
	if err := c.undecidedIntake(); err != nil {
		return err
	}
	if c.silent(now, cal) {
		return fault.Refused("supplement.late", lawSupplement, "due", c.answerDue(cal).Chinese())
	}
	c.Status = StatusSupplement
	return nil
}

func (in NotifySupplement) days() int {
	if in.Days == 0 {
		return SupplementDays
	}
	return in.Days
}

// check: at least one item, each with a problem and a standard, each about a
// material of the matter or about the form. Nothing beyond the published
// materials may be asked for (优化营商环境条例第三十五条).
func (in NotifySupplement) check(impl *catalog.Implementation) error {
	var wrong []fault.Field
	if len(in.Items) == 0 {
		wrong = append(wrong, fault.At("items", "supplement.no_items"))
	}
	for i, item := range in.Items {
		at := "items." + strconv.Itoa(i)
		if _, ok := impl.Material(item.Material); !ok && item.Material != "form" {
			wrong = append(wrong, fault.At(at, "supplement.not_in_list"))
		}
		if strings.TrimSpace(item.Problem) == "" {
			wrong = append(wrong, fault.At(at+".problem", "text.required"))
		}
		if strings.TrimSpace(item.Standard) == "" {
			wrong = append(wrong, fault.At(at+".standard", "text.required"))
		}
		if len([]rune(item.Problem)) > mostOpinion || len([]rune(item.Standard)) > mostOpinion {
			wrong = append(wrong, fault.At(at+".problem", "text.too_long", "max", "2000"))
		}
	}
	if d := in.days(); d < 1 || d > mostSupplementDays {
		wrong = append(wrong, fault.At("days", "supplement.days", "max", strconv.Itoa(mostSupplementDays)))
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = lawSupplement
	return f
}

// noticeOf loads the notice of a case; fault supplement.not_asked when none was given.
func noticeOf(tx *db.Tx, caseID string) (*SupplementNotice, error) {
	return db.One(tx, "supplement.not_asked", func(r db.Scanner) (*SupplementNotice, error) {
		n := &SupplementNotice{CaseID: caseID}
		var items string
		err := r.Scan(db.At{Time: &n.NotifiedAt}, calendar.Optional{Day: &n.Until}, &items, db.At{Time: &n.AnsweredAt}, &n.Days, &n.N)
		if err != nil {
			return nil, err
		}
		return n, json.Unmarshal([]byte(items), &n.Items)
	}, `select notified_at, until_day, items, answered_at, days, 2 as n from supplement_further where case_id = $1
		union all select notified_at, until_day, items, answered_at, days, 1 from supplement_notice where case_id = $1
		order by n desc limit 1`, caseID)
}
