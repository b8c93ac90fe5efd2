package aftercare

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Open (提起) begins a procedure to rescind, recall or deregister a licence. The
// holder, or who speaks in the place of one that died or was dissolved, is told
// beforehand and heard (行政许可法第七条).
type Open struct {
	LicenceID string
	Kind      Kind
	Ground    string
	Reasons   string // the facts, one a line
	Basis     string // citations, one a line
	// Speaker is wanted where the ground says that there is no holder any more.
	Speaker *Speaker
}

// Open gives the id of the procedure.
func (s *Service) Open(ctx context.Context, who staff.Actor, in Open) (proceedingID string, err error) {
	if err := who.Must(staff.LicenceProceed); err != nil {
		return "", err
	}
	var caseID string
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		l, err := s.licenceFor(tx, who, staff.LicenceProceed, in.LicenceID)
		if err != nil {
			return err
		}
		caseID = l.CaseID
		p, err := in.open(who, l, tx)
		if err != nil {
			return err
		}
		if err := s.notHeldUp(tx, l, p); err != nil {
			return err
		}
		proceedingID = p.ID
		return s.begin(tx, who, l, p)
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.LicenceProceed, err)
	return proceedingID, asOpen(err)
}

// asOpen says which rule the store held to when two begin at once.
func asOpen(err error) error {
	if f := fault.Of(err); f != nil && f.Kind == fault.KindConflict && f.Code == "duplicate" {
		return fault.Conflict("aftercare.open_already")
	}
	return err
}

// begin writes the procedure and, unless the holder asked for it, issues the
// notice beforehand (CXGZ, ZXGZ) and starts the time for what is said to it.
func (s *Service) begin(tx *db.Tx, who staff.Actor, l *licence.Licence, p *Proceeding) error {
	docID := ""
	if !p.Requested {
		var err error
		if docID, err = s.notify(tx, who, l, p); err != nil {
			return err
		}
	}
	s.insert(tx, p)
	p.tell(tx, who, "aftercare.opened", docID)
	return nil
}

// How one answers a notice.
const (
	howOnline = "登录政务服务网在“我的证照”中陈述、申辩，或者到颁发机关书面提出"
	howPublic = "登录政务服务网在“注销公告”栏目提出，或者到颁发机关书面提出"
)

// notify issues the notice beforehand.
func (s *Service) notify(tx *db.Tx, who staff.Actor, l *licence.Licence, p *Proceeding) (docID string, err error) {
	g, _ := GroundOf(p.Kind, p.Ground)
	via, kind := Online, document.CXGZ
	f := document.Facts{Reasons: p.Reasons, Basis: p.basis(), Until: &p.Until, Ground: g.Text, How: howOnline}
	if p.Kind == Deregister {
		kind = document.ZXGZ
	}
	if p.Speaker != nil {
		via, f.Addressee, f.How = p.Speaker.Via, l.Content.Holder.Name+"的权利义务承受人", howPublic
	}
	if via == ByHand || via == ByPost {
		if err := s.letter(tx, l, p); err != nil {
			return "", err
		}
		f.Addressee = p.Speaker.Name
		f.How = "登录" + s.o.BaseURL + "/cancellations/letter，凭编号" + p.Letter + "和查询码" + s.Code(p) + "提出；或者到颁发机关书面提出、当面陈述"
	}
	p.Status, p.Until = Notified, told(calendar.DayOf(tx.Now), via, s.o.HearDays, s.o.Casework.AnnounceDays(), s.o.Casework.Calendar())
	return s.issue(tx, who, l, kind, f)
}

// open is the rule of beginning: a known ground of this procedure that fits
// where the licence stands, with facts and basis.
func (in Open) open(who staff.Actor, l *licence.Licence, tx *db.Tx) (*Proceeding, error) {
	g, known := GroundOf(in.Kind, in.Ground)
	var wrong []fault.Field
	if !known || in.Kind == Revoke || in.Ground == "requested" {
		wrong = append(wrong, fault.At("ground", "aftercare.ground"))
	}
	if strings.TrimSpace(in.Reasons) == "" {
		wrong = append(wrong, fault.At("reasons", "form.required", "label", "事实和理由"))
	}
	speaker, more := g.speaks(in.Speaker)
	if wrong = append(wrong, more...); len(wrong) > 0 {
		return nil, fault.Invalid("form.invalid", wrong...)
	}
	p := proceedingOn(l, who, tx)
	p.Speaker, p.Public = speaker, speaker != nil && speaker.Via == Announce
	p.Kind, p.Ground, p.Reasons, p.Basis = in.Kind, in.Ground, lines(in.Reasons), lines(in.Basis)
	return p, g.fits(in.Kind, l.StatusOn(calendar.DayOf(tx.Now)))
}

// fits refuses a ground that does not go with where the licence stands: what is
// over cannot be rescinded, and what was not rescinded is not deregistered for
// having been.
func (g Ground) fits(k Kind, s licence.Status) error {
	switch {
	case len(g.Needs) > 0 && !slices.Contains(g.Needs, s),
		k == Deregister && s == licence.Cancelled, s == licence.Replaced:
		return fault.Refused("aftercare.standing", g.Law, "status", string(s))
	case k != Deregister && s != licence.Valid && s != licence.Expired && s != licence.Continued:
		return fault.Refused("aftercare.standing", g.Law, "status", string(s))
	}
	return nil
}

// notHeldUp refuses to deregister as expired what somebody asked to renew.
func (s *Service) notHeldUp(tx *db.Tx, l *licence.Licence, p *Proceeding) error {
	if p.Kind != Deregister || p.Ground != "expired" {
		return nil
	}
	open, err := s.o.Casework.OpenAbout(tx, l.ID)
	if err != nil || open == nil {
		return err
	}
	return fault.Refused("aftercare.renewal_open", lawCancel+"第（一）项", "number", open.Number)
}

func proceedingOn(l *licence.Licence, who staff.Actor, tx *db.Tx) *Proceeding {
	return &Proceeding{ID: id.New(), Version: 1, Status: Proposed, LicenceID: l.ID, CaseID: l.CaseID, ItemName: l.Content.Matter.Name,
		Licence: l.Content.Name, Number: l.Content.Number, Holder: l.Content.Holder.Name, OpenedBy: who.AccountID, OpenedName: who.Name,
		OpenedAt: tx.Now, Subject: l.Subject}
}

// basis are the citations, the ground's own article first.
func (p *Proceeding) basis() []string {
	g, _ := GroundOf(p.Kind, p.Ground)
	own := "《中华人民共和国" + strings.Replace(g.Law, "法第", "法》第", 1)
	if len(p.Basis) > 0 && p.Basis[0] == own {
		return p.Basis
	}
	return append([]string{own}, p.Basis...)
}

// lines are the lines of a text that say something.
func lines(text string) (out []string) {
	for l := range strings.SplitSeq(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
