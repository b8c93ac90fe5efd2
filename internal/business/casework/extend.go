package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/document"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// ExtensionRequest (延长期限申请) is the handler's wish for more time and what the
// authority that the law names said to it.
type ExtensionRequest struct {
	ID, CaseID              string
	Days                    int // working days
	Reasons                 string
	AskedBy, AskedName      string
	AskedAt                 time.Time
	Status                  ExtensionStatus
	DecidedBy, DecidedName  string
	DecidedAt               time.Time
	Approver, Answer        string // the office that approved; why it was declined
	Number, ItemName, DueOn string // of the case, in lists
}

// ExtensionStatus is where a request stands.
type ExtensionStatus string

// The statuses of a request.
const (
	ExtensionOpen     ExtensionStatus = "open"     // 待批准
	ExtensionApproved ExtensionStatus = "approved" // 已批准
	ExtensionDeclined ExtensionStatus = "declined" // 未批准
)

// AskExtension (申请延长办理期限) is the handler's, before the limit ends.
type AskExtension struct {
	Seen
	Days    int
	Reasons string // one a line; the applicant is told them
}

// AskExtension refuses at once what could not be approved.
func (s *Service) AskExtension(ctx context.Context, who staff.Actor, in AskExtension) error {
	return s.Act(ctx, who, in.Seen, staff.CaseExamine, func(t *Turn) error {
		if err := needed(lawExtend, "reasons", in.Reasons); err != nil {
			return err
		}
		trial := *t.Case
		if err := trial.Extend(Extension{N: in.Days, Unit: deadline.Working}, t.Impl.Jointly(), t.Today()); err != nil {
			return err
		}
		open, err := openExtension(t.Tx, t.Case.ID)
		switch {
		case err != nil:
			return err
		case open != nil:
			return fault.Conflict("extend.asked")
		}
		if err := t.askGovernment(); err != nil {
			return err
		}
		insertExtension(t, in)
		t.Tell(Note{Kind: "case.extension_asked", Text: strings.TrimSpace(in.Reasons), Data: map[string]int{"days": in.Days}})
		return nil
	})
}

// askGovernment lays a request in joint handling before the head of the level's
// government, who reads the case from now on; where none is known to the platform,
// the approval is put on record from paper.
func (t *Turn) askGovernment() error {
	if !t.Impl.Jointly() {
		return nil
	}
	return t.admitGovernment()
}

// admitGovernment lets the head of the level's government read the case, where the
// platform knows one.
func (t *Turn) admitGovernment() error {
	g, err := org.GovernmentOf(t.Tx, t.Case.BodyID)
	if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
		return nil
	}
	t.Case.Course.Government = g.ID
	return err
}

// ExtendJoint (本级人民政府负责人批准延长) is the government's own answer (行政许可法第四十
// 二条第二款), with the reasons where it declines.
type ExtendJoint struct {
	Seen
	RequestID string
	Approve   bool
	Answer    string
}

// ExtendJoint is Extend by the head of the government, who signs in for it and has
// no other part in the case.
func (s *Service) ExtendJoint(ctx context.Context, who staff.Actor, in ExtendJoint) error {
	return s.Act(ctx, who, in.Seen, staff.CaseExtendJoint, func(t *Turn) error {
		if !t.Impl.Jointly() {
			return fault.Refused("extend.not_joint", lawExtend)
		}
		r, err := t.waitingExtension(in.RequestID)
		if err != nil {
			return err
		}
		if !in.Approve {
			return s.decline(t, r, Extend{Answer: in.Answer})
		}
		r.Approver = t.Impl.ExtensionAuthority() + t.Who.Name
		return s.lengthen(t, r)
	})
}

// waitingExtension is the request that waits for an answer, by somebody who did not
// ask for it.
func (t *Turn) waitingExtension(requestID string) (*ExtensionRequest, error) {
	r, err := openExtension(t.Tx, t.Case.ID)
	switch {
	case err != nil:
		return nil, err
	case r == nil || requestID != "" && r.ID != requestID:
		return nil, fault.Conflict("extend.not_asked")
	case t.Who.Self(r.AskedBy):
		return nil, fault.Refused("extend.same_person", lawExtend)
	}
	return r, nil
}

// Extend (批准延长) is the authority's answer: the head of the body, or, where
// several bodies decide together, the head of the level's government, whose
// approval is then put on record by the head of the body.
type Extend struct {
	Seen
	RequestID string
	Approve   bool
	Answer    string // why it is declined
	Government
}

// Government is the approval of the level's government, for joint handling: by
// whom, with what number, on which day, as the head of the body puts it on record
// from paper. A head who signs in answers by ExtendJoint.
type Government struct {
	Approver string // 职务、姓名
	Number   string // 批准文号
	On       calendar.Day
}

// check wants all three; the approval lies between the request and today.
func (g Government) check(asked, today calendar.Day) error {
	var wrong []fault.Field
	for name, s := range map[string]string{"approver": g.Approver, "number": g.Number} {
		if n := len([]rune(strings.TrimSpace(s))); n == 0 || n > mostShort {
			wrong = append(wrong, fault.At(name, map[string]string{"approver": "extend.government", "number": "extend.number"}[name]))
		}
	}
	if g.On < asked || g.On > today {
		wrong = append(wrong, fault.At("on", "extend.approved_on"))
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.SortFunc(wrong, func(a, b fault.Field) int { return strings.Compare(a.Name, b.Name) })
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = lawJoint
	return f
}

// Extend issues the notice to the applicant with the reasons and the new day.
func (s *Service) Extend(ctx context.Context, who staff.Actor, in Extend) error {
	return s.Act(ctx, who, in.Seen, staff.CaseExtend, func(t *Turn) error {
		r, err := t.waitingExtension(in.RequestID)
		if err != nil {
			return err
		}
		if !in.Approve {
			return s.decline(t, r, in)
		}
		return s.extend(t, r, in)
	})
}

func (s *Service) decline(t *Turn, r *ExtensionRequest, in Extend) error {
	if err := needed("", "answer", in.Answer); err != nil {
		return err
	}
	r.Answer = strings.TrimSpace(in.Answer)
	closeExtension(t, r, ExtensionDeclined)
	t.Tell(Note{Kind: "case.extension_declined", Text: r.Answer})
	return nil
}

func (s *Service) extend(t *Turn, r *ExtensionRequest, in Extend) error {
	joint := t.Impl.Jointly()
	r.Approver = t.Impl.ExtensionAuthority() + t.Who.Name
	if joint {
		if err := in.Government.check(calendar.DayOf(r.AskedAt), t.Today()); err != nil {
			return err
		}
		r.Approver = t.Impl.ExtensionAuthority() + "（" + strings.TrimSpace(in.Approver) + "，" + in.On.Chinese() + "，" + strings.TrimSpace(in.Number) + "）"
	}
	return s.lengthen(t, r)
}

// lengthen moves the limit and tells the applicant why, and who approved it.
func (s *Service) lengthen(t *Turn, r *ExtensionRequest) error {
	joint := t.Impl.Jointly()
	e := Extension{N: r.Days, Unit: deadline.Working, ApprovedBy: r.Approver, Reason: r.Reasons}
	if err := t.Case.Extend(e, joint, t.Today()); err != nil {
		return err
	}
	t.Reproject()
	docID, err := t.Issue(document.YQ, document.Facts{Reasons: lines(r.Reasons), Approver: r.Approver})
	if err != nil {
		return err
	}
	all := slices.Clone(t.Case.Course.Extensions)
	all[len(all)-1].DocumentID = docID
	t.Case.Course.Extensions = all
	closeExtension(t, r, ExtensionApproved)
	t.Tell(Note{Kind: "case.extended", Text: r.Reasons, DocumentID: docID, Data: map[string]any{"days": r.Days, "due": t.Case.StatutoryDue}})
	return nil
}

func insertExtension(t *Turn, in AskExtension) {
	t.Tx.Write(`insert into extension_request (id, case_id, days, reasons, asked_by, asked_name, asked_at, status)
		values ($1, $2, $3, $4, $5, $6, $7, 'open')`, id.New(), t.Case.ID, in.Days, strings.TrimSpace(in.Reasons), t.Who.AccountID,
		t.Who.Name, db.Stamp(t.Tx.Now))
}

func closeExtension(t *Turn, r *ExtensionRequest, to ExtensionStatus) {
	t.Tx.Write(`update extension_request set status = $2, decided_by = $3, decided_name = $4, decided_at = $5, approver = $6, answer = $7
		where id = $1 and status = 'open'`, r.ID, string(to), t.Who.AccountID, t.Who.Name, db.Stamp(t.Tx.Now), r.Approver, r.Answer)
}

const extensionColumns = `e.id, e.case_id, e.days, e.reasons, e.asked_by, e.asked_name, e.asked_at, e.status, e.decided_by, e.decided_name,
	e.decided_at, e.approver, e.answer`

func scanExtension(r db.Scanner) (*ExtensionRequest, error) {
	e := &ExtensionRequest{}
	return e, r.Scan(e.into()...)
}

func (e *ExtensionRequest) into() []any {
	return []any{&e.ID, &e.CaseID, &e.Days, &e.Reasons, &e.AskedBy, &e.AskedName, db.At{Time: &e.AskedAt}, &e.Status, &e.DecidedBy,
		&e.DecidedName, db.At{Time: &e.DecidedAt}, &e.Approver, &e.Answer}
}

// openExtension is the request that waits, nil when none does.
func openExtension(tx *db.Tx, caseID string) (*ExtensionRequest, error) {
	all, err := db.List(tx, scanExtension, `select `+extensionColumns+` from extension_request e where case_id = $1 and status = 'open'`, caseID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// extensionsOf are all requests of a case, the oldest first.
func askExtensions(out *[]*ExtensionRequest, caseID string) db.Ask {
	return db.AskList(out, scanExtension, `select `+extensionColumns+` from extension_request e where case_id = $1 order by asked_at, id limit 50`, caseID)
}

// extensionScope is whose requests wait for the actor: those of the body, or, for the
// head of the government, those in joint handling that were laid before it.
func extensionScope(who staff.Actor, n int) (predicate string, args []any, err error) {
	if who.Can(staff.CaseExtendJoint) && !who.Can(staff.CaseExtend) {
		predicate, args = document.Admitted("c.id", who.ScopeFor(staff.CaseExtendJoint), n)
		return predicate, args, nil
	}
	predicate, args = who.ScopeFor(staff.CaseExtend).SQL("c", n)
	return predicate, args, who.Must(staff.CaseExtend)
}

// AskExtensions counts the requests that wait for the actor, up to mostCounted;
// it asks nothing for who answers none.
func (s *Service) AskExtensions(who staff.Actor, n *int) []db.Ask {
	scope, args, err := extensionScope(who, 1)
	if err != nil {
		return nil
	}
	return []db.Ask{db.AskCount(n, mostCounted, extensionsOpen+` and `+scope, args...)}
}

// extensionsOpen are the requests that somebody must answer, with their cases.
const extensionsOpen = `extension_request e join cases c on c.id = e.case_id where e.status = 'open' and c.status = 'handling'`

// Extensions lists the requests that wait for the actor, those whose limit ends
// first before the others; few ever wait, at most 100 are given.
func (s *Service) Extensions(ctx context.Context, who staff.Actor) (out []*ExtensionRequest, err error) {
	scope, args, err := extensionScope(who, 1)
	if err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, func(r db.Scanner) (*ExtensionRequest, error) {
			e := &ExtensionRequest{}
			return e, r.Scan(append(e.into(), &e.Number, &e.ItemName, &e.DueOn)...)
		}, `select `+extensionColumns+`, c.number, c.item_name,
			(select statutory_due from case_clock where case_id = c.id) as due from `+extensionsOpen+` and `+scope+` order by due, e.id limit 100`, args...)
		return err
	})
	return out, err
}
