package pdfsign

import (
	"bytes"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"regexp"
)

// What Verify finds wrong.
var (
	ErrUnsigned = errors.New("pdfsign: the file is not signed")
	ErrAltered  = errors.New("pdfsign: the file was altered after it was signed")
	ErrInvalid  = errors.New("pdfsign: the signature is not valid")
)

var byteRange = regexp.MustCompile(`/ByteRange\s*\[0 (\d+) (\d+) (\d+)\]`)

// Verify checks the last signature of a file: that it covers the whole file,
// that nothing was altered and that it was made with the key of the returned
// certificate. Whose certificate that is, the caller decides.
func Verify(file []byte) (*x509.Certificate, error) {
	all := byteRange.FindAllSubmatch(file, -1)
	if all == nil {
		return nil, ErrUnsigned
	}
	last := all[len(all)-1]
	from, to, rest := number(last[1]), number(last[2]), number(last[3])
	if from <= 0 || to <= from+2 || to+rest != len(file) || file[from] != '<' || file[to-1] != '>' {
		return nil, ErrAltered
	}
	cms, err := hex.DecodeString(string(file[from+1 : to-1]))
	if err != nil {
		return nil, errors.Join(ErrInvalid, err)
	}
	return verifyCMS(cms, bytes.Join([][]byte{file[:from], file[to:]}, nil))
}
