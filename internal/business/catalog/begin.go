package catalog

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/deadline"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Begin (新编) starts the first draft of a matter that a body does not implement
// yet, blank or as a copy of another matter.
type Begin struct {
	ItemCode string
	BodyID   string
	Level    Level
	CopyOf   string // id of a published version; "" for a blank one
}

// Begin gives the id of the draft. It refuses a matter that the body implements
// already: that is changed by a draft of its next version.
func (s *Service) Begin(ctx context.Context, who staff.Actor, in Begin) (string, error) {
	if err := who.Must(staff.CatalogEdit); err != nil {
		return "", err
	}
	if err := in.check(); err != nil {
		return "", err
	}
	body := &Implementation{}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		b, err := org.LoadBody(tx, in.BodyID)
		if err != nil {
			return err
		}
		item, err := itemByCode(tx, in.ItemCode)
		if err != nil {
			return err
		}
		if in.CopyOf != "" {
			from, err := s.Load(tx, in.CopyOf)
			if err != nil {
				return err
			}
			if from.Status != Published {
				return fault.Missing("catalog.missing")
			}
			body = from.adopted(item.Code, b.ID)
		} else {
			body = blank(item)
		}
		body.ItemCode, body.Level, body.Body = item.Code, in.Level, Body{ID: b.ID, Name: b.Name, USCC: b.USCC}
		return free(tx, body.Code())
	})
	if err != nil {
		return "", err
	}
	return s.SaveDraft(ctx, who, SaveDraft{Body: body})
}

func (in Begin) check() error {
	var wrong []fault.Field
	for _, x := range [][2]string{{"item", in.ItemCode}, {"body", in.BodyID}, {"level", in.Level.Name()}} {
		if x[1] == "" {
			wrong = append(wrong, fault.At(x[0], "text.required"))
		}
	}
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

// free refuses a code that has a version in force or a draft.
func free(tx *db.Tx, code string) error {
	open, err := openVersion(tx, code)
	if err != nil {
		return err
	}
	if open != nil {
		return fault.Conflict("catalog.exists")
	}
	return noDraft(tx, code)
}

// noDraft refuses a code of which there is a draft.
func noDraft(tx *db.Tx, code string) error {
	d, err := draftOf(tx, code)
	if err == nil && d != nil {
		err = fault.Conflict("catalog.draft_exists")
	}
	return err
}

// blank is a version that says only what the law says of every matter of its kind.
func blank(item Item) *Implementation {
	i := &Implementation{Kind: item.Kind, Name: item.Name, Variants: []Variant{{No: "01", Name: "首次申请", Kind: "new"}}}
	if item.Kind == Licensing {
		i.Delivery = &Limit{Limit: deadline.Limit{N: 10, Unit: deadline.Working, Start: deadline.Decided, Law: lawDelivery}}
		i.Fee.Law = lawFee
	}
	i.Flow = procedure("standard", i)
	return i
}

// adopted is a copy for another matter or body: what belongs to the matter or the
// body it came from is left out.
func (i *Implementation) adopted(item, body string) *Implementation {
	c := i.Clone()
	c.Rows = nil
	if body != i.Body.ID {
		c.Windows, c.Remedies, c.Power, c.Regulator, c.Joint = nil, org.Remedies{}, Power{}, Body{}, nil
		c.Sources = withoutParts(c.Sources, PartWindow, PartRemedies)
	}
	if item != i.ItemCode {
		c.Name = ""
		c.Sources = withoutParts(c.Sources, PartItem)
		if l := c.Statutory; l != nil && l.Confirmed != nil {
			l.Confirmed, l.Unsure, l.Unit = nil, true, deadline.Natural
		}
	}
	if strings.HasPrefix(c.Result.TypeCode, i.Body.USCC) {
		c.Result.TypeCode = ""
	}
	return c
}

func withoutParts(all map[Part]Provenance, parts ...Part) map[Part]Provenance {
	out := map[Part]Provenance{}
	for p, src := range all {
		if !slices.Contains(parts, p) {
			out[p] = src
		}
	}
	return out
}
