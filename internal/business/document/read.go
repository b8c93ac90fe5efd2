package document

import (
	"context"
	"fmt"
	"io"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/blob"
	"onewindow/internal/kit/db"
)

// seen is the documents that the actor may read, as a predicate over d with
// placeholders from $n: those of the cases in the actor's scope, for applicants
// only what is addressed to them, and for officers of a body that takes a part
// in another's case what is not internal to that.
func seen(who staff.Actor, n int) (predicate string, args []any) {
	scope := who.ScopeFor(staff.CaseRead)
	predicate, args = scope.SQL("d", n)
	if who.Kind == staff.Applicant {
		return predicate + " and d.internal = 0", args
	}
	guest, more := Admitted("d.case_id", scope, n+len(args))
	return "(" + predicate + " or (d.internal = 0 or d.kind in (" + joint + ")) and " + guest + ")", append(args, more...)
}

// ByCase lists the documents of a case that the actor may read, oldest first,
// at most 200.
func (s *Service) ByCase(ctx context.Context, who staff.Actor, caseID string) (out []Document, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	where, args := seen(who, 2)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, documentColumns+`where d.case_id = $1 and `+where+` order by d.issued_at, d.id limit 200`,
			append([]any{caseID}, args...)...)
		return err
	})
	return out, err
}

// Newest is the id of the document of a case that was issued last, of those
// that the actor may read; fault document.missing when there is none.
func (s *Service) Newest(ctx context.Context, who staff.Actor, caseID string) (documentID string, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return "", err
	}
	where, args := seen(who, 2)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		documentID, err = db.One(tx, "document.missing", func(r db.Scanner) (id string, err error) { return id, r.Scan(&id) },
			`select d.id from document d where d.case_id = $1 and `+where+` order by d.issued_at desc, d.id desc limit 1`,
			append([]any{caseID}, args...)...)
		return err
	})
	return documentID, err
}

// Get is one document that the actor may read; fault document.missing when
// there is none.
func (s *Service) Get(ctx context.Context, who staff.Actor, documentID string) (out Document, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return out, err
	}
	where, args := seen(who, 2)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.One(tx, "document.missing", scan, documentColumns+`where d.id = $1 and `+where, append([]any{documentID}, args...)...)
		return err
	})
	return out, err
}

// Open gives the PDF of a document that the actor may read and makes it first
// where it is not there yet; the caller closes it. Reading to the end fails
// when the stored file is not the one that was signed.
func (s *Service) Open(ctx context.Context, who staff.Actor, documentID string) (io.ReadCloser, File, error) {
	d, err := s.Get(ctx, who, documentID)
	if err != nil {
		return nil, File{}, err
	}
	f, err := s.make(ctx, &d)
	if err != nil {
		return nil, File{}, err
	}
	rc, _, err := s.o.Blobs.Open(ctx, f.Key)
	if err != nil {
		return nil, File{}, fmt.Errorf("document %s: %w", documentID, err)
	}
	return blob.Checked(rc, blob.Info{Size: f.Size, SM3: f.SM3}), f, nil
}

// Unprinted lists documents whose PDF waits for a font that has all their
// characters, oldest first: set an external font and render them again.
func (s *Service) Unprinted(ctx context.Context, limit int) (out []Document, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, documentColumns+`where g.document_id is not null order by d.issued_at, d.id limit $1`, limit)
		return err
	})
	return out, err
}

// NumberOf is the number (文号) of an issued document, for nouns above this one.
func NumberOf(tx *db.Tx, documentID string) (string, error) {
	return db.One(tx, "document.missing", func(r db.Scanner) (number string, err error) { return number, r.Scan(&number) },
		`select number from document where id = $1`, documentID)
}
