package casework

import (
	"context"
	"maps"
	"strconv"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// StartDraft begins an application for a published matter. An applicant does
// so for one of their own parties; a clerk for the person at the window.
type StartDraft struct {
	ImplementationID string
	Variant          string // two digits, empty for the first
	ApplicantID      string
	Channel          Channel
	About            // what it is for; a new licence by the ordinary way unless said otherwise
	// Known is what an upper noun knows of the application, such as the form of
	// the licence that is to be renewed; it goes before what is known of the party.
	Known form.Values
}

// StartDraft gives the id of the draft, with the known facts filled in.
func (s *Service) StartDraft(ctx context.Context, who staff.Actor, in StartDraft) (draftID string, err error) {
	return draftID, s.db.Act(ctx, func(tx *db.Tx) error {
		draftID, err = s.StartDraftIn(tx, who, in)
		return err
	})
}

// StartDraftIn is StartDraft inside the transaction of a noun above this one,
// which answers for what in.About names.
func (s *Service) StartDraftIn(tx *db.Tx, who staff.Actor, in StartDraft) (string, error) {
	impl, err := s.catalog.Load(tx, in.ImplementationID)
	if err != nil {
		return "", err
	}
	if err := mayPrepare(tx, who, in.Channel, in.ApplicantID, impl); err != nil {
		return "", err
	}
	applicant, err := s.party.Load(tx, in.ApplicantID)
	if err != nil {
		return "", err
	}
	facts, err := s.party.FactsFor(tx, who, in.ApplicantID)
	if err != nil {
		return "", err
	}
	if err := openTo(impl, in.Channel, calendar.DayOf(tx.Now)); err != nil {
		return "", err
	}
	if err := meantFor(impl, in.Channel, applicant); err != nil {
		return "", err
	}
	if err := mayChoose(tx, impl, variantOr(impl, in.Variant), in.Mode, in.ApplicantID); err != nil {
		return "", err
	}
	d := &Draft{ID: id.New(), Version: 1, Status: DraftOpen, Channel: in.Channel, AccountID: who.AccountID,
		ApplicantID: in.ApplicantID, ApplicantName: applicant.Name, Company: isCompany(applicant), ImplementationID: impl.ID,
		Variant: variantOr(impl, in.Variant), ItemName: impl.Name, Paper: map[string]int{}, About: in.About,
		Values: impl.Form.Prefill(facts, calendar.DayOf(tx.Now))}
	maps.Copy(d.Values, in.Known)
	if err := s.carryOver(tx, who, d, impl); err != nil {
		return "", err
	}
	if d.Purpose == "" {
		d.Purpose = PurposeNew
	}
	if in.Channel == Window {
		d.IntakeID = who.HallID
	}
	s.insertDraft(tx, d)
	audit.Record(tx, entry(who, "draft.start", "draft", d.ID, nil, map[string]any{"item": impl.Code()}))
	return d.ID, nil
}

// mayPrepare: the window needs the right to receive; online the party must be
// one the actor may act for.
func mayPrepare(tx *db.Tx, who staff.Actor, ch Channel, partyID string, impl *catalog.Implementation) error {
	if ch == Window {
		return who.Must(staff.CaseReceive)
	}
	if err := who.Must(staff.CaseSubmit); err != nil {
		return err
	}
	return party.MayApply(tx, who, partyID, impl.ItemCode)
}

// openTo refuses matters that cannot be applied for through this door today.
func openTo(impl *catalog.Implementation, ch Channel, today calendar.Day) error {
	switch {
	case impl.StatusOn(today) != catalog.Published:
		return fault.Refused("catalog.not_in_force", "行政许可法第三十条")
	case ch != Window && impl.Offline != "":
		return fault.Refused("catalog.offline", "", "why", impl.Offline)
	}
	return nil
}

// meantFor refuses an online application by a kind of applicant that the matter
// is not published for. A window receives it all the same and answers with one
// of the lawful outcomes (行政许可法第三十二条第一款).
func meantFor(impl *catalog.Implementation, ch Channel, applicant party.Party) error {
	if ch == Window || impl.Serves(audienceOf(applicant)) {
		return nil
	}
	return fault.Refused("draft.audience", "行政许可法第三十条", "audience", impl.Audiences[0].Name())
}

func audienceOf(p party.Party) catalog.Audience {
	if isCompany(p) {
		return catalog.Enterprise
	}
	return catalog.Person
}

// variantOr is the named situation, or the first one of the matter.
func variantOr(impl *catalog.Implementation, no string) string {
	for _, v := range impl.Variants {
		if v.No == no {
			return no
		}
	}
	if len(impl.Variants) > 0 {
		return impl.Variants[0].No
	}
	return ""
}

// SaveDraft keeps what was typed so far. Nothing is required yet; values too
// long for any field are refused, so that a draft stays a draft and no dump.
type SaveDraft struct {
	DraftID string
	Version int // the version that was loaded; 0 takes the newest
	Values  form.Values
	Paper   map[string]int // only at a window
}

// SaveDraft gives the new version.
func (s *Service) SaveDraft(ctx context.Context, who staff.Actor, in SaveDraft) (version int, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		d, err := s.draftByID(tx, who, in.DraftID)
		if err != nil {
			return err
		}
		impl, err := s.catalog.Load(tx, d.ImplementationID)
		if err != nil {
			return err
		}
		if err := d.save(in, impl.Form); err != nil {
			return err
		}
		s.updateDraft(tx, d)
		version = d.Version + 1
		return nil
	})
	return version, err
}

func (d *Draft) save(in SaveDraft, def form.Definition) error {
	switch {
	case d.Status != DraftOpen:
		return fault.Conflict("draft.closed")
	case in.Version != 0 && in.Version != d.Version:
		return fault.Conflict("draft.stale")
	}
	if wrong := oversize(in.Values); len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	d.Values = def.Normalize(in.Values)
	if d.Channel == Window && in.Paper != nil {
		d.Paper = in.Paper
	}
	return nil
}

// mostCharacters bounds one value of a draft.
const mostCharacters = 20000

func oversize(v form.Values) (wrong []fault.Field) {
	for name, value := range v {
		if n := len([]rune(value)); n > mostCharacters {
			wrong = append(wrong, fault.At(name, "form.too_long", "max", strconv.Itoa(mostCharacters), "n", strconv.Itoa(n)))
		}
	}
	return wrong
}

// DiscardDraft throws a draft away. Its files go with it.
func (s *Service) DiscardDraft(ctx context.Context, who staff.Actor, draftID string) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		d, err := s.draftByID(tx, who, draftID)
		if err != nil {
			return err
		}
		if d.Status != DraftOpen {
			return fault.Conflict("draft.closed")
		}
		files, err := filesOf(tx, d.ID)
		if err != nil {
			return err
		}
		d.Status = DraftDiscarded
		s.updateDraft(tx, d)
		s.dropFiles(tx, files)
		audit.Record(tx, entry(who, "draft.discard", "draft", d.ID, nil, nil))
		return nil
	})
}
