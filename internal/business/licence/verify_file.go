package licence

import (
	"context"
	"errors"
	"io"
	"strconv"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdfsign"
	"onewindow/internal/kit/sm"
)

// mostFile bounds an uploaded file; a licence has about 100 KB.
const mostFile = 20 << 20

// FileVerification is what is known of an uploaded file.
type FileVerification struct {
	SM3  string `json:"sm3"`
	Size int64  `json:"size"`
	// Identical says that the file is, byte for byte, one that was issued here.
	Identical bool `json:"identical"`
	// Signature says how the signature inside the PDF checks, for a file that is
	// not identical too: a file that was changed after signing is "altered".
	Signature FileSignature `json:"signature"`
	// Signer is the name in the certificate of a signature that holds.
	Signer string `json:"signer,omitempty"`
	// Licence is the verification of the licence that an identical file belongs
	// to; nil otherwise.
	Licence *Verification `json:"licence,omitempty"`
}

// FileSignature is how the signature inside a PDF checks.
type FileSignature string

// The findings about a signature.
const (
	SignatureValid   FileSignature = "valid"   // unaltered, by the demonstration authority
	SignatureAltered FileSignature = "altered" // the file was changed after it was signed
	SignatureForeign FileSignature = "foreign" // unaltered, by somebody else
	SignatureNone    FileSignature = "none"    // not a signed PDF
)

// VerifyFile says whether a file is the rendition that was issued. It keeps
// nothing of the file. Faults: upload.file (args: max, in MB).
func (s *Service) VerifyFile(ctx context.Context, r io.Reader) (FileVerification, error) {
	file, err := io.ReadAll(io.LimitReader(r, mostFile+1))
	if err != nil {
		return FileVerification{}, err
	}
	if len(file) > mostFile {
		return FileVerification{}, fault.TooLarge("upload.file", "max", strconv.Itoa(mostFile>>20))
	}
	v := FileVerification{SM3: sm.Digest(file), Size: int64(len(file))}
	v.Signature, v.Signer = s.fileSignature(file)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := byFile(tx, v.SM3)
		if isMissing(err) {
			return nil
		}
		if err != nil {
			return err
		}
		found := s.verify(l, reference{l.identifier, ""}.or(l.number), tx.Now)
		v.Identical, v.Licence = true, &found
		return nil
	})
	return v, err
}

// or is the reference by number where there is no identifier.
func (r reference) or(number string) reference {
	if r.identifier == "" {
		r.number = number
	}
	return r
}

func (s *Service) fileSignature(file []byte) (FileSignature, string) {
	cert, err := pdfsign.Verify(file)
	switch {
	case errors.Is(err, pdfsign.ErrUnsigned):
		return SignatureNone, ""
	case err != nil:
		return SignatureAltered, ""
	}
	// The signature's own time is not proved, so the certificate's first day
	// stands for it: what counts is who issued it.
	if s.o.Authority.Check(cert.Raw, cert.NotBefore) != nil {
		return SignatureForeign, cert.Subject.CommonName
	}
	return SignatureValid, cert.Subject.CommonName
}
