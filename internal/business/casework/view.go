package casework

import (
	"context"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Dossier (卷宗) is everything that whoever may see the case sees of it.
type Dossier struct {
	*Case
	Impl      *catalog.Implementation
	Values    form.Values
	Materials []Given
	Ticks     []Ticked
	History   []Happening
	Notice    *SupplementNotice // nil when none was given
	Promise   *Promise          // nil when none was made
	Owing     *Owing            // nil when nothing was owed
	Clocks    Clocks
	Moves     []Moves // by new calendars
	// Extensions are the requests for more time, Late why the promised limit was
	// not kept; nil when the public was not told.
	Extensions []*ExtensionRequest
	Late       *LateReason
	Attempts   []Attempt // to serve the result, oldest first
	Held       *Held     // the licence that it is about; nil for a new one
}

// Dossier is the case for who may see it; for anybody else it does not exist.
func (s *Service) Dossier(ctx context.Context, who staff.Actor, caseID string) (*Dossier, error) {
	var d *Dossier
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := visible(tx, who, caseID)
		if err == nil {
			d, err = s.dossier(tx, c)
		}
		return err
	})
	return d, err
}

// Brief is the case and its matter alone, as Dossier gives them.
func (s *Service) Brief(ctx context.Context, who staff.Actor, caseID string) (c *Case, impl *catalog.Implementation, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if c, err = visible(tx, who, caseID); err == nil {
			impl, err = s.catalog.Load(tx, c.ImplementationID)
		}
		return err
	})
	return c, impl, err
}

// visible is a case in the actor's scope.
func visible(tx *db.Tx, who staff.Actor, caseID string) (*Case, error) {
	c, err := ByID(tx, caseID)
	if err != nil {
		return nil, err
	}
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	if who.May(staff.CaseRead, c.Subject()) != nil {
		return nil, fault.Missing("case.missing")
	}
	return c, nil
}

func (s *Service) dossier(tx *db.Tx, c *Case) (d *Dossier, err error) {
	d = &Dossier{Case: c}
	if d.Impl, err = s.catalog.Load(tx, c.ImplementationID); err != nil {
		return nil, err
	}
	d.Impl = c.In(d.Impl)
	if err = tx.Together(askPromise(&d.Promise, c.ID), askOwing(&d.Owing, refByID(c.ID)), askTicks(&d.Ticks, c.ID), askHistory(&d.History, c.ID),
		askMoves(&d.Moves, c.ID), askExtensions(&d.Extensions, c.ID), askLateReason(&d.Late, refByID(c.ID)), askAttempts(&d.Attempts, c.ID)); err != nil {
		return nil, err
	}
	if d.Values, err = s.formOf(tx, c.ID); err != nil {
		return nil, err
	}
	if d.Materials, err = given(tx, c, d.Impl); err != nil {
		return nil, err
	}
	if d.Notice, err = noticeOf(tx, c.ID); fault.Of(err) != nil && fault.Of(err).Kind != fault.KindMissing {
		return nil, err
	}
	d.Clocks = c.Clocks(d.Impl, s.calendar())
	d.Held, err = HeldOf(tx, d.Case)
	return d, err
}

// Progress is what the public may know of a case with its number and check
// code: no form, no materials, no opinions.
type Progress struct {
	*Case
	Impl    *catalog.Implementation
	History []Happening
	Notice  *SupplementNotice
	Owing   *Owing
	Clocks  Clocks
	Late    *LateReason // why the promised limit was not kept
}

// Ref is a case in a question about it: the SQL of its id over $1, and what $1
// is. A question may name a case by its number, so that nobody need ask for the
// id first.
type Ref struct{ ID, Arg string }

func refByID(caseID string) Ref { return Ref{"$1", caseID} }

func refByNumber(number string) Ref { return Ref{"(select id from cases where number = $1)", number} }

// Also is what an upper noun wants to know of the same case, in the same
// round trip.
type Also func(Ref) db.Ask

// Progress answers the same for an unknown number and a wrong code, after the
// same work. Everything is asked in one round trip.
func (s *Service) Progress(ctx context.Context, number, code string, also ...Also) (*Progress, error) {
	clean, err := CleanNumber(number)
	if err != nil {
		return nil, err
	}
	right := s.keys.CheckCodeMatches(clean, code)
	p := &Progress{}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if err := tx.Together(p.asks(refByNumber(clean), also)...); err != nil {
			return err
		}
		if !right || p.Case == nil {
			return fault.Missing("progress.not_found")
		}
		return s.fill(tx, p)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Progress) asks(of Ref, also []Also) []db.Ask {
	asks := []db.Ask{askCase(&p.Case, of), askOwing(&p.Owing, of), askPublicHistory(&p.History, of), askLateReason(&p.Late, of)}
	for _, a := range also {
		asks = append(asks, a(of))
	}
	return asks
}

// fill adds what is in memory or follows from the case.
func (s *Service) fill(tx *db.Tx, p *Progress) (err error) {
	if p.Impl, err = s.catalog.Load(tx, p.ImplementationID); err != nil {
		return err
	}
	p.Impl = p.Case.In(p.Impl)
	if p.Status == StatusSupplement {
		if p.Notice, err = noticeOf(tx, p.ID); err != nil {
			return err
		}
	}
	p.Clocks = p.Case.Clocks(p.Impl, s.calendar())
	return nil
}

// Mine are the actor's cases as applicant or agent, the newest first; after is
// the id of the last one of the page before.
func (s *Service) Mine(ctx context.Context, who staff.Actor, after string, limit int) (out []*Case, err error) {
	if limit <= 0 || limit > mostLines {
		limit = pageSize
	}
	if after == "" {
		after = "~"
	}
	scope, args := who.Scope.SQL("", 3)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scanCase, `select `+caseColumns+` from `+caseTables+` where id < $1 and `+scope+`
			order by id desc limit $2`, append([]any{after, limit}, args...)...)
		return err
	})
	return out, err
}

// Cases are those that the actor may read, those of other bodies in which their
// body takes a part among them, the newest first, for looking one up.
func (s *Service) Cases(ctx context.Context, who staff.Actor, after string, limit int) (out []*Case, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > mostLines {
		limit = pageSize
	}
	if after == "" {
		after = "~"
	}
	scope := who.ScopeFor(staff.CaseRead)
	own, args := scope.SQL("", 3)
	guest, more := document.Admitted("cases.id", scope, 3+len(args))
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scanCase, `select `+caseColumns+` from `+caseTables+` where id < $1 and (`+own+` or `+guest+`)
			order by id desc limit $2`, append(append([]any{after, limit}, args...), more...)...)
		return err
	})
	return out, err
}

// Find is the case with a number, for an officer at the search box.
func (s *Service) Find(ctx context.Context, who staff.Actor, number string) (*Case, error) {
	clean, err := CleanNumber(number)
	if err != nil {
		return nil, err
	}
	var c *Case
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if c, err = byNumber(tx, clean); err != nil {
			return err
		}
		if who.May(staff.CaseRead, c.Subject()) != nil {
			return fault.Missing("case.missing")
		}
		return nil
	})
	return c, err
}
