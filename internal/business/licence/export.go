package licence

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/pem"
	"fmt"

	"onewindow/internal/business/staff"
)

// Names in the archive that Export makes.
const (
	exportContent     = "content.json"
	exportSignature   = "signature.der"
	exportCertificate = "certificate.pem"
	exportRoot        = "root.pem"
	exportReadMe      = "README.txt"
)

// Export is a zip archive with which a third party verifies the licence
// without this platform: the signed bytes, signature, certificate, root, and
// how to check them with openssl. The holder hands it on; it holds the face in
// the clear and is audited like a download.
func (s *Service) Export(ctx context.Context, who staff.Actor, licenceID string) ([]byte, error) {
	l, err := s.Get(ctx, who, licenceID)
	if err != nil {
		return nil, err
	}
	roots, err := s.o.Authority.Roots()
	if err != nil {
		return nil, err
	}
	out, err := archive(l, []entry{
		{exportContent, l.signed}, {exportSignature, l.signature}, {exportCertificate, certificatePEM(l.signer)},
		{exportRoot, certificatePEM(roots[0])}, {exportReadMe, []byte(readMe(l))},
	})
	if err != nil {
		return nil, err
	}
	return out, s.record(ctx, who, l, "licence.export")
}

type entry struct {
	name string
	data []byte
}

// archive gives the same bytes for the same licence.
func archive(l *Licence, entries []entry) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, e := range entries {
		w, err := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: l.IssuedAt})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(e.data); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

func certificatePEM(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func readMe(l *Licence) string {
	return fmt.Sprintf(`电子证照离线核验包（%[1]s）

%[2]s
编号：%[3]s
内容的SM3摘要：%[4]s

content.json      签名的内容，一个字节都不能改
signature.der     SM2签名（DER编码的r、s），用户标识为1234567812345678
certificate.pem   签名证书
root.pem          演示根证书。请从颁发机构的网站另行取得并比对，不要只信本包

用OpenSSL 3核验：

  openssl x509 -in certificate.pem -noout -pubkey > key.pem
  openssl dgst -sm3 -verify key.pem -sigopt distid:1234567812345678 -signature signature.der content.json
  openssl x509 -in certificate.pem -noout -subject -dates
  openssl verify -CAfile root.pem -vfyopt distid:1234567812345678 certificate.pem
  openssl dgst -sm3 content.json

第二条显示“Verified OK”，表示内容由该证书的持有者签名且未被改动；第四条显示“OK”，表示证书由该根证书签发；
第五条应与上面的摘要一致。证照现在是否有效，请以颁发机构的在线核验为准。
`, l.Content.Demo, l.Content.Name, l.Content.Number, l.Digest)
}
