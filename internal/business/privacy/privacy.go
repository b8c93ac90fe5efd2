// Package privacy is what the platform owes to those whose personal data it
// processes: the notice, kept by version, and the assessments of impact.
package privacy

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

const (
	lawAssess = "个人信息保护法第五十五条、第五十六条"
	keepYears = 3 // 个人信息保护法第五十六条第二款
)

// Assessment (个人信息保护影响评估) is one assessment on record. There is no act that
// changes or removes one.
type Assessment struct {
	ID                                       string
	Title, Purpose, Risks, Measures, Outcome string
	KeepTo                                   calendar.Day
	ByName                                   string
	At                                       time.Time
}

// Service holds the acts of this noun.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// Assess records an assessment.
type Assess struct{ Title, Purpose, Risks, Measures, Outcome string }

const mostText = 5000

func (in Assess) check() error {
	var wrong []fault.Field
	for _, x := range [][2]string{{"title", in.Title}, {"purpose", in.Purpose}, {"risks", in.Risks}, {"measures", in.Measures}, {"outcome", in.Outcome}} {
		switch n := len([]rune(strings.TrimSpace(x[1]))); {
		case n == 0:
			wrong = append(wrong, fault.At(x[0], "text.required"))
		case n > mostText:
			wrong = append(wrong, fault.At(x[0], "text.too_long", "max", "5000"))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = lawAssess
	return f
}

// Assess keeps the report for three years at least.
func (s *Service) Assess(ctx context.Context, who staff.Actor, in Assess) (assessmentID string, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.PrivacyManage); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		a := Assessment{ID: id.New(), KeepTo: calendar.DayOf(tx.Now).AddMonths(12 * keepYears)}
		tx.Write(`insert into impact_assessment (id, title, purpose, risks, measures, outcome, keep_to, by_id, by_name, at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, a.ID, strings.TrimSpace(in.Title), strings.TrimSpace(in.Purpose), strings.TrimSpace(in.Risks),
			strings.TrimSpace(in.Measures), strings.TrimSpace(in.Outcome), a.KeepTo.String(), who.AccountID, who.Name, db.Stamp(tx.Now))
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "privacy.assess", SubjectKind: "assessment", SubjectID: a.ID, RequestID: who.RequestID})
		assessmentID = a.ID
		return nil
	})
	return assessmentID, err
}

// List are the assessments, the newest first; after is the id of the last one of
// the page before.
func (s *Service) List(ctx context.Context, who staff.Actor, after string, limit int) (out []Assessment, err error) {
	if err := who.Must(staff.PrivacyManage); err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, columns+`where id < $1 order by id desc limit $2`, after, limit)
		return err
	})
	return out, err
}

const columns = `select id, title, purpose, risks, measures, outcome, keep_to, by_name, at from impact_assessment `

func scan(r db.Scanner) (a Assessment, err error) {
	return a, r.Scan(&a.ID, &a.Title, &a.Purpose, &a.Risks, &a.Measures, &a.Outcome, &a.KeepTo, &a.ByName, db.At{Time: &a.At})
}

// Get is one assessment.
func (s *Service) Get(ctx context.Context, who staff.Actor, assessmentID string) (a Assessment, err error) {
	if err := who.Must(staff.PrivacyManage); err != nil {
		return a, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, err = db.One(tx, "privacy.missing", scan, columns+`where id = $1`, assessmentID)
		return err
	})
	return a, err
}
