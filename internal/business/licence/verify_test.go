package licence

import (
	"context"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/party"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

func verified(t *testing.T, s *Service, typed string) Verification {
	t.Helper()
	v, err := s.Verify(context.Background(), typed)
	if err != nil {
		t.Fatalf("%s: %v", typed, err)
	}
	if len(v.Checks) != len(Checks()) || v.Demo != sm.Mark {
		t.Errorf("the answer lacks checks or the mark: %+v", v)
	}
	return v
}

// failsAt checks that one check failed, all before it passed and none after it
// was made, and that nothing is read out.
func failsAt(t *testing.T, v Verification, code CheckCode) {
	t.Helper()
	want := Passed
	for _, c := range v.Checks {
		if c.Code == code {
			want = Failed
		}
		if c.Outcome != want {
			t.Errorf("%s: check %s is %s, want %s", code, c.Code, c.Outcome, want)
		}
		if want == Failed {
			want = NotMade
		}
	}
	if v.Genuine || v.Face != nil || v.Status != "" {
		t.Errorf("%s: it is read out all the same: %+v", code, v)
	}
}

func TestVerify(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l := service(w), issued(t, w, w.Food())
		c := l.Content
		for _, typed := range []string{c.Identifier, c.Number, " " + strings.ToLower(c.Number[:9]) + "-" + c.Number[9:],
			strings.ToLower(c.Identifier), s.VerifyURL(c), "Ｚ" + c.Number[1:]} {
			v := verified(t, s, typed)
			if !v.Genuine || v.Status != Valid || v.Outcome(CheckStatus) != Passed || v.Face.Name != "食品经营许可证" {
				t.Errorf("%s: %+v", typed, v)
			}
			if v.Face.Holder.Name != "定州市嘉禾食品有限公司（示例）" || v.Face.Body != "定州市行政审批局" || v.Face.Digest != l.Digest {
				t.Errorf("%s: %+v", typed, v.Face)
			}
		}
	})
}

func TestVerifyOnTheDay(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l := service(w), issued(t, w, w.Food())
		w.Clock.Set(l.Content.ValidTo.Time().Add(23 * time.Hour))
		if v := verified(t, s, l.Content.Number); v.Status != Valid {
			t.Errorf("on its last day it is %s", v.Status)
		}
		w.Clock.Advance(2 * time.Hour)
		if v := verified(t, s, l.Content.Number); v.Status != Expired || !v.Genuine || v.Outcome(CheckStatus) != Failed {
			t.Errorf("on the day after it is %+v", v)
		}
		for _, status := range []Status{Rescinded, Retracted, Cancelled, Revoked, Replaced} {
			alter(t, w, l, "status", string(status))
			alter(t, w, l, "status_day", "2027-01-04")
			v := verified(t, s, l.Content.Identifier)
			if v.Status != status || !v.Genuine || v.Outcome(CheckStatus) != Failed || v.StatusDay.String() != "2027-01-04" {
				t.Errorf("%s: %+v", status, v)
			}
		}
	})
}

// Whatever is altered in the store, the answer says which check found it, also
// when the licence is remembered as genuine.
func TestVerifyFindsWhatWasAltered(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l := service(w), issued(t, w, w.Food())
		number := l.Content.Number
		if v := verified(t, s, number); !v.Genuine {
			t.Fatalf("%+v", v.Checks)
		}
		restore := func(column, value string) func() { return func() { alter(t, w, l, column, value) } }
		for _, x := range []struct {
			name  string
			found CheckCode
			spoil func()
			mend  func()
		}{
			{"another holder", CheckDigest, func() { change(t, w, l, func(c *Content) { c.Holder.Name = "别人" }) },
				restore("content_sealed", w.Keys.Seal(sealContent, string(l.signed)))},
			{"no seal of ours", CheckDigest, restore("content_sealed", "k1.AAAA"),
				restore("content_sealed", w.Keys.Seal(sealContent, string(l.signed)))},
			{"digest", CheckDigest, restore("digest", sm.Digest([]byte("x"))), restore("digest", l.Digest)},
			{"signature", CheckSignature, restore("signature", other(t, w, "dz-spj", "定州市行政审批局")), restore("signature", base.EncodeToString(l.signature))},
			{"signature that is none", CheckSignature, restore("signature", "?"), restore("signature", base.EncodeToString(l.signature))},
			{"content and digest", CheckSignature, func() { forge(t, w, l, "别人") }, func() { forge(t, w, l, l.Content.Holder.Name) }},
		} {
			x.spoil()
			failsAt(t, verified(t, s, number), x.found)
			x.mend()
			if v := verified(t, s, number); !v.Genuine {
				t.Fatalf("%s: not mended: %+v", x.name, v.Checks)
			}
		}
	})
}

// other is a signature over something else.
func other(t *testing.T, w *casetest.World, body, name string) string {
	t.Helper()
	signer, err := w.Sign.Signer(body, name)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := signer.Sign([]byte("别的内容"))
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(signature)
}

// forge rewrites holder and digest together.
func forge(t *testing.T, w *casetest.World, l *Licence, holder string) {
	t.Helper()
	c := l.Content
	c.Holder.Name = holder
	text, err := c.bytes()
	if err != nil {
		t.Fatal(err)
	}
	alter(t, w, l, "content_sealed", w.Keys.Seal(sealContent, string(text)))
	alter(t, w, l, "digest", sm.Digest(text))
}

// A forger with some key of the authority still cannot sign for another body,
// and what was signed for one number is not valid under another.
func TestVerifyBindsSignatureToBodyAndNumber(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l := service(w), issued(t, w, w.Food())
		stranger, err := w.Sign.Signer("dz-zjj", "定州市住房和城乡建设局")
		if err != nil {
			t.Fatal(err)
		}
		signature, _ := stranger.Sign(l.signed)
		alter(t, w, l, "signature", base.EncodeToString(signature))
		alter(t, w, l, "certificate", base.EncodeToString(stranger.Certificate()))
		failsAt(t, verified(t, s, l.Content.Number), CheckCertificate)

		second := issued(t, w, w.Food())
		for column, value := range map[string]string{"content_sealed": w.Keys.Seal(sealContent, string(second.signed)), "digest": second.Digest,
			"signature": base.EncodeToString(second.signature), "certificate": base.EncodeToString(second.signer)} {
			alter(t, w, l, column, value)
		}
		failsAt(t, verified(t, s, l.Content.Number), CheckContent)
	})
}

func TestVerifyUnknown(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		unknown := numberOf(Certificate, "130682000120260914999999X")
		failsAt(t, verified(t, s, unknown), CheckRegistered)
		id, err := identifierOf("11100000MB0143028R001", "11130682MB99000135", "130682000120260914999999X")
		if err != nil {
			t.Fatal(err)
		}
		failsAt(t, verified(t, s, id), CheckRegistered)
	})
}

func TestVerifyRefusesWhatIsNoReference(t *testing.T) {
	w := casetest.SQLite(t)
	s := service(w)
	good := numberOf(Certificate, "130682000120260914000001X")
	for _, typed := range []string{"", "Z", "张三", good[:25], good + "0", "X" + good[1:], good[:24] + "00",
		"1.2.156.3005.2", "1.2.156.3005.2.11100000MB0143028R001.11130682MB99000135.20260914000001.001.A", strings.Repeat("证", 26)} {
		_, err := s.Verify(context.Background(), typed)
		if f := fault.Of(err); f == nil || f.Code != "licence.reference" || len(f.Fields) != 1 {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// 个人信息保护法第二十八条、第五十一条: what a stranger with the number reads of a
// natural person.
func TestVerifyMasksPersons(t *testing.T) {
	c := Content{Holder: Holder{Name: "张小明"}, Prints: []Print{
		{Label: "经营者", Value: "张小明", Element: "person.name"},
		{Label: "名称", Value: "定州市张小明粮油店", Element: "company.name"},
		{Label: "证件号码", Value: "139999199003070012", Element: "person.id_number", Sensitive: true},
		{Label: "电话", Value: "13900000001", Element: "person.phone", Sensitive: true},
		{Label: "住址", Value: "河北省定州市示例路1号", Element: "person.address", Sensitive: true},
		{Label: "经营场所", Value: "河北省定州市示例路2号", Element: "premises.address"},
	}}
	f := face(&Licence{Content: c})
	want := []string{"张**", "定州市张**粮油店", "139***********0012", "139****0001", hidden, "河北省定州市示例路2号"}
	if f.Holder.Name != party.MaskName("张小明") {
		t.Errorf("holder %s", f.Holder.Name)
	}
	for i, p := range f.Prints {
		if p.Value != want[i] {
			t.Errorf("%s reads %s, want %s", p.Label, p.Value, want[i])
		}
	}
	c.Holder = Holder{Name: "定州市某公司", Organisation: true}
	if f := face(&Licence{Content: c}); f.Holder.Name != "定州市某公司" || f.Prints[0].Value != "张小明" || f.Prints[2].Value == c.Prints[2].Value {
		t.Errorf("of a company: %+v", f)
	}
}

func TestVerifyFile(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l := service(w), issued(t, w, w.Food())
		paper := download(t, s, w, l)
		check := func(file string) FileVerification {
			t.Helper()
			v, err := s.VerifyFile(context.Background(), strings.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		v := check(paper)
		if !v.Identical || v.Signature != SignatureValid || !v.Licence.Genuine || v.Licence.Status != Valid || v.Licence.Reference != l.Content.Identifier {
			t.Errorf("the issued file: %+v", v)
		}
		if v.Signer != "定州市行政审批局（演示）" {
			t.Errorf("signed by %s", v.Signer)
		}
		if v := check(strings.Replace(paper, "/Title", "/Titel", 1)); v.Identical || v.Signature != SignatureAltered || v.Licence != nil {
			t.Errorf("an altered file: %+v", v)
		}
		if v := check(paper + " "); v.Identical || v.Signature != SignatureAltered {
			t.Errorf("a longer file: %+v", v)
		}
		if v := check("no pdf at all"); v.Identical || v.Signature != SignatureNone {
			t.Errorf("another file: %+v", v)
		}
		again, err := s.paper(l)
		if err != nil {
			t.Fatal(err)
		}
		if v := check(string(again)); v.Identical || v.Signature != SignatureValid {
			t.Errorf("our signature on another file: %+v", v)
		}
		_, err = s.VerifyFile(context.Background(), strings.NewReader(strings.Repeat("x", mostFile+1)))
		wants(t, err, "upload.file")
	})
}
