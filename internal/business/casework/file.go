package casework

import (
	"context"
	"io"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// File is an uploaded file of a draft or a case.
type File struct {
	ID, OwnerID, Material string
	Name, Type            string // Type is what the content is, not what the name says
	Size                  int64
	SM3                   string // hex digest of the content
	BlobKey               string
	UploadedBy            string
	UploadedAt            time.Time
}

const fileColumns = `id, owner_id, material, name, type, size, sm3, blob_key, uploaded_by, uploaded_at`

func scanFile(r db.Scanner) (File, error) {
	var f File
	err := r.Scan(&f.ID, &f.OwnerID, &f.Material, &f.Name, &f.Type, &f.Size, &f.SM3, &f.BlobKey, &f.UploadedBy,
		db.At{Time: &f.UploadedAt})
	return f, err
}

// mostFiles bounds what is read of one owner whatever its limit says.
const mostFiles = 500

func filesOf(tx *db.Tx, ownerID string) ([]File, error) {
	return db.List(tx, scanFile, `select `+fileColumns+` from file where owner_id = $1 order by material, id limit $2`,
		ownerID, mostFiles)
}

func fileByID(tx *db.Tx, fileID string) (File, error) {
	return db.One(tx, "file.missing", scanFile, `select `+fileColumns+` from file where id = $1`, fileID)
}

func insertFile(tx *db.Tx, f File) {
	tx.Write(`insert into file (id, owner_id, material, name, type, size, sm3, blob_key, uploaded_by, uploaded_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		f.ID, f.OwnerID, f.Material, f.Name, f.Type, f.Size, f.SM3, f.BlobKey, f.UploadedBy, db.Stamp(f.UploadedAt))
}

// OpenFile is the content of a file for who may see its draft or case. The
// caller closes it.
func (s *Service) OpenFile(ctx context.Context, who staff.Actor, fileID string) (File, io.ReadCloser, error) {
	var f File
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if f, err = fileByID(tx, fileID); err != nil {
			return err
		}
		return s.maySee(tx, who, f.OwnerID)
	})
	if err != nil {
		return File{}, nil, err
	}
	content, _, err := s.blobs.Open(ctx, f.BlobKey)
	return f, content, err
}

// maySee: one's own draft, or a case in one's scope. What a person may not see
// does not exist for them.
func (s *Service) maySee(tx *db.Tx, who staff.Actor, ownerID string) error {
	if _, err := s.draftByID(tx, who, ownerID); err == nil {
		return nil
	}
	c, err := ByID(tx, ownerID)
	if err != nil {
		return fault.Missing("file.missing")
	}
	if who.May(staff.CaseRead, c.Subject()) != nil {
		return fault.Missing("file.missing")
	}
	return nil
}

// dropFiles removes rows now and contents once that is durable.
func (s *Service) dropFiles(tx *db.Tx, files []File) {
	for _, f := range files {
		tx.Write(`delete from file where id = $1`, f.ID)
		tx.AfterCommit(func() { s.blobs.Delete(context.WithoutCancel(tx.Ctx), f.BlobKey) })
	}
}
