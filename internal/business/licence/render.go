package licence

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/kit/pdfsign"
	"onewindow/internal/kit/sm"
)

// errGlyph answers for a licence with characters that no font has.
const errGlyph = "licence.glyph"

// sealFile is the context of a sealed PDF.
const sealFile = "licence.pdf"

// Render makes the PDF of a licence, sealed and signed, unless it is there
// already. The file that is stored first stays: whoever comes later gets the
// same bytes. It refuses with "licence.glyph" (args: characters) when a
// character could not be printed, and marks the licence so that Unprinted
// finds it; the licence itself is issued and verifies all the same.
func (s *Service) Render(ctx context.Context, licenceID string) (File, error) {
	l, err := s.load(ctx, licenceID)
	if err != nil {
		return File{}, err
	}
	return s.make(ctx, l)
}

// OnIssued is the reaction to "licence.issued". A missing character is no
// failure of the reaction: trying again would not help.
func (s *Service) OnIssued(ctx context.Context, e event.Event) error {
	_, err := s.Render(ctx, e.SubjectID)
	if err != nil && fault.Of(err).Code == errGlyph {
		return nil
	}
	return err
}

func (s *Service) load(ctx context.Context, licenceID string) (l *Licence, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err = s.byID(tx, licenceID)
		return err
	})
	return l, err
}

func (s *Service) make(ctx context.Context, l *Licence) (File, error) {
	if l.File != nil {
		return *l.File, nil
	}
	paper, err := s.paper(l)
	var lacks *pdf.MissingError
	if errors.As(err, &lacks) {
		return File{}, s.unprintable(ctx, l, string(lacks.Characters))
	}
	if err != nil {
		return File{}, fmt.Errorf("licence %s: %w", l.ID, err)
	}
	f, err := s.store(ctx, l, paper)
	if err != nil {
		return File{}, err
	}
	return s.keep(ctx, l, f)
}

// paper is the signed PDF.
func (s *Service) paper(l *Licence) ([]byte, error) {
	var out bytes.Buffer
	if err := s.set(&out, l.Content); err != nil {
		return nil, err
	}
	body := l.Content.Body
	key, chain, err := s.o.Authority.PDFKey(body.ID, body.Name)
	if err != nil {
		return nil, err
	}
	return pdfsign.Sign(out.Bytes(), pdfsign.Identity{Key: key, Chain: chain},
		pdfsign.Claim{Name: body.Name, Reason: l.Content.Name + " " + l.Content.Number, At: s.db.Clock().Now()})
}

// store puts the sealed file where it belongs. Where another was faster, its
// file is the licence's.
func (s *Service) store(ctx context.Context, l *Licence, paper []byte) (File, error) {
	f := File{Key: "licence/" + l.ID + ".pdf", SM3: sm.Digest(paper), Size: int64(len(paper))}
	sealed, err := s.seal(paper)
	if err != nil {
		return File{}, err
	}
	_, err = s.o.Blobs.Put(ctx, f.Key, bytes.NewReader(sealed), int64(len(sealed)))
	if err != nil && fault.Of(err).Code == "blob.exists" {
		return s.measure(ctx, f.Key)
	}
	return f, err
}

func (s *Service) seal(paper []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := s.o.Keys.SealStream(sealFile, &out)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(paper); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

// measure is what a stored file is, whoever stored it.
func (s *Service) measure(ctx context.Context, key string) (File, error) {
	rc, err := s.read(ctx, File{Key: key})
	if err != nil {
		return File{}, err
	}
	defer rc.Close()
	digest, size, err := sm.DigestReader(rc)
	return File{Key: key, SM3: digest, Size: size}, err
}

// read opens the stored file and its seal.
func (s *Service) read(ctx context.Context, f File) (io.ReadCloser, error) {
	rc, _, err := s.o.Blobs.Open(ctx, f.Key)
	if err != nil {
		return nil, err
	}
	plain, err := s.o.Keys.OpenStream(sealFile, rc)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("licence file %s: %w", f.Key, err), rc.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{plain, rc}, nil
}

// keep writes down which file is the licence's, once.
func (s *Service) keep(ctx context.Context, l *Licence, f File) (File, error) {
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		f.MadeAt = tx.Now
		insertFile(tx, l.ID, f)
		event.Publish(tx, "licence.rendered", l.ID, l.told())
		tell(tx, machine, "licence.render", l, map[string]string{"sm3": f.SM3})
		return nil
	})
	if err == nil || fault.Of(err).Code != "duplicate" {
		return f, err
	}
	now, err := s.load(ctx, l.ID)
	if err != nil {
		return File{}, err
	}
	return *now.File, nil
}

// unprintable marks the licence and gives the refusal.
func (s *Service) unprintable(ctx context.Context, l *Licence, characters string) error {
	refusal := fault.Refused(errGlyph, "", "characters", characters)
	if l.Glyphs == characters {
		return refusal
	}
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		markGlyphs(tx, l.ID, characters)
		tell(tx, machine, "licence.unprintable", l, nil)
		return nil
	})
	if err != nil {
		return err
	}
	return refusal
}

var machine = staff.Machine("系统")
