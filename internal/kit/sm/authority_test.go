package sm

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"onewindow/internal/kit/clock"
)

var start = time.Date(2026, 9, 18, 1, 0, 0, 0, time.UTC)

const body, bodyName = "11130682MB0001", "定州市行政审批局"

func authority(t testing.TB, folder string, k *Keyring, c clock.Clock) *Authority {
	t.Helper()
	a, err := OpenAuthority(folder, k, c)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func signer(t testing.TB, a *Authority) *Signer {
	t.Helper()
	s, err := a.Signer(body, bodyName)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSignatureVerifiesOnlyForItsMessage(t *testing.T) {
	a := authority(t, t.TempDir(), ring(t, NewKey("k1")), clock.NewFixed(start))
	s, msg := signer(t, a), []byte("准予行政许可决定书")
	sig, err := s.Sign(msg)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(s.Certificate(), msg, sig); err != nil {
		t.Error(err)
	}
	if err := Verify(s.Certificate(), append(msg, '.'), sig); !errors.Is(err, ErrSignature) {
		t.Errorf("another message: %v", err)
	}
	for i := range sig {
		bad := bytes.Clone(sig)
		bad[i] ^= 1
		if err := Verify(s.Certificate(), msg, bad); !errors.Is(err, ErrSignature) {
			t.Errorf("byte %d altered: %v", i, err)
		}
	}
	if err := a.Check(s.Certificate(), start); err != nil {
		t.Error(err)
	}
	other := authority(t, t.TempDir(), ring(t, NewKey("k1")), clock.NewFixed(start))
	if other.Check(s.Certificate(), start) == nil {
		t.Error("another authority takes the certificate for its own")
	}
}

func TestCertificatesSayThatTheyAreADemonstration(t *testing.T) {
	a := authority(t, t.TempDir(), ring(t, NewKey("k1")), clock.NewFixed(start))
	s := signer(t, a)
	roots, err := a.Roots()
	if err != nil {
		t.Fatal(err)
	}
	_, chain, err := a.PDFKey(body, bodyName)
	if err != nil {
		t.Fatal(err)
	}
	for _, der := range append(append(roots, chain...), s.Certificate()) {
		c, err := smx509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(c.Subject.CommonName, "演示") || !strings.Contains(c.Subject.Organization[0], Mark) {
			t.Errorf("subject %v", c.Subject)
		}
	}
	h, err := ReadCertificate(s.Certificate())
	if err != nil || h.Name != "定州市行政审批局（演示）" || h.Serial != s.Serial() || !h.NotBefore.Before(start) {
		t.Errorf("holder %+v, %v", h, err)
	}
}

func TestAuthorityIsSharedAndItsKeysAreSealed(t *testing.T) {
	folder, k, c := t.TempDir(), ring(t, NewKey("k1")), clock.NewFixed(start)
	first, second := authority(t, folder, k, c), authority(t, folder, k, c)
	if signer(t, first).Serial() != signer(t, second).Serial() {
		t.Error("two processes have two certificates")
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*"))
	if len(files) != 2 {
		t.Errorf("files: %v", files)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f, info.Mode(), err)
		}
		text, _ := os.ReadFile(f)
		if bytes.Contains(text, []byte("PRIVATE KEY")) {
			t.Errorf("%s holds an open key", f)
		}
	}
	stranger := authority(t, folder, ring(t, NewKey("k1")), c)
	if _, err := stranger.Signer(body, bodyName); !errors.Is(err, ErrSealed) {
		t.Errorf("without the keyring: %v", err)
	}
}

func TestCertificateIsRenewed(t *testing.T) {
	c := clock.NewFixed(start)
	folder, k := t.TempDir(), ring(t, NewKey("k1"))
	a := authority(t, folder, k, c)
	first := signer(t, a)
	sig, err := first.Sign([]byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	c.Advance(24 * time.Hour)
	if signer(t, a).Serial() != first.Serial() {
		t.Error("renewed for no reason")
	}
	renamed, err := a.Signer(body, "定州市数据和政务服务局")
	if err != nil || renamed.Serial() == first.Serial() {
		t.Errorf("the name changed, the certificate did not: %v", err)
	}
	c.Set(start.AddDate(5, 0, -10))
	late := signer(t, a)
	if late.Serial() == renamed.Serial() || late.Serial() == first.Serial() {
		t.Error("not renewed before it expires")
	}
	if err := a.Check(first.Certificate(), start); err != nil {
		t.Errorf("the old certificate at its time: %v", err)
	}
	if a.Check(first.Certificate(), start.AddDate(6, 0, 0)) == nil {
		t.Error("the old certificate passes after its end")
	}
	if err := Verify(first.Certificate(), []byte("x"), sig); err != nil {
		t.Error(err)
	}
}

func TestPDFKeyIsSignedByItsRoot(t *testing.T) {
	a := authority(t, t.TempDir(), ring(t, NewKey("k1")), clock.NewFixed(start))
	key, chain, err := a.PDFKey(body, bodyName)
	if err != nil || len(chain) != 2 {
		t.Fatalf("%d certificates, %v", len(chain), err)
	}
	leaf, err := x509.ParseCertificate(chain[0])
	if err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(chain[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := leaf.CheckSignatureFrom(root); err != nil {
		t.Error(err)
	}
	sum := sha256.Sum256([]byte("x"))
	sig, err := key.Sign(rand.Reader, sum[:], nil)
	if err != nil || !ecdsa.VerifyASN1(leaf.PublicKey.(*ecdsa.PublicKey), sum[:], sig) {
		t.Errorf("the key is not the certificate's: %v", err)
	}
}

func openssl(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("openssl", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestOpensslAgrees lets another implementation check our certificates and
// signatures, and checks one of its signatures.
func TestOpensslAgrees(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	folder := t.TempDir()
	a := authority(t, filepath.Join(folder, "keys"), ring(t, NewKey("k1")), clock.System{})
	s := signer(t, a)
	roots, err := a.Roots()
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	asPEM := func(kind string, der []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}) }
	root, leaf := write("root.pem", asPEM("CERTIFICATE", roots[0])), write("leaf.pem", asPEM("CERTIFICATE", s.Certificate()))
	const distid = "distid:1234567812345678"
	openssl(t, "verify", "-vfyopt", distid, "-CAfile", root, leaf)

	sig, err := s.Sign([]byte("一窗受理"))
	if err != nil {
		t.Fatal(err)
	}
	msg, sigFile := write("msg", []byte("一窗受理")), write("sig", sig)
	pub := write("pub.pem", []byte(openssl(t, "x509", "-in", leaf, "-pubkey", "-noout")))
	out := openssl(t, "dgst", "-sm3", "-verify", pub, "-sigopt", distid, "-signature", sigFile, msg)
	if !strings.Contains(out, "Verified OK") {
		t.Errorf("openssl: %s", out)
	}
	der, err := smx509.MarshalPKCS8PrivateKey(s.key)
	if err != nil {
		t.Fatal(err)
	}
	theirs := filepath.Join(folder, "theirs")
	openssl(t, "dgst", "-sm3", "-sign", write("key.pem", asPEM("PRIVATE KEY", der)), "-sigopt", distid, "-out", theirs, msg)
	sig, err = os.ReadFile(theirs)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(s.Certificate(), []byte("一窗受理"), sig); err != nil {
		t.Errorf("openssl's signature: %v", err)
	}
	if got := openssl(t, "dgst", "-sm3", "-r", msg); !strings.HasPrefix(got, Digest([]byte("一窗受理"))) {
		t.Errorf("openssl's SM3 is %s", got)
	}
}

func BenchmarkSign(b *testing.B) {
	s := signer(b, authority(b, b.TempDir(), ring(b, NewKey("k1")), clock.NewFixed(start)))
	msg := []byte("准予行政许可决定书")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Sign(msg); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	s := signer(b, authority(b, b.TempDir(), ring(b, NewKey("k1")), clock.NewFixed(start)))
	msg := []byte("准予行政许可决定书")
	sig, err := s.Sign(msg)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := Verify(s.Certificate(), msg, sig); err != nil {
			b.Fatal(err)
		}
	}
}
