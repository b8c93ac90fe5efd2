package evaluation

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// lawRating is 《关于建立政务服务“好差评”制度提高政务服务水平的意见》.
const lawRating = "国办发〔2019〕51号"

// mostText bounds what is written, in characters.
const mostText = 500

// Rate (评价) is a grade with standard reasons and words of one's own, both of
// which may be empty.
type Rate struct {
	CaseID  string
	Grade   Grade
	Reasons []string // codes, of the grade
	Text    string
}

// Rated is the payload of the event "case.rated". It names neither the
// applicant nor the case, because events are passed on to departments.
type Rated struct {
	RatingID string `json:"rating_id"`
	BodyID   string `json:"body_id"`
	ItemCode string `json:"item_code"`
	Month    string `json:"month"`
	Bad      bool   `json:"bad"`
}

// Rate takes the one rating of a case from its applicant or agent. Nobody else
// may, the platform itself included. Faults: rating.too_early, rating.twice,
// rating with fields.
func (s *Service) Rate(ctx context.Context, who staff.Actor, in Rate) error {
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		c, err := applicantsCase(tx, who, in.CaseID)
		if err != nil {
			return err
		}
		impl, err := s.catalog.Load(tx, c.ImplementationID)
		if err != nil {
			return err
		}
		r, err := in.rate(c)
		if err != nil {
			return err
		}
		if there, err := s.rated(tx, c.ID); err != nil || there {
			return errors.Join(err, twice(there))
		}
		r.id, r.itemCode, r.month = s.pseudonym("rating.id", c.ID), impl.ItemCode, monthOf(tx.Now)
		s.insert(tx, r)
		count(tx, r)
		s.tell(tx, who, r)
		return nil
	})
	if errors.Is(err, fault.Conflict("duplicate")) {
		return twice(true)
	}
	return err
}

// applicantsCase is the case for its applicant side; for anybody else it does
// not exist.
func applicantsCase(tx *db.Tx, who staff.Actor, caseID string) (*casework.Case, error) {
	if err := who.Must(staff.CaseRate); err != nil {
		return nil, err
	}
	if who.Kind != staff.Applicant {
		return nil, fault.Denied("permission")
	}
	c, err := casework.ByID(tx, caseID)
	if err != nil {
		return nil, err
	}
	if who.May(staff.CaseRate, c.Subject()) != nil {
		return nil, fault.Missing("case.missing")
	}
	return c, nil
}

func twice(there bool) error {
	if !there {
		return nil
	}
	return fault.Conflict("rating.twice")
}

// rating is a row.
type rating struct {
	caseID, id         string
	grade              Grade
	reasons            []string
	words              words
	itemCode, itemName string
	month              string
	bodyID, intakeID   string
}

// words are what was written, and the same without what names people.
type words struct {
	Text  string `json:"text"`
	Shown string `json:"shown"`
}

// rate is the rule: a case that is over, a grade, reasons that belong to it.
func (in Rate) rate(c *casework.Case) (rating, error) {
	if !Rateable(c) {
		return rating{}, fault.Refused("rating.too_early", lawRating, "status", string(c.Status))
	}
	text := tidy(in.Text)
	if wrong := in.check(text); len(wrong) > 0 {
		return rating{}, fault.Invalid("rating", wrong...)
	}
	reasons := slices.Compact(slices.Sorted(slices.Values(in.Reasons)))
	return rating{caseID: c.ID, grade: in.Grade, reasons: reasons, words: words{text, veil(text, c)},
		itemName: c.ItemName, bodyID: c.BodyID, intakeID: c.IntakeID}, nil
}

func (in Rate) check(text string) (wrong []fault.Field) {
	if !in.Grade.Valid() {
		return []fault.Field{fault.At("grade", "rating.grade")}
	}
	for _, code := range in.Reasons {
		if _, ok := in.Grade.reason(code); !ok {
			wrong = append(wrong, fault.At("reasons", "rating.reason"))
			break
		}
	}
	if n := utf8.RuneCountInString(text); n > mostText {
		wrong = append(wrong, fault.At("text", "text.too_long", "max", strconv.Itoa(mostText), "n", strconv.Itoa(n)))
	}
	return wrong
}

// tidy drops what has no visible form.
func tidy(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) || r == utf8.RuneError {
			return -1
		}
		return r
	}, text))
}

// Numbers long enough to be a telephone, an identity or a case.
var longNumber = regexp.MustCompile(`[0-9A-Za-z０-９-]{7,}`)

const veiled = "＊＊＊"

// veil hides what would name the author: the applicant's name and every long
// number. What people tell of themselves in other words stays.
func veil(text string, c *casework.Case) string {
	if c.ApplicantName != "" {
		text = strings.ReplaceAll(text, c.ApplicantName, veiled)
	}
	return longNumber.ReplaceAllString(text, veiled)
}

// pseudonym stands for an id where the id must not be read; only who holds the
// platform's keys can tell whose it is.
func (s *Service) pseudonym(context, id string) string { return s.keys.Index(context, id) }

// tell leaves the audit record and the event. The actor is a pseudonym, the
// same for all ratings of one account, so that an auditor sees when one account
// rates without end, and nobody sees who it is. Name, request and case are left
// out: each would lead to the person.
func (s *Service) tell(tx *db.Tx, who staff.Actor, r rating) {
	audit.Record(tx, audit.Entry{ActorID: "rater." + s.pseudonym("rating.actor", who.AccountID), Act: "rating.rate",
		SubjectKind: "rating", SubjectID: r.id, After: map[string]any{"grade": r.grade, "body": r.bodyID, "item": r.itemCode}})
	event.Publish(tx, "case.rated", r.id, Rated{RatingID: r.id, BodyID: r.bodyID, ItemCode: r.itemCode, Month: r.month, Bad: r.grade.Bad()})
}
