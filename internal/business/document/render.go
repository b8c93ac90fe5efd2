package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/kit/pdfsign"
	"onewindow/internal/kit/sm"
)

// errGlyph answers for a document with characters that no font has.
const errGlyph = "document.glyph"

// Render makes the PDF of a document, sealed and signed, unless it is there
// already, and returns it. The file that is stored first stays: whoever comes
// later gets the same bytes. It refuses with "document.glyph" (args:
// characters) when a character could not be printed, and marks the document so
// that it is found by Unprinted; the text remains readable as a page.
func (s *Service) Render(ctx context.Context, documentID string) (File, error) {
	d, err := s.load(ctx, documentID)
	if err != nil {
		return File{}, err
	}
	return s.make(ctx, &d)
}

// OnIssued is the reaction to "document.issued". A missing character is no
// failure of the reaction: trying again would not help.
func (s *Service) OnIssued(ctx context.Context, e event.Event) error {
	_, err := s.Render(ctx, e.SubjectID)
	if err != nil && fault.Of(err).Code == errGlyph {
		return nil
	}
	return err
}

func (s *Service) load(ctx context.Context, documentID string) (d Document, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, err = Load(tx, documentID)
		return err
	})
	return d, err
}

func (s *Service) make(ctx context.Context, d *Document) (File, error) {
	if d.File != nil {
		return *d.File, nil
	}
	paper, err := s.paper(d)
	var missing *pdf.MissingError
	if errors.As(err, &missing) {
		return File{}, s.unprintable(ctx, d, string(missing.Characters))
	}
	if err != nil {
		return File{}, fmt.Errorf("document %s: %w", d.ID, err)
	}
	f, err := s.store(ctx, d, paper)
	if err != nil {
		return File{}, err
	}
	return s.keep(ctx, d, f)
}

// paper is the signed PDF.
func (s *Service) paper(d *Document) ([]byte, error) {
	text := d.Text()
	text.Watermark, text.Footer = s.o.Watermark, s.o.Footer
	var out bytes.Buffer
	if err := s.o.Fonts.Render(&out, text); err != nil {
		return nil, err
	}
	key, chain, err := s.o.Authority.PDFKey(d.Body.ID, d.Body.Name)
	if err != nil {
		return nil, err
	}
	return pdfsign.Sign(out.Bytes(), pdfsign.Identity{Key: key, Chain: chain},
		pdfsign.Claim{Name: d.Body.Name, Reason: text.Title + " " + d.Number, At: s.db.Clock().Now()})
}

// store puts the file under a key of its own, since others may be rendering the
// same document: whose file is the document's is decided by keep. The files of
// one day share a folder, because a new folder costs the disk more than a file.
func (s *Service) store(ctx context.Context, d *Document, paper []byte) (File, error) {
	key := fmt.Sprintf("document/%s/%s-%s.pdf", calendar.DayOf(d.IssuedAt), d.ID, sm.Digest(paper)[:16])
	info, err := s.o.Blobs.Put(ctx, key, bytes.NewReader(paper), int64(len(paper)))
	return File{Key: key, SM3: info.SM3, Size: info.Size}, err
}

// keep writes down which file is the document's, once. Whoever comes second
// gets the first one's file and takes the own away.
func (s *Service) keep(ctx context.Context, d *Document, f File) (File, error) {
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		f.MadeAt = tx.Now
		insertFile(tx, d.ID, f)
		event.Publish(tx, "document.rendered", d.ID, Issued{d.ID, d.CaseID, d.Kind, d.Subject.BodyID, d.Subject.ApplicantID})
		audit.Record(tx, machine(d, "document.render", map[string]string{"sm3": f.SM3}))
		return nil
	})
	if err == nil || fault.Of(err).Code != "duplicate" {
		return f, err
	}
	now, err := s.load(ctx, d.ID)
	if err != nil {
		return File{}, err
	}
	if now.File.Key != f.Key {
		err = s.o.Blobs.Delete(ctx, f.Key)
	}
	return *now.File, err
}

// unprintable marks the document and gives the refusal.
func (s *Service) unprintable(ctx context.Context, d *Document, characters string) error {
	refusal := fault.Refused(errGlyph, "", "characters", characters)
	if d.Glyphs == characters {
		return refusal
	}
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		markGlyphs(tx, d.ID, characters)
		audit.Record(tx, machine(d, "document.unprintable", nil))
		return nil
	})
	if err != nil {
		return err
	}
	return refusal
}

func machine(d *Document, act string, after any) audit.Entry {
	return audit.Entry{ActorID: "system", ActorName: "系统", Act: act, SubjectKind: "document", SubjectID: d.ID, After: after}
}
