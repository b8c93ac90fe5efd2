package privacy

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

const lawNotice = "个人信息保护法第十七条"

// Review (审核) is where the draft of a notice stands between who writes it and who
// publishes it.
type Review struct {
	Ready   bool     `json:"ready,omitempty"` // handed over: locked
	By      string   `json:"by,omitempty"`
	Reasons string   `json:"reasons,omitempty"` // why it was sent back
	Writers []string `json:"writers,omitempty"` // accounts that wrote it: none of them publishes it
}

// SaveNotice writes the draft of the next version: a new one with revision 0,
// otherwise over the revision that was seen. What is lacking does not hinder.
type SaveNotice struct {
	Revision int
	Parts    []Part
}

// SaveNotice refuses a draft that was handed over.
func (s *Service) SaveNotice(ctx context.Context, who staff.Actor, in SaveNotice) error {
	return s.notice(ctx, who, "privacy.save_notice", in.Revision, func(tx *db.Tx, d *Notice) error {
		if d.Review.Ready {
			return fault.Conflict("privacy.ready")
		}
		if err := checkParts(in.Parts); err != nil {
			return err
		}
		d.Parts, d.Review.By = in.Parts, who.Name
		if !slices.Contains(d.Review.Writers, who.AccountID) {
			d.Review.Writers = append(d.Review.Writers, who.AccountID)
		}
		return nil
	})
}

func checkParts(parts []Part) error {
	var wrong []fault.Field
	for n, p := range parts {
		at := "parts." + strconv.Itoa(n)
		if l := len([]rune(p.Text)); l > mostText {
			wrong = append(wrong, fault.At(at+".text", "text.too_long", "max", "5000"))
		}
	}
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

// HandOverNotice (送审) puts a whole draft before who publishes it; it is locked.
func (s *Service) HandOverNotice(ctx context.Context, who staff.Actor, revision int) error {
	return s.notice(ctx, who, "privacy.hand_over_notice", revision, func(_ *db.Tx, d *Notice) error {
		if d.Review.Ready {
			return fault.Conflict("privacy.ready")
		}
		d.Review = Review{Ready: true, By: who.Name, Writers: d.Review.Writers}
		return d.whole()
	})
}

// whole refuses while the notice does not tell what the law wants told.
func (n Notice) whole() error {
	if l := n.Lacks(); len(l) > 0 {
		return fault.Refused("privacy.lacks", lawNotice, "lacks", strings.Join(l, "、"))
	}
	return nil
}

// SendBackNotice (退回) opens the draft again, with reasons; a writer takes it back
// in the same way.
func (s *Service) SendBackNotice(ctx context.Context, who staff.Actor, revision int, reasons string) error {
	return s.notice(ctx, who, "privacy.send_back_notice", revision, func(_ *db.Tx, d *Notice) error {
		n := len([]rune(reasons))
		switch {
		case !d.Review.Ready:
			return fault.Refused("privacy.not_ready", lawNotice)
		case n == 0:
			return fault.Invalid("form.invalid", fault.At("reasons", "text.required"))
		case n > 300:
			return fault.Invalid("form.invalid", fault.At("reasons", "text.too_long", "max", "300"))
		}
		d.Review = Review{By: who.Name, Reasons: reasons, Writers: d.Review.Writers}
		return nil
	})
}

// PublishNotice (公布) puts the draft into force from a day on. Who wrote it does not
// publish it; a version that was published is never changed.
func (s *Service) PublishNotice(ctx context.Context, who staff.Actor, revision int, from calendar.Day) error {
	return s.notice(ctx, who, "privacy.publish_notice", revision, func(tx *db.Tx, d *Notice) error {
		last, err := newest(tx)
		if err != nil {
			return err
		}
		switch {
		case !d.Review.Ready:
			return fault.Refused("privacy.not_ready", lawNotice)
		case slices.Contains(d.Review.Writers, who.AccountID):
			return fault.Refused("privacy.same_person", lawNotice)
		case from <= calendar.DayOf(tx.Now):
			return fault.Invalid("form.invalid", fault.At("from", "privacy.from_past"))
		case from <= last.From:
			return fault.Invalid("form.invalid", fault.At("from", "catalog.from_overlap", "after", last.From.String()))
		}
		d.Draft, d.From, d.ByName = false, from, who.Name
		return d.whole()
	})
}

// notice is the frame of the acts on the draft: rule changes it.
func (s *Service) notice(ctx context.Context, who staff.Actor, act string, revision int, rule func(*db.Tx, *Notice) error) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.PrivacyManage); err != nil {
			return err
		}
		d, err := noticeDraft(tx)
		if err != nil {
			return err
		}
		last, err := newest(tx)
		if err != nil {
			return err
		}
		fresh := d == nil
		if fresh {
			d = &Notice{Version: last.Version + 1, Draft: true}
		}
		if d.Revision != revision {
			return fault.Conflict("stale")
		}
		before := *d
		if err := rule(tx, d); err != nil {
			return err
		}
		saveNotice(tx, d, fresh)
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: act, SubjectKind: "privacy_notice", SubjectID: strconv.Itoa(d.Version),
			Before: before, After: *d, RequestID: who.RequestID})
		return nil
	})
}

// saveNotice writes over the revision that was read; a second draft fails by its index.
func saveNotice(tx *db.Tx, d *Notice, fresh bool) {
	parts, _ := json.Marshal(d.Parts) // texts always marshal
	review, _ := json.Marshal(d.Review)
	if fresh {
		tx.Write(`insert into privacy_notice (version, status, revision, parts, review) values ($1, 'draft', 1, $2, $3)`, d.Version, string(parts), string(review))
		return
	}
	if d.Draft {
		tx.Write(`update privacy_notice set revision = revision + 1, parts = $1, review = $2 where version = $3 and status = 'draft' and revision = $4`,
			string(parts), string(review), d.Version, d.Revision)
		return
	}
	tx.Write(`update privacy_notice set status = 'published', from_day = $1, published_at = $2, by_name = $3, review = $4
		where version = $5 and status = 'draft' and revision = $6`, d.From.String(), db.Stamp(tx.Now), d.ByName, string(review), d.Version, d.Revision)
}
