package code

import (
	"testing"

	"pgregory.net/rapid"
)

// Identifiers of real licences as published by their issuers (GB/T 36904-2018).
var realLicences = []string{
	"1.2.156.3005.2.11100000000013338W087.11370800MB28559184.37080001202411010001.001.3",
	"1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
	"1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S",
	"1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
	"1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
	"1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F",
}

func TestRealLicences(t *testing.T) {
	for _, s := range realLicences {
		id, err := ParseLicenceID(s)
		if err != nil || id.String() != s {
			t.Errorf("%s is read as %s, %s", s, id, said(err))
		}
	}
}

func TestWrongLicences(t *testing.T) {
	for s, want := range map[string]string{
		// An interface description's example whose check character was never computed.
		"1.2.156.3005.2.11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.M": "code.check pos=94 want=D",
		"1.2.156.3005.3.11100000MB03271699022.340100.000000016.001.9":                                    "code.prefix want=1.2.156.3005.2.",
		"1.2.156.3005.2.11100000MB03271699022.340100.000000016.001":                                      "code.segments got=4 want=5",
		"1.2.156.3005.2.11100000MB0327169902.340100.000000016.001.9":                                     "code.part_length from=16 got=20 want=21",
		"1.2.156.3005.2.11100000MB03271698022.340100.000000016.001.9":                                    "code.check pos=33 want=9",
		"1.2.156.3005.2.11100000MB03271699022.34010.000000016.001.9":                                     "code.part_length from=38 got=5 want=6、18",
		"1.2.156.3005.2.11100000MB03271699022.990100.000000016.001.9":                                    "code.area from=38 to=43",
		"1.2.156.3005.2.11100000MB03271699022.340100..001.9":                                             "code.part_length from=45 got=0 want=1",
		"1.2.156.3005.2.11100000MB03271699022.340100.0624_001.001.9":                                     "code.char char=_ pos=49",
		"1.2.156.3005.2.11100000MB03271699022.340100.000000016.1.9":                                      "code.part_length from=55 got=1 want=3",
		"1.2.156.3005.2.11100000MB03271699022.340100.000000016.0O1.9":                                    "code.char char=O pos=56",
		"1.2.156.3005.2.11100000MB03271699022.340100.000000016.000.9":                                    "code.version from=55 to=57",
		"1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.99":                                   "code.part_length from=59 got=2 want=1",
		"1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.8":                                    "code.check pos=59 want=9",
	} {
		if got := said(parsed(s)); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}

func TestComposedLicencesParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom([]string{"11100000MB0143028R001", "11100000000013338W011"}).Draw(t, "type")
		by := rapid.SampledFrom([]string{"130682", "11330105002500287C"}).Draw(t, "authority")
		serial := rapid.StringMatching(`[0-9A-Z]{1,32}`).Draw(t, "serial")
		id, err := NewLicenceID(typ, by, serial, rapid.IntRange(1, 999).Draw(t, "version"))
		if err != nil {
			t.Fatal(said(err))
		}
		if back, err := ParseLicenceID(id.String()); err != nil || back != id {
			t.Fatalf("%s comes back as %+v, %s", id, back, said(err))
		}
	})
}

func TestNewLicenceRefuses(t *testing.T) {
	for want, c := range map[string]struct {
		authority, serial string
		version           int
	}{
		"code.version from=47 to=49":               {"130682", "1", 0},
		"code.version from=48 to=50":               {"130682", "12", 1000},
		"code.char char=证 pos=46":                  {"130682", "1证", 1},
		"code.part_length from=38 got=0 want=6、18": {"", "1", 1},
		"code.part_length from=45 got=0 want=1":    {"130682", "", 1},
		"code.check pos=55 want=G":                 {"11370830004335078H", "1", 1},
	} {
		if _, err := NewLicenceID("11100000MB0143028R001", c.authority, c.serial, c.version); said(err) != want {
			t.Errorf("%+v: %s, want %s", c, said(err), want)
		}
	}
}
