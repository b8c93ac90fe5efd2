package sm

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"time"

	"github.com/emmansun/gmsm/smx509"
)

var anyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageAny}

const (
	pemCertificate = "CERTIFICATE"
	pemSealedKey   = "ONEWINDOW SEALED KEY"
	keyContext     = "sm.authority.key"
)

func subject(name, unit string) pkix.Name {
	return pkix.Name{
		Country:            []string{"CN"},
		Organization:       []string{"一窗（" + Mark + "）"},
		OrganizationalUnit: []string{unit},
		CommonName:         name + "（演示）",
	}
}

// use finds an identity in memory, else in its file, else makes it. The caller
// holds the lock.
func (a *Authority) use(file string, alg algorithm, issuer *identity, name pkix.Name) (*identity, error) {
	now := a.clock.Now()
	if i := a.ready[file]; i.fits(now, name, issuer) {
		return i, nil
	}
	i, err := a.load(file, issuer)
	if errors.Is(err, fs.ErrNotExist) {
		i, err = nil, nil
	}
	if err == nil && !i.fits(now, name, issuer) {
		i, err = a.make(file, alg, issuer, name, i != nil)
	}
	if err != nil {
		return nil, fmt.Errorf("sm: %s: %w", file, err)
	}
	a.ready[file] = i
	return i, nil
}

// fits says whether the identity may sign now in this name. A root is never
// replaced: what hangs from it would no longer verify.
func (i *identity) fits(now time.Time, name pkix.Name, issuer *identity) bool {
	switch {
	case i == nil:
		return false
	case issuer == nil:
		return true
	}
	return !now.Before(i.cert.NotBefore) && now.Add(renewBefore).Before(i.cert.NotAfter) &&
		i.cert.Subject.CommonName == name.CommonName && bytes.Equal(i.cert.RawIssuer, issuer.cert.RawSubject)
}

func (a *Authority) load(file string, issuer *identity) (*identity, error) {
	content, err := readSecret(a.path(file))
	if err != nil {
		return nil, err
	}
	cert, rest := pem.Decode(content)
	sealed, _ := pem.Decode(rest)
	if cert == nil || sealed == nil || cert.Type != pemCertificate || sealed.Type != pemSealedKey {
		return nil, errors.New("not a certificate with a sealed key")
	}
	i := &identity{issuer: issuer}
	if i.cert, err = smx509.ParseCertificate(cert.Bytes); err != nil {
		return nil, err
	}
	der, err := a.ring.Open(keyContext, string(sealed.Bytes))
	if err != nil {
		return nil, err
	}
	key, err := smx509.ParsePKCS8PrivateKey([]byte(der))
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errors.New("the key cannot sign")
	}
	i.key = signer
	return i, nil
}

// make creates key and certificate and stores them. Where another process was
// faster, its identity is used; an outlived one is replaced.
func (a *Authority) make(file string, alg algorithm, issuer *identity, name pkix.Name, replace bool) (*identity, error) {
	key, err := alg.generate()
	if err != nil {
		return nil, err
	}
	cert, err := certify(key, issuer, name, a.clock.Now())
	if err != nil {
		return nil, err
	}
	der, err := smx509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	content := pem.EncodeToMemory(&pem.Block{Type: pemCertificate, Bytes: cert})
	content = append(content, pem.EncodeToMemory(&pem.Block{Type: pemSealedKey, Bytes: []byte(a.ring.Seal(keyContext, string(der)))})...)
	if replace {
		err = replaceSecret(a.path(file), content)
	} else {
		err = createSecret(a.path(file), content)
	}
	if err != nil {
		return nil, err
	}
	return a.load(file, issuer)
}

// certify signs a certificate for key: by issuer, or by itself when there is
// none. A root reaches back some years, so that a demonstration may live in the past.
func certify(key crypto.Signer, issuer *identity, name pkix.Name, now time.Time) ([]byte, error) {
	serial := make([]byte, 16)
	rand.Read(serial)
	serial[0] &= 0x7f
	pub, ok := key.Public().(*ecdsa.PublicKey)
	if !ok {
		return nil, errors.New("the key is of no known kind")
	}
	t := &x509.Certificate{
		SerialNumber:          new(big.Int).SetBytes(serial),
		Subject:               name,
		BasicConstraintsValid: true,
	}
	if issuer == nil {
		t.NotBefore, t.NotAfter = now.AddDate(-rootBack, 0, 0), now.AddDate(rootYears, 0, 0)
		t.IsCA, t.MaxPathLenZero = true, true
		t.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
		return smx509.CreateCertificate(rand.Reader, t, t, pub, key)
	}
	t.NotBefore, t.NotAfter = now.Add(-backdate), now.AddDate(leafYears, 0, 0)
	t.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
	return smx509.CreateCertificate(rand.Reader, t, issuer.cert, pub, issuer.key)
}
