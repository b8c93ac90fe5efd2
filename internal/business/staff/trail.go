package staff

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Look (查找审计记录) narrows the audit trail as people ask for it.
type Look struct {
	Login    string   // of whom alone
	Acts     []string // any of these acts
	Object   string   // number of a case or licence, login name of an account, or an id
	From, To string   // civil days in Beijing, YYYY-MM-DD, both included
	Before   string   // id of the last entry of the page before
	Limit    int
}

const (
	// mostExported bounds one export; days narrow it.
	mostExported = 10000
	// unbounded is how many days back acts and bare ids are looked for where no day
	// is given: the trail is not kept by act.
	unbounded = 92
)

// Trail are the newest entries of the audit trail that a look lets through. Faults:
// staff.account for a login name that nobody has, trail.days, trail.object.
func (s *Service) Trail(ctx context.Context, who Actor, in Look) (out []audit.Entry, err error) {
	if err := who.Must(AuditRead); err != nil {
		return nil, err
	}
	in.Limit = min(max(in.Limit, 1), mostListed)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		f, err := in.filter(tx)
		if err == nil {
			out, err = audit.Search(tx, f)
		}
		return err
	})
	return out, err
}

// ExportTrail (导出审计记录) are the entries for a file, at most mostExported. Who
// exported what is on record itself.
func (s *Service) ExportTrail(ctx context.Context, who Actor, in Look) (out []audit.Entry, err error) {
	if err := who.Must(AuditRead); err != nil {
		return nil, err
	}
	in.Limit, in.Before = mostExported, ""
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		f, err := in.filter(tx)
		if err != nil {
			return err
		}
		if out, err = audit.Search(tx, f); err != nil {
			return err
		}
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "audit.export", SubjectKind: "audit", SubjectID: "trail", RequestID: who.RequestID,
			After: map[string]any{"login": in.Login, "acts": in.Acts, "object": in.Object, "from": in.From, "to": in.To, "entries": len(out)}})
		return nil
	})
	return out, err
}

func (in Look) filter(tx *db.Tx) (f audit.Filter, err error) {
	f = audit.Filter{Acts: in.Acts, Before: in.Before, Limit: in.Limit}
	if f.From, f.To, err = in.days(); err != nil {
		return f, err
	}
	if in.Login != "" {
		a, err := accountByLogin(tx, normalLogin(in.Login))
		if err != nil {
			return f, err
		}
		f.ActorID = a.ID
	}
	if in.Object != "" {
		if f.Subjects, err = subjectsNamed(tx, strings.TrimSpace(in.Object)); err != nil {
			return f, err
		}
	}
	bare := len(f.Subjects) > 0 && f.Subjects[0].Kind == ""
	if f.From.IsZero() && f.ActorID == "" && (bare || len(f.Acts) > 0 && len(f.Subjects) == 0) {
		f.From = tx.Now.AddDate(0, 0, -unbounded)
	}
	return f, nil
}

// days are the instants of the civil days; the last one is included.
func (in Look) days() (from, to time.Time, err error) {
	var wrong []fault.Field
	day := func(name, s string) (t time.Time) {
		if s == "" {
			return t
		}
		t, err := time.ParseInLocation(time.DateOnly, s, clock.Beijing)
		if err != nil {
			wrong = append(wrong, fault.At(name, "trail.days"))
		}
		return t
	}
	from, to = day("from", in.From), day("to", in.To)
	if !to.IsZero() {
		to = to.AddDate(0, 0, 1)
	}
	if len(wrong) == 0 && !from.IsZero() && !to.IsZero() && !from.Before(to) {
		wrong = append(wrong, fault.At("to", "trail.days"))
	}
	if len(wrong) > 0 {
		return from, to, fault.Invalid("form.invalid", wrong...)
	}
	return from, to, nil
}

// subjectsNamed are what a number or a login name stands for; what is none of these
// is taken for the id of something.
func subjectsNamed(tx *db.Tx, object string) (out []audit.Subject, err error) {
	for _, q := range []struct{ kind, text string }{
		{"case", `select id from cases where number = $1 limit 2`},
		{"licence", `select id from licence where number = $1 or identifier = $2 limit 2`},
		{"account", `select id from account where login = $1 limit 2`},
	} {
		typed := object
		args := []any{strings.ToUpper(strings.Join(strings.Fields(typed), ""))}
		switch q.kind {
		case "licence":
			args = []any{typed, typed}
		case "account":
			args = []any{normalLogin(typed)}
		}
		ids, err := db.List(tx, func(r db.Scanner) (id string, err error) { return id, r.Scan(&id) }, q.text, args...)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			out = append(out, audit.Subject{Kind: q.kind, ID: id})
		}
	}
	if len(out) == 0 {
		out = []audit.Subject{{ID: object}}
	}
	return out, nil
}

// MyTokens are the tokens by which systems call as the actor's own account.
func (s *Service) MyTokens(ctx context.Context, who Actor) (out []Token, err error) {
	if !who.SignedIn() {
		return nil, fault.SignedOut()
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = tokensOf(tx, who.AccountID, mostListed)
		return err
	})
	return out, err
}
