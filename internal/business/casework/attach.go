package casework

import (
	"context"
	"io"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/sniff"
)

// Upload is a file on its way in: its content can be read at any place, so
// that it is examined before it is stored.
type Upload interface {
	io.Reader
	io.ReaderAt
	io.Seeker
}

// Attach adds a file to a material of a draft, or of a case that waits for its
// supplement.
type Attach struct {
	OwnerID  string // draft or case
	Material string // three digits
	Name     string // as the person named it
	Size     int64
	Content  Upload
}

// Attach stores the content first and the row after: a crash between the two
// leaves an unreferenced file, never a row without its content.
func (s *Service) Attach(ctx context.Context, who staff.Actor, in Attach) (File, error) {
	place, err := s.attachable(ctx, who, in)
	if err != nil {
		return File{}, err
	}
	kind, err := sniff.File(in.Content, in.Size, in.Name)
	if err != nil {
		return File{}, err
	}
	if !Takes(place.material, kind.Ext) {
		return File{}, fault.Refused("upload.not_taken", "", "types", strings.Join(place.material.Accept, "、"))
	}
	f := File{ID: id.New(), OwnerID: in.OwnerID, Material: in.Material, Name: cleanName(in.Name), Type: kind.MIME,
		Size: in.Size, UploadedBy: who.AccountID}
	f.BlobKey = "case/" + in.OwnerID + "/" + f.ID
	if _, err := in.Content.Seek(0, io.SeekStart); err != nil {
		return File{}, err
	}
	info, err := s.blobs.Put(ctx, f.BlobKey, in.Content, in.Size)
	if err != nil {
		return File{}, err
	}
	f.SM3 = info.SM3
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		f.UploadedAt = tx.Now
		insertFile(tx, f)
		audit.Record(tx, entry(who, "file.attach", "file", f.ID, nil, map[string]any{"owner": in.OwnerID, "sm3": f.SM3}))
		return nil
	})
	return f, err
}

// place is where a file goes.
type place struct {
	material catalog.Material
	files    []File
}

// attachable: one's own open draft, or one's own case while its supplement is
// awaited, and only the materials that the notice names.
func (s *Service) attachable(ctx context.Context, who staff.Actor, in Attach) (p place, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err = s.placeFor(tx, who, in)
		if err != nil {
			return err
		}
		return s.limits.room(p.files, in.Size)
	})
	return p, err
}

func (s *Service) placeFor(tx *db.Tx, who staff.Actor, in Attach) (p place, err error) {
	var implID string
	var about About
	if d, err := s.draftByID(tx, who, in.OwnerID); err == nil {
		if d.Status != DraftOpen {
			return p, fault.Conflict("draft.closed")
		}
		implID, about = d.ImplementationID, d.About
	} else {
		c, _, err := s.supplementable(tx, who, in.OwnerID, in.Material)
		if err != nil {
			return p, err
		}
		implID, about = c.ImplementationID, c.About
	}
	impl, err := s.catalog.Load(tx, implID)
	if err != nil {
		return p, err
	}
	m, ok := about.In(impl).Material(in.Material)
	if !ok {
		return p, fault.Missing("material.missing")
	}
	p.material = m
	p.files, err = filesOf(tx, in.OwnerID)
	return p, err
}

// supplementable is the actor's case whose notice names the material, or that
// owes it, and since when.
func (s *Service) supplementable(tx *db.Tx, who staff.Actor, caseID, material string) (c *Case, since time.Time, err error) {
	if c, err = ByID(tx, caseID); err != nil {
		return nil, since, err
	}
	if err := who.May(staff.CaseSupplement, c.Subject()); err != nil {
		return nil, since, fault.Missing("case.missing")
	}
	if o, err := owingOf(tx, caseID); err != nil || o.Open() && c.Status == StatusHandling && o.names(material) {
		return c, owedSince(o), err
	}
	if c.Status != StatusSupplement {
		return nil, since, fault.Refused("supplement.not_asked", lawSupplement)
	}
	n, err := noticeOf(tx, caseID)
	if err != nil {
		return nil, since, err
	}
	if !n.names(material) {
		return nil, since, fault.Refused("supplement.not_named", lawSupplement)
	}
	return c, n.NotifiedAt, nil
}

func owedSince(o *Owing) time.Time {
	if o == nil {
		return time.Time{}
	}
	return o.Since
}

// room refuses what would exceed the limits, naming them.
func (l Limits) room(files []File, size int64) error {
	total := size
	for _, f := range files {
		total += f.Size
	}
	switch {
	case size > l.FileBytes:
		return fault.TooLarge("upload.file", "max", megabytes(l.FileBytes))
	case total > l.CaseBytes:
		return fault.TooLarge("upload.case", "max", megabytes(l.CaseBytes))
	case len(files) >= l.Files:
		return fault.TooLarge("upload.files", "max", strconv.Itoa(l.Files))
	}
	return nil
}

func megabytes(n int64) string { return strconv.FormatInt(n>>20, 10) }

// cleanName keeps the last part of a name, without control characters, at most
// 120 characters.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < 32 || r == 127 || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 120 {
		name = string(r[len(r)-120:])
	}
	return name
}

// Detach removes a file from an open draft, or from a supplement not yet sent.
func (s *Service) Detach(ctx context.Context, who staff.Actor, fileID string) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		f, err := fileByID(tx, fileID)
		if err != nil {
			return err
		}
		if err := s.detachable(tx, who, f); err != nil {
			return err
		}
		s.dropFiles(tx, []File{f})
		audit.Record(tx, entry(who, "file.detach", "file", f.ID, map[string]any{"owner": f.OwnerID, "sm3": f.SM3}, nil))
		return nil
	})
}

// detachable: what was submitted stays in the file; only what was added since
// the supplement notice may still be taken back.
func (s *Service) detachable(tx *db.Tx, who staff.Actor, f File) error {
	if d, err := s.draftByID(tx, who, f.OwnerID); err == nil {
		if d.Status != DraftOpen {
			return fault.Conflict("draft.closed")
		}
		return nil
	}
	_, since, err := s.supplementable(tx, who, f.OwnerID, f.Material)
	if err != nil {
		return err
	}
	if !f.UploadedAt.After(since) {
		return fault.Refused("file.submitted", lawSupplement)
	}
	return nil
}
