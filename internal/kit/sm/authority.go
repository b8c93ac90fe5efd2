package sm

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"onewindow/internal/kit/clock"
)

// Mark stands in the subject of every certificate of an Authority.
const Mark = "演示·无法律效力"

// Authority issues the certificates of the demonstration: one SM2 root and one
// P-256 root, and below them one signing certificate for each body. Formal
// seals come from the national electronic seal system (国务院令第716号第九条)
// and take its place. Keys rest in a folder, sealed with the keyring; several
// processes may share the folder. An Authority is safe for concurrent use.
type Authority struct {
	folder string
	ring   *Keyring
	clock  clock.Clock

	mu    sync.Mutex
	ready map[string]*identity

	checked Remembered[span] // by chainKey
}

// identity is a private key with its certificate; issuer is nil for a root.
type identity struct {
	key    crypto.Signer
	cert   *smx509.Certificate
	issuer *identity
}

// algorithm is one of the two kinds of key.
type algorithm struct {
	name     string
	generate func() (crypto.Signer, error)
}

var (
	algSM2  = algorithm{"SM2", func() (crypto.Signer, error) { return sm2.GenerateKey(rand.Reader) }}
	algP256 = algorithm{"P-256", func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }}
)

const (
	rootYears   = 30
	leafYears   = 5
	rootBack    = 10 // years
	renewBefore = 30 * 24 * time.Hour
	backdate    = 24 * time.Hour
)

// OpenAuthority uses the keys in folder and makes them when they are first
// asked for.
func OpenAuthority(folder string, ring *Keyring, c clock.Clock) (*Authority, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	return &Authority{folder: folder, ring: ring, clock: c, ready: map[string]*identity{}}, nil
}

// At is the same authority, which makes certificates as of another clock.
func (a *Authority) At(c clock.Clock) *Authority {
	return &Authority{folder: a.folder, ring: a.ring, clock: c, ready: map[string]*identity{}}
}

// Signer is the SM2 signing key of a body, with a certificate in its name. It
// is made on first use, and made anew when the certificate is about to expire
// or the body's name has changed; what was signed before carries the old
// certificate and still verifies.
func (a *Authority) Signer(bodyID, bodyName string) (*Signer, error) {
	i, err := a.leaf(algSM2, bodyID, bodyName)
	if err != nil {
		return nil, err
	}
	key, ok := i.key.(*sm2.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("sm: the key of %s is no SM2 key", bodyID)
	}
	return &Signer{key: key, cert: i.cert}, nil
}

// PDFKey is the ECDSA P-256 key of a body for signing PDF files, which general
// readers cannot verify with SM2, and its certificates in DER, leaf first.
func (a *Authority) PDFKey(bodyID, bodyName string) (crypto.Signer, [][]byte, error) {
	i, err := a.leaf(algP256, bodyID, bodyName)
	if err != nil {
		return nil, nil, err
	}
	return i.key, [][]byte{i.cert.Raw, i.issuer.cert.Raw}, nil
}

// Roots are the certificates of the two roots in DER, SM2 first.
func (a *Authority) Roots() ([][]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var roots [][]byte
	for _, alg := range []algorithm{algSM2, algP256} {
		root, err := a.root(alg)
		if err != nil {
			return nil, err
		}
		roots = append(roots, root.cert.Raw)
	}
	return roots, nil
}

// Check says whether a certificate in DER was issued by this authority and was
// valid at the given instant. Who issued it is worked out once; the instant is
// compared each time.
func (a *Authority) Check(cert []byte, at time.Time) error {
	roots, err := a.Roots()
	if err != nil {
		return err
	}
	key := chainKey(cert, roots)
	if s, ok := a.checked.Get(key); ok && s.holds(at) {
		return nil
	}
	c, err := parse(cert)
	if err != nil {
		return err
	}
	pool := smx509.NewCertPool()
	for _, der := range roots {
		root, err := parse(der)
		if err != nil {
			return err
		}
		pool.AddCert(root)
	}
	chains, err := c.Verify(smx509.VerifyOptions{Roots: pool, CurrentTime: at, KeyUsages: anyUsage})
	if err == nil {
		a.checked.Put(key, spanOf(chains[0]))
	}
	return err
}

func (a *Authority) leaf(alg algorithm, bodyID, bodyName string) (*identity, error) {
	if bodyID == "" || bodyName == "" {
		return nil, errors.New("sm: a certificate needs a body's id and name")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	root, err := a.root(alg)
	if err != nil {
		return nil, err
	}
	file := alg.name + "-" + Digest([]byte(bodyID))[:32]
	return a.use(file, alg, root, subject(bodyName, bodyID))
}

func (a *Authority) root(alg algorithm) (*identity, error) {
	return a.use(alg.name+"-root", alg, nil, subject("一窗演示根证书（"+alg.name+"）", "root"))
}

// path is where an identity rests; the folder belongs to the authority alone.
func (a *Authority) path(file string) string { return filepath.Join(a.folder, file+".pem") }
