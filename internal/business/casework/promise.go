package casework

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

// Promise is what an applicant promised in writing: that the conditions are
// fulfilled (告知承诺), or to hand in what lacks (容缺). Words is the text as it was
// shown; its SM3 digest is what was signed.
type Promise struct {
	OwnerID    string
	Mode       Mode
	Words      string
	SM3        string
	Public     bool
	Way        Channel // online, or on paper at a window
	SignedBy   string
	SignedName string
	SignedAt   time.Time
	TakenBack  time.Time
}

// Words is the text that an application of this kind promises; "" where nothing
// is promised.
func Words(impl *catalog.Implementation, variant string, m Mode) string {
	switch m {
	case ModeCommitment:
		return impl.Terms().Text(impl.Name, impl.Body.Name)
	case ModeTolerance:
		return impl.ToleranceText(variant)
	}
	return ""
}

// SignPromise (签署承诺) is the applicant's signature under the text that was
// shown: signed in, by name, over the digest of the text (电子签名法第十三条). At a
// window the clerk records that the paper was signed.
type SignPromise struct {
	DraftID string
	Version int
	SM3     string // digest of the text that was shown
	Agreed  bool   // 已阅读并同意
	Name    string // the signature, typed: who signs
}

// SignPromise keeps the text, its digest, who signed and when. A text that has
// changed since it was shown is not signed.
func (s *Service) SignPromise(ctx context.Context, who staff.Actor, in SignPromise) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		d, impl, err := s.openDraft(tx, who, in.DraftID, in.Version)
		if err != nil {
			return err
		}
		words := Words(impl, d.Variant, d.Mode)
		if err := in.check(words); err != nil {
			return err
		}
		if err := mayChoose(tx, impl, d.Variant, d.Mode, d.ApplicantID); err != nil {
			return err
		}
		p := Promise{OwnerID: d.ID, Mode: d.Mode, Words: words, SM3: in.SM3, Way: d.Channel, SignedBy: who.AccountID,
			SignedName: strings.TrimSpace(in.Name), SignedAt: tx.Now, Public: d.Mode == ModeCommitment && impl.Terms().Public}
		s.updateDraft(tx, d)
		deletePromise(tx, d.ID)
		insertPromise(tx, p)
		audit.Record(tx, entry(who, "promise.sign", "draft", d.ID, nil, map[string]any{"mode": d.Mode, "words_sm3": p.SM3}))
		return nil
	})
}

// mostName bounds a signature, in characters.
const mostName = 100

func (in SignPromise) check(words string) error {
	if words == "" {
		return fault.Refused("promise.nothing", "")
	}
	if in.SM3 != sm.Digest([]byte(words)) {
		return fault.Conflict("promise.changed")
	}
	var wrong []fault.Field
	if !in.Agreed {
		wrong = append(wrong, fault.At("agreed", "promise.agree"))
	}
	switch n := len([]rune(strings.TrimSpace(in.Name))); {
	case n == 0:
		wrong = append(wrong, fault.At("name", "text.required"))
	case n > mostName:
		wrong = append(wrong, fault.At("name", "text.too_long", "max", "100"))
	}
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

// Promise is what was signed for a draft or a case the actor may see; nil when
// nothing was.
func (s *Service) Promise(ctx context.Context, who staff.Actor, ownerID string) (p *Promise, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if err := s.maySee(tx, who, ownerID); err != nil {
			return err
		}
		p, err = promiseOf(tx, ownerID)
		return err
	})
	return p, err
}

// signed refuses an application whose promise is not signed, or signed under
// another text than the one in force.
func (d *Draft) signed(p *Promise, impl *catalog.Implementation) []fault.Field {
	if d.Signed(p, impl) {
		return nil
	}
	return []fault.Field{fault.At("promise", "promise.unsigned")}
}

// Signed says whether the draft's promise stands signed under the text in
// force; nothing needs to be where nothing is promised.
func (d *Draft) Signed(p *Promise, impl *catalog.Implementation) bool {
	words := Words(impl, d.Variant, d.Mode)
	return words == "" || p != nil && p.Mode == d.Mode && p.SM3 == sm.Digest([]byte(words))
}

// facts are the promise as a document states it.
func (p *Promise) facts(impl *catalog.Implementation) document.Facts {
	t := impl.Terms()
	return document.Facts{Basis: t.Basis, Commitment: &document.Commitment{Conditions: t.Conditions, Materials: t.Materials,
		Consequences: t.Consequences, Promises: t.Promises, Public: &p.Public, SignedBy: p.SignedName, SignedAt: p.SignedAt, SM3: p.SM3,
		OnPaper: p.Way == Window}}
}

// promised hands the signed promise over from the draft to the case, with the
// document of a commitment (告知承诺书).
func (t *Turn) promised(draftID string) error {
	if t.Case.Mode == ModeOrdinary {
		return nil
	}
	p, err := promiseOf(t.Tx, draftID)
	if err != nil || p == nil {
		return err
	}
	t.Tx.Write(`update promise set owner_id = $2 where owner_id = $1`, draftID, t.Case.ID)
	if t.Case.Mode != ModeCommitment {
		return nil
	}
	docID, err := t.Issue(document.CN, p.facts(t.Impl))
	if err != nil {
		return err
	}
	t.Tell(Note{Kind: "case.committed", Data: map[string]any{"words_sm3": p.SM3, "way": p.Way}, DocumentID: docID})
	return nil
}

func insertPromise(tx *db.Tx, p Promise) {
	tx.Write(`insert into promise (owner_id, mode, words, words_sm3, public, way, signed_by, signed_name, signed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.OwnerID, string(p.Mode), p.Words, p.SM3, db.Flag(p.Public), string(p.Way), p.SignedBy, p.SignedName, db.Stamp(p.SignedAt))
}

// deletePromise forgets what was signed for a draft; there may be nothing.
func deletePromise(tx *db.Tx, draftID string) {
	tx.WriteN(db.Any, `delete from promise where owner_id = $1`, draftID)
}

func promiseOf(tx *db.Tx, ownerID string) (p *Promise, err error) {
	err = tx.Together(askPromise(&p, ownerID))
	return p, err
}

func askPromise(p **Promise, ownerID string) db.Ask {
	return db.AskOne(p, func(r db.Scanner) (*Promise, error) {
		p := &Promise{OwnerID: ownerID}
		var public int
		err := r.Scan(&p.Mode, &p.Words, &p.SM3, &public, &p.Way, &p.SignedBy, &p.SignedName, db.At{Time: &p.SignedAt}, db.At{Time: &p.TakenBack})
		p.Public = public == 1
		return p, err
	}, `select mode, words, words_sm3, public, way, signed_by, signed_name, signed_at, taken_back from promise where owner_id = $1`, ownerID)
}

// PromiseOf is what was promised in a case, for nouns above this one; nil when
// nothing was.
func PromiseOf(tx *db.Tx, caseID string) (*Promise, error) { return promiseOf(tx, caseID) }
