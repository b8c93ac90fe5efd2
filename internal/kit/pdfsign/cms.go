package pdfsign

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"sort"
)

// Object identifiers of CMS (RFC 5652), ESS (RFC 5035) and the algorithms.
var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningCertV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidECDSASHA256   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
)

type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue `asn1:"explicit,optional,tag:0"`
}

type signedData struct {
	Version      int
	Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
	Content      contentInfo
	Certificates asn1.RawValue `asn1:"optional,tag:0"`
	Signers      []signerInfo  `asn1:"set"`
}

type signerInfo struct {
	Version   int
	Issuer    issuerSerial
	Digest    pkix.AlgorithmIdentifier
	Attrs     asn1.RawValue
	Algorithm pkix.AlgorithmIdentifier
	Signature []byte
}

type issuerSerial struct {
	Issuer asn1.RawValue
	Serial *big.Int
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values []asn1.RawValue `asn1:"set"`
}

// signingCertificateV2 binds the certificate; the default digest is SHA-256.
type signingCertificateV2 struct{ Certs []essCertID }

type essCertID struct{ Hash []byte }

// signCMS makes a detached signature over content. As PAdES asks, the signing
// time is in the PDF's dictionary and not among the attributes.
func signCMS(content []byte, by Identity) ([]byte, error) {
	if len(by.Chain) == 0 {
		return nil, errors.New("pdfsign: no certificate")
	}
	leaf, err := x509.ParseCertificate(by.Chain[0])
	if err != nil {
		return nil, err
	}
	if pub, ok := by.Key.Public().(*ecdsa.PublicKey); !ok || !pub.Equal(leaf.PublicKey) {
		return nil, errors.New("pdfsign: the key is not the certificate's ECDSA key")
	}
	attrs, err := attributes(content, by.Chain[0])
	if err != nil {
		return nil, err
	}
	set, err := asn1.Marshal(asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: attrs})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(set)
	signature, err := by.Key.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	sha := pkix.AlgorithmIdentifier{Algorithm: oidSHA256}
	body, err := asn1.Marshal(signedData{
		Version:      1,
		Digests:      []pkix.AlgorithmIdentifier{sha},
		Content:      contentInfo{Type: oidData},
		Certificates: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: bytes.Join(by.Chain, nil)},
		Signers: []signerInfo{{
			Version:   1,
			Issuer:    issuerSerial{asn1.RawValue{FullBytes: leaf.RawIssuer}, leaf.SerialNumber},
			Digest:    sha,
			Attrs:     asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: attrs},
			Algorithm: pkix.AlgorithmIdentifier{Algorithm: oidECDSASHA256},
			Signature: signature,
		}},
	})
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(contentInfo{oidSignedData, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: body}})
}

// attributes are the signed attributes in DER order, without the set's head.
func attributes(content, cert []byte) ([]byte, error) {
	digest, certHash := sha256.Sum256(content), sha256.Sum256(cert)
	var encoded [][]byte
	for _, a := range []struct {
		kind  asn1.ObjectIdentifier
		value any
	}{
		{oidContentType, oidData},
		{oidMessageDigest, digest[:]},
		{oidSigningCertV2, signingCertificateV2{[]essCertID{{certHash[:]}}}},
	} {
		value, err := asn1.Marshal(a.value)
		if err != nil {
			return nil, err
		}
		der, err := asn1.Marshal(attribute{a.kind, []asn1.RawValue{{FullBytes: value}}})
		if err != nil {
			return nil, err
		}
		encoded = append(encoded, der)
	}
	sort.Slice(encoded, func(i, j int) bool { return bytes.Compare(encoded[i], encoded[j]) < 0 })
	return bytes.Join(encoded, nil), nil
}

// verifyCMS checks a detached signature over content and returns the signer's
// certificate.
func verifyCMS(der, content []byte) (*x509.Certificate, error) {
	var outer contentInfo
	if _, err := asn1.Unmarshal(der, &outer); err != nil || !outer.Type.Equal(oidSignedData) {
		return nil, fmt.Errorf("pdfsign: no CMS signature: %w", errors.Join(ErrInvalid, err))
	}
	var data signedData
	if _, err := asn1.Unmarshal(outer.Content.Bytes, &data); err != nil || len(data.Signers) != 1 {
		return nil, fmt.Errorf("pdfsign: not one CMS signer: %w", errors.Join(ErrInvalid, err))
	}
	s := data.Signers[0]
	cert, err := signerCertificate(data.Certificates.Bytes, s.Issuer)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(content)
	if got, err := messageDigest(s.Attrs.Bytes); err != nil || !bytes.Equal(got, digest[:]) {
		return nil, ErrAltered
	}
	set, err := asn1.Marshal(asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: s.Attrs.Bytes})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(set)
	pub, ok := cert.PublicKey.(*ecdsa.PublicKey)
	if !ok || !s.Algorithm.Algorithm.Equal(oidECDSASHA256) || !ecdsa.VerifyASN1(pub, sum[:], s.Signature) {
		return nil, ErrInvalid
	}
	return cert, nil
}

func signerCertificate(ders []byte, who issuerSerial) (*x509.Certificate, error) {
	certs, err := x509.ParseCertificates(ders)
	if err != nil {
		return nil, fmt.Errorf("pdfsign: certificates: %w", errors.Join(ErrInvalid, err))
	}
	for _, c := range certs {
		if who.Serial != nil && c.SerialNumber.Cmp(who.Serial) == 0 && bytes.Equal(c.RawIssuer, who.Issuer.FullBytes) {
			return c, nil
		}
	}
	return nil, fmt.Errorf("pdfsign: the signer's certificate is not in the file: %w", ErrInvalid)
}

func messageDigest(attrs []byte) ([]byte, error) {
	for len(attrs) > 0 {
		var a attribute
		rest, err := asn1.Unmarshal(attrs, &a)
		if err != nil {
			return nil, err
		}
		if a.Type.Equal(oidMessageDigest) && len(a.Values) == 1 {
			return a.Values[0].Bytes, nil
		}
		attrs = rest
	}
	return nil, ErrInvalid
}
