package complaint

import (
	"context"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// ByCode is who comes with what stands on the receipt, without signing in.
type ByCode struct{ Number, Code string }

// mostName bounds the name that somebody gives, in characters.
const mostName = 60

// FileByCode is File for who holds the number and the check code of the case; a
// name is theirs to give. It gives the number of the complaint.
func (s *Service) FileByCode(ctx context.Context, by ByCode, name string, in File) (number string, err error) {
	if err := in.check(); err != nil {
		return "", err
	}
	name = strings.TrimSpace(name)
	if len([]rune(name)) > mostName {
		return "", fault.Invalid("form.invalid", fault.At("name", "text.too_long", "max", "60"))
	}
	p, err := s.o.Casework.Progress(ctx, by.Number, by.Code)
	if err != nil {
		return "", err
	}
	if name == "" {
		name = "没有署名（凭查询码）"
	}
	who := staff.Actor{Name: name, Kind: staff.Applicant}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		k, err := casework.ByID(tx, p.Case.ID)
		if err != nil {
			return err
		}
		c, err := s.file(tx, who, k, in)
		if err == nil {
			number = c.Number
		}
		return err
	})
	s.o.Casework.KeepRefusal(ctx, who, p.Case.ID, staff.ComplaintFile, err)
	return number, err
}

// OfCode are the complaints that were filed about a case in this way, with their
// answers, the newest first.
func (s *Service) OfCode(ctx context.Context, by ByCode) (out []*Complaint, err error) {
	p, err := s.o.Casework.Progress(ctx, by.Number, by.Code)
	if err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = s.rows(tx, `case_id = $1 and filed_by = ''`, []any{p.Case.ID}, most)
		return err
	})
	return out, err
}
