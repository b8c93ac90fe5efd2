package casework

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// In is the version of the matter as it applies to an application handled in
// this way: who committed themselves hands in less and is decided on at once.
func (a About) In(impl *catalog.Implementation) *catalog.Implementation {
	if a.Mode == ModeCommitment {
		return impl.Committed()
	}
	return impl
}

// Modes are the ways that a matter offers in a situation, the ordinary one
// first.
func Modes(impl *catalog.Implementation, variant string) []Mode {
	out := []Mode{ModeOrdinary}
	if impl.CommitmentOpen() {
		out = append(out, ModeCommitment)
	}
	if impl.ToleranceOpen(variant) {
		out = append(out, ModeTolerance)
	}
	return out
}

// mayChoose is the rule of the choice: the matter offers the way, and the
// applicant has no broken promise on record (国办发〔2020〕42号; 地方容缺受理制度).
func mayChoose(tx *db.Tx, impl *catalog.Implementation, variant string, m Mode, partyID string) error {
	switch m {
	case ModeOrdinary:
		return nil
	case ModeCommitment:
		if !impl.CommitmentOpen() {
			return fault.Refused("mode.no_commitment", lawCommitment)
		}
	case ModeTolerance:
		if !impl.ToleranceOpen(variant) {
			return fault.Refused("mode.no_tolerance", impl.ToleranceLaw())
		}
	default:
		return fault.Invalid("form.invalid", fault.At("mode", "form.choice", "label", "办理方式"))
	}
	return credit.Trusted(tx, partyID)
}

const (
	lawCommitment = "国办发〔2020〕42号"
	lawMachine    = "个人信息保护法第二十四条第三款"
	lawRegister   = "市场主体登记管理条例实施细则第十八条"
)

// ChooseMode changes the way of handling of an open draft. What was signed for
// another way is void.
type ChooseMode struct {
	DraftID string
	Version int
	Mode    Mode
}

// ChooseMode is the applicant's free choice at any time before the submission
// (国办发〔2020〕42号: 自主选择). It gives the new version.
func (s *Service) ChooseMode(ctx context.Context, who staff.Actor, in ChooseMode) (version int, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		d, impl, err := s.openDraft(tx, who, in.DraftID, in.Version)
		if err != nil {
			return err
		}
		if err := openTo(impl, d.Channel, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		if err := mayChoose(tx, impl, d.Variant, in.Mode, d.ApplicantID); err != nil {
			return err
		}
		version = d.Version + 1
		d.Mode = in.Mode
		s.updateDraft(tx, d)
		deletePromise(tx, d.ID)
		audit.Record(tx, entry(who, "draft.mode", "draft", d.ID, nil, map[string]any{"mode": in.Mode}))
		return nil
	})
	return version, err
}

// openDraft is the actor's draft while it is open and nobody else saved it.
func (s *Service) openDraft(tx *db.Tx, who staff.Actor, draftID string, version int) (*Draft, *catalog.Implementation, error) {
	d, err := s.draftByID(tx, who, draftID)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case d.Status != DraftOpen:
		return nil, nil, fault.Conflict("draft.closed")
	case version != 0 && version != d.Version:
		return nil, nil, fault.Conflict("draft.stale")
	}
	impl, err := s.catalog.Load(tx, d.ImplementationID)
	return d, impl, err
}

// Impl is the version of the matter that the case began with, as it applies to
// the case, for nouns above this one.
func (s *Service) Impl(tx *db.Tx, c *Case) (*catalog.Implementation, error) {
	impl, err := s.catalog.Load(tx, c.ImplementationID)
	if err != nil {
		return nil, err
	}
	return c.In(impl), nil
}
