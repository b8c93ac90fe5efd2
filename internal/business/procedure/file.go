package procedure

import (
	"context"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/sniff"
)

// AddFile adds a photograph of a visit, or the report or signed record of
// another procedure.
type AddFile struct {
	Seen
	Name    string // as the person named it
	Caption string
	Size    int64
	Content casework.Upload
}

// mostFiles is how many files one procedure may have.
const mostFiles = 40

// AddFile stores the content first and the row after.
func (s *Service) AddFile(ctx context.Context, who staff.Actor, in AddFile) (f File, err error) {
	if err := s.room(ctx, who, in); err != nil {
		return f, err
	}
	kind, err := sniff.File(in.Content, in.Size, in.Name)
	if err != nil {
		return f, err
	}
	f = File{ID: id.New(), ProcedureID: in.ID, Name: cleanName(in.Name), Type: kind.MIME, Size: in.Size, Caption: short(in.Caption), ByID: who.AccountID}
	f.BlobKey = "procedure/" + in.ID + "/" + f.ID
	if _, err := in.Content.Seek(0, io.SeekStart); err != nil {
		return f, err
	}
	info, err := s.o.Blobs.Put(ctx, f.BlobKey, in.Content, in.Size)
	if err != nil {
		return f, err
	}
	f.SM3 = info.SM3
	err = s.act(ctx, who, in.Seen, "procedure.add_file", func(t *turn) error {
		if err := t.fileable(kind); err != nil {
			return err
		}
		f.At = t.tx.Now
		insertFile(t.tx, f)
		return nil
	})
	if err != nil { // nothing refers to the content
		s.o.Blobs.Delete(context.WithoutCancel(ctx), f.BlobKey)
	}
	return f, err
}

// room refuses before the content is looked at.
func (s *Service) room(ctx context.Context, who staff.Actor, in AddFile) error {
	return s.db.Read(ctx, func(tx *db.Tx) error {
		p, err := load(tx, who, in.ID)
		if err != nil {
			return err
		}
		switch {
		case in.Size > s.o.FileBytes:
			return fault.TooLarge("upload.file", "max", digits(int(s.o.FileBytes>>20)))
		case len(p.Files) >= mostFiles:
			return fault.TooLarge("upload.files", "max", digits(mostFiles))
		}
		return (&turn{tx, who, p}).keeper()
	})
}

// fileable: until the record is written; photographs of a visit are pictures.
func (t *turn) fileable(kind sniff.Kind) error {
	if err := t.keeper(); err != nil {
		return err
	}
	if t.p.State != Open {
		return fault.Conflict("procedure.recorded", "state", string(t.p.State))
	}
	allowed := kind == sniff.JPEG || kind == sniff.PNG || kind == sniff.PDF && t.p.Kind != SiteVisit
	if !allowed {
		return fault.Refused("upload.not_taken", "", "types", Takes(t.p.Kind))
	}
	return nil
}

// Takes are the file types that a procedure takes, for people.
func Takes(k Kind) string {
	if k == SiteVisit {
		return "jpg、png"
	}
	return "pdf、jpg、png"
}

// DropFile removes a file before the record is written.
type DropFile struct {
	Seen
	FileID string
}

// DropFile removes the row now and the content once that is durable.
func (s *Service) DropFile(ctx context.Context, who staff.Actor, in DropFile) error {
	return s.act(ctx, who, in.Seen, "procedure.drop_file", func(t *turn) error {
		if err := t.keeper(); err != nil {
			return err
		}
		if t.p.State != Open {
			return fault.Conflict("procedure.recorded", "state", string(t.p.State))
		}
		for _, f := range t.p.Files {
			if f.ID == in.FileID {
				t.tx.Write(`delete from procedure_file where id = $1`, f.ID)
				t.tx.AfterCommit(func() { s.o.Blobs.Delete(context.WithoutCancel(ctx), f.BlobKey) })
				return nil
			}
		}
		return fault.Missing("file.missing")
	})
}

// OpenFile is the content of a file for who may see its procedure. The caller
// closes it.
func (s *Service) OpenFile(ctx context.Context, who staff.Actor, procedureID, fileID string) (f File, rc io.ReadCloser, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err := load(tx, who, procedureID)
		if err != nil {
			return err
		}
		for _, f = range p.Files {
			if f.ID == fileID {
				return nil
			}
		}
		return fault.Missing("file.missing")
	})
	if err != nil {
		return File{}, nil, err
	}
	rc, _, err = s.o.Blobs.Open(ctx, f.BlobKey)
	return f, rc, err
}

// Label is what the file is called on the record.
func (f File) Label() string {
	if f.Caption != "" {
		return f.Caption
	}
	return f.Name
}

// cleanName keeps the last part of a name, without control characters, at most
// 120 characters.
func cleanName(name string) string { return clip(path.Base(strings.ReplaceAll(name, `\`, "/")), 120) }

func short(s string) string { return clip(strings.TrimSpace(s), 60) }

func clip(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < 32 || r == 127 || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > most {
		s = string(r[len(r)-most:])
	}
	return s
}
