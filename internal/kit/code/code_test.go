package code

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/kit/fault"

	"pgregory.net/rapid"
)

// said is what an error says, as "code.char pos=3 char=I".
func said(err error) string {
	if err == nil {
		return ""
	}
	f := Field("x", err)
	out := []string{f.Code}
	for _, k := range slices.Sorted(maps.Keys(f.Args)) {
		out = append(out, k+"="+f.Args[k])
	}
	return strings.Join(out, " ")
}

// The credit codes of public bodies, as published with their lists of items,
// and of the authorities inside published licence identifiers (GB 32100-2015).
func TestRealCreditCodes(t *testing.T) {
	for _, s := range strings.Fields(`
		11511300008778693M 11511300MB1A21304N 1151130100877801XA 115113010087780365 11511301008778175U
		11511301008778183N 1151130100877844X4 115113010833722043 11511301452259996U 1151130174468656XH
		11511301MB051073XA 11511301MB0T669970 11511301MB163323XU 11511301MB1P96705T 12511300452258950C
		125113010603241893 12511301MB1297707Y 11450721MB15580811 114507210081153718 11370830004335078G
		11100000000013338W 11100000000013661B 11100000MB03271699 11100000MB0143028R 11430000006122244L
		11330105002500287C 11220000013544541J 113700000045046442 91610800064834709T`) {
		if err := USCC(s); err != nil {
			t.Errorf("%s: %s", s, said(err))
		}
	}
}

func TestWrongCreditCodes(t *testing.T) {
	for s, want := range map[string]string{
		"":                    "code.length got=0 want=18",
		"11511301452259996":   "code.length got=17 want=18",
		"11511301452259996UU": "code.length got=19 want=18",
		"11511301452259996u":  "code.char char=u pos=18",
		"1151130145225I996U":  "code.char char=I pos=14",
		"11511A01452259996U":  "code.char char=A pos=6",
		"１1511301452259996U":  "code.char char=１ pos=1",
		"11511301452259996T":  "code.check pos=18 want=U",
		"11511301452259969U":  "code.check pos=18 want=2",
		"TE5116020105116050":  "code.check pos=18 want=7", // a local department code, no credit code
	} {
		if got := said(USCC(s)); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

// GB 11643-1999; numbers other than its two examples are made up.
func TestIDNumbers(t *testing.T) {
	for s, want := range map[string]string{
		"11010519491231002X": "", // the example of GB 11643 itself
		"440524188001010014": "", // the other one
		"130682199002280015": "code.check pos=18 want=" + string(idCheck("13068219900228001")),
		"13068219900230001X": "code.date from=7 to=14",
		"130682199013010011": "code.date from=7 to=14",
		"130682170001010011": "code.date from=7 to=14",
		"130682202302290011": "code.date from=7 to=14",
		"990682199002280011": "code.area from=1 to=6",
		"11010519491231002x": "code.char char=x pos=18",
		"1101051949123100XX": "code.char char=X pos=17",
		"110105491231002":    "code.length got=15 want=18", // the old numbers of 15 digits are no longer valid
		"110105194912310021": "code.check pos=18 want=X",
	} {
		if got := said(IDNumber(s)); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
	for _, area := range []string{"130682", "810000", "820000", "830000"} {
		s := area + "20000229001"
		if err := IDNumber(s + string(idCheck(s))); err != nil {
			t.Errorf("%s: %s", area, said(err))
		}
	}
}

// ISO 7064 MOD 37,36: published GRids and licence identifiers.
func TestCheck3736(t *testing.T) {
	for _, s := range []string{"A12425GABC1234002M", "B159D8FA01240000K", "188166C7342000003"} {
		if err := Checked3736(s); err != nil {
			t.Errorf("%s: %s", s, said(err))
		}
	}
	for _, s := range []string{"", "a", "1-2", "１"} {
		if got := Check3736(s); got != 0 {
			t.Errorf("Check3736(%q) = %q", s, got)
		}
	}
	for s, want := range map[string]string{
		"":                   "code.length got=0 want=2",
		"7":                  "code.length got=1 want=2",
		"13068-2":            "code.char char=- pos=6",
		"A12425GABC1234002N": "code.check pos=18 want=M",
	} {
		if got := said(Checked3736(s)); got != want {
			t.Errorf("Checked3736(%q): %s, want %s", s, got, want)
		}
	}
}

// Every single wrong character is caught by each of the three check characters.
func TestOneWrongCharacterIsCaught(t *testing.T) {
	codes := map[string]struct {
		alphabet string
		good     string
		check    func(string) error
	}{
		"USCC":    {credit, "11370830004335078G", USCC},
		"ID":      {digits, "11010519491231002X", IDNumber},
		"37,36":   {alnum, "A12425GABC1234002M", Checked3736},
		"licence": {alnum, "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S", parsed},
	}
	rapid.Check(t, func(t *rapid.T) {
		for name, c := range codes {
			i := rapid.IntRange(0, len(c.good)-1).Draw(t, "position")
			x := c.alphabet[rapid.IntRange(0, len(c.alphabet)-1).Draw(t, "character")]
			bad := c.good[:i] + string(x) + c.good[i+1:]
			if err := c.check(bad); (err == nil) != (bad == c.good) {
				t.Fatalf("%s: %s after changing %d: %v", name, bad, i, err)
			}
		}
	})
}

func parsed(s string) error { _, err := ParseLicenceID(s); return err }

// No check panics or accepts its input changed, whatever comes in.
func TestChecksSurviveAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9A-Zа１]{12,36}`),
			rapid.StringMatching(`1\.2\.156\.3005\.2(\.[0-9A-Zé]{0,22}){0,6}`)).Draw(t, "code")
		USCC(s)
		IDNumber(s)
		Checked3736(s)
		if id, err := ParseLicenceID(s); err == nil && id.String() != s {
			t.Fatalf("%s was read as %s", s, id)
		}
		if c, err := ParseItemCode(s); err == nil && c.String() != s {
			t.Fatalf("%s was read as %s", s, c)
		}
	})
}

func TestMasks(t *testing.T) {
	for in, want := range map[string]string{
		"130682199002281234": "130***********1234",
		"13812345678":        "138****5678",
		"03122588888":        "031****8888",
		"25888888":           "********",
		"":                   "",
	} {
		if id, phone := MaskID(in), MaskPhone(in); id != want || phone != want {
			t.Errorf("%s is masked as %s and %s, want %s", in, id, phone, want)
		}
	}
}

func TestErrorSaysNothingPersonal(t *testing.T) {
	err := IDNumber("130682199002280011")
	if err.Error() != WrongCheck {
		t.Errorf("the log would read %q", err)
	}
	if f := Field("id", errors.New("x")); f.Code != "code.invalid" || f.Name != "id" {
		t.Errorf("a foreign error becomes %+v", f)
	}
	if f := Field("id", err); f.Name != "id" || fault.Invalid("form", f).Fields[0].Args["pos"] != "18" {
		t.Errorf("field %+v", f)
	}
}
