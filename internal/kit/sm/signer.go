package sm

import (
	"crypto/ecdsa"
	"crypto/rand"
	"errors"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// userID is the default user id of GM/T 0009-2012, section 10: 1234567812345678.
var userID = []byte("1234567812345678")

var signOption = sm2.NewSM2SignerOption(true, userID)

// ErrSignature is what Verify returns when signature and message do not belong
// together.
var ErrSignature = errors.New("sm: the signature does not verify")

// Signer signs for one body with SM2 over SM3 (GB/T 32918.2, OID
// 1.2.156.10197.1.501). It is safe for concurrent use.
type Signer struct {
	key  *sm2.PrivateKey
	cert *smx509.Certificate
}

// Sign signs msg with the default user id; the result is the DER sequence of r
// and s.
func (s *Signer) Sign(msg []byte) ([]byte, error) { return s.key.Sign(rand.Reader, msg, signOption) }

// Certificate is the signer's certificate in DER. Keep it beside the signature.
func (s *Signer) Certificate() []byte { return s.cert.Raw }

// Serial is the serial number of the certificate in hex.
func (s *Signer) Serial() string { return s.cert.SerialNumber.Text(16) }

// Verify checks an SM2 signature over msg with the key of a certificate in DER.
// It does not ask who issued the certificate: that is Authority.Check.
func Verify(cert, msg, signature []byte) error {
	c, err := parse(cert)
	if err != nil {
		return err
	}
	pub, ok := c.PublicKey.(*ecdsa.PublicKey)
	if !ok || !sm2.IsSM2PublicKey(pub) {
		return errors.New("sm: the certificate holds no SM2 key")
	}
	if !sm2.VerifyASN1WithSM2(pub, userID, msg, signature) {
		return ErrSignature
	}
	return nil
}

// Holder is what a certificate says of its holder.
type Holder struct {
	Name, Issuer, Serial string
	NotBefore, NotAfter  time.Time
}

// ReadCertificate reads the holder of a certificate in DER.
func ReadCertificate(cert []byte) (Holder, error) {
	c, err := parse(cert)
	if err != nil {
		return Holder{}, err
	}
	return Holder{
		Name:      c.Subject.CommonName,
		Issuer:    c.Issuer.CommonName,
		Serial:    c.SerialNumber.Text(16),
		NotBefore: c.NotBefore,
		NotAfter:  c.NotAfter,
	}, nil
}

// IssuedBy says whether a certificate was issued by a root, both in DER, and was
// valid at an instant: for checks away from the authority's own folder. Whether
// the root is the right one is for whoever checks to know.
func IssuedBy(cert, root []byte, at time.Time) error {
	c, err := smx509.ParseCertificate(cert)
	if err != nil {
		return err
	}
	r, err := smx509.ParseCertificate(root)
	if err != nil {
		return err
	}
	pool := smx509.NewCertPool()
	pool.AddCert(r)
	_, err = c.Verify(smx509.VerifyOptions{Roots: pool, CurrentTime: at, KeyUsages: anyUsage})
	return err
}
