package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Owing (容缺后补) is what a case that is handled already still lacks, and until
// when it must be there.
type Owing struct {
	CaseID        string
	Until         calendar.Day
	Items         []Item
	Law           string
	EndsItself    bool
	Since         time.Time
	CompleteAt    time.Time // zero while something lacks
	Number        string
	ItemName      string
	ApplicantName string
}

// Open says that something still lacks.
func (o *Owing) Open() bool { return o != nil && o.CompleteAt.IsZero() }

// Overdue says that the last day has passed while something lacks.
func (o *Owing) Overdue(today calendar.Day) bool { return o.Open() && today > o.Until }

func (o *Owing) names(material string) bool {
	return slices.ContainsFunc(o.Items, func(i Item) bool { return i.Material == material })
}

// holdOwing is the hold under which what is owed keeps a grant away.
const holdOwing = "owing"

// tolerate lets an accepted case go on without the materials that may follow:
// the notice names them with the last day, and no grant is made before they are
// there (深圳、西安等地容缺受理规定; 地方制度).
func (t *Turn) tolerate(missing []Given) error {
	if t.Case.Mode != ModeTolerance || len(missing) == 0 {
		return nil
	}
	o := t.owe(missing, t.Impl.TolerableDays(t.Case.Variant), t.Impl.ToleranceLaw(), "材料暂缺，申请人书面承诺后补")
	o.EndsItself = t.Impl.Tolerance != nil && t.Impl.Tolerance.EndsItself
	p, err := promiseOf(t.Tx, t.Case.ID)
	if err != nil {
		return err
	}
	insertOwing(t.Tx, t.Case, o)
	docID, err := t.Issue(document.RQ, owingFacts(o, p))
	if err != nil {
		return err
	}
	t.Tell(Note{Kind: "case.tolerated", Data: map[string]any{"until": o.Until.String(), "items": o.Items}, DocumentID: docID})
	return nil
}

// owe puts what lacks on the case, with the hold that keeps the grant away.
func (t *Turn) owe(missing []Given, days int, law, why string) Owing {
	o := Owing{CaseID: t.Case.ID, Until: t.Calendar().AddWorking(t.Today(), days), Law: law, Since: t.Tx.Now}
	for _, g := range missing {
		o.Items = append(o.Items, Item{Material: g.No, Name: g.Name, Problem: why, Standard: standardOf(g.Material)})
	}
	t.Hold(Hold{ID: holdOwing, Kind: string(ModeTolerance), Law: law, Code: "owing.grant", Grants: true, Until: o.Until})
	return o
}

func standardOf(m catalog.Material) string {
	var media []string
	for _, x := range m.Media {
		media = append(media, x.Name())
	}
	return strings.Join(media, "、") + "；" + m.Standard
}

func owingFacts(o Owing, p *Promise) document.Facts {
	f := document.Facts{Until: &o.Until, How: "登录政务服务网在“我的办件”中补交，或者到受理窗口提交",
		Consequence: strings.Join(catalog.ToleranceConsequences()[1:], "；")}
	for _, i := range o.Items {
		f.Supplements = append(f.Supplements, document.Supplement{Name: i.Name, Problem: i.Problem, Standard: i.Standard, Basis: o.Law})
	}
	if p != nil {
		f.Commitment = &document.Commitment{SignedBy: p.SignedName, SignedAt: p.SignedAt, SM3: p.SM3, OnPaper: p.Way == Window}
	}
	return f
}

// HandInOwed (补齐) hands in what is owed: files attached since, or paper at the
// window. It is taken as long as the case goes on, also after the last day.
type HandInOwed struct {
	Seen
	Paper map[string]int
}

// HandInOwed frees the grant once nothing lacks any more.
func (s *Service) HandInOwed(ctx context.Context, who staff.Actor, in HandInOwed) error {
	return s.Act(ctx, who, in.Seen, staff.CaseSupplement, func(t *Turn) error {
		o, err := owingOf(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		if !o.Open() || t.Case.Status.Ended() {
			return fault.Refused("owing.nothing", "")
		}
		files, err := filesOf(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		if err := o.answered(in.Paper, files); err != nil {
			return err
		}
		for _, i := range o.Items {
			if n := in.Paper[i.Material]; n > 0 {
				t.Tx.Write(`update case_material set paper = paper + $3 where case_id = $1 and code = $2`, t.Case.ID, i.Material, n)
			}
		}
		t.Tx.Write(`update owing set complete_at = $2 where case_id = $1 and complete_at = ''`, t.Case.ID, db.Stamp(t.Tx.Now))
		t.Lift(holdOwing)
		t.Tell(Note{Kind: "case.owing_complete"})
		return nil
	})
}

// answered: each material that is owed has a newer file, or paper.
func (o *Owing) answered(paper map[string]int, files []File) error {
	var wrong []fault.Field
	for _, i := range o.Items {
		newer := slices.ContainsFunc(files, func(f File) bool { return f.Material == i.Material && f.UploadedAt.After(o.Since) })
		if paper[i.Material] == 0 && !newer {
			wrong = append(wrong, fault.At("material."+i.Material, "material.lacking", "name", i.Name))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = o.Law
	return f
}

const owingColumns = `case_id, until_day, items, law, ends_itself, since, complete_at, number, item_name, applicant_name`

// owed says in SQL that something lacks and the case goes on.
const owed = `complete_at = '' and exists (select 1 from cases where cases.id = case_id and cases.status = 'handling')`

func scanOwing(r db.Scanner) (*Owing, error) {
	o := &Owing{}
	var items string
	var itself int
	err := r.Scan(&o.CaseID, calendar.Optional{Day: &o.Until}, &items, &o.Law, &itself, db.At{Time: &o.Since}, db.At{Time: &o.CompleteAt},
		&o.Number, &o.ItemName, &o.ApplicantName)
	if err != nil {
		return nil, err
	}
	o.EndsItself = itself == 1
	return o, json.Unmarshal([]byte(items), &o.Items)
}

func insertOwing(tx *db.Tx, c *Case, o Owing) {
	tx.Write(`insert into owing (case_id, until_day, items, law, ends_itself, since, number, item_name, applicant_name, body_id,
		intake_id, applicant_id, agent_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		c.ID, o.Until.String(), db.JSON(o.Items), o.Law, db.Flag(o.EndsItself), db.Stamp(o.Since), c.Number, c.ItemName, c.ApplicantName,
		c.BodyID, c.IntakeID, c.ApplicantID, c.AgentID)
}

// owingOf is what a case owes or owed; nil when it never owed anything.
func owingOf(tx *db.Tx, caseID string) (o *Owing, err error) {
	err = tx.Together(askOwing(&o, refByID(caseID)))
	return o, err
}

func askOwing(o **Owing, of Ref) db.Ask {
	return db.AskOne(o, scanOwing, `select `+owingColumns+` from owing where case_id = `+of.ID, of.Arg)
}

// OwingList are the cases of the actor's reach that owe something, the first due
// first; after is the place of the last one of the page before.
func (s *Service) OwingList(ctx context.Context, who staff.Actor, after Cursor, limit int) (out []*Owing, next Cursor, err error) {
	if err := who.Must(staff.CaseAccept); err != nil {
		return nil, next, err
	}
	scope, args := who.ScopeFor(staff.CaseAccept).SQL("", 4)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scanOwing, fmt.Sprintf(`select %s from owing where %s and (until_day, case_id) > ($1, $2)
			and %s order by until_day, case_id limit $3`, owingColumns, owed, scope), append([]any{after.Due, after.CaseID, limit + 1}, args...)...)
		return err
	})
	if len(out) > limit {
		out = out[:limit]
		last := out[limit-1]
		next = Cursor{last.Until.String(), last.CaseID}
	}
	return out, next, err
}
