package code

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Codes in use on provincial platforms: Guangxi (Lingshan) and Shandong (Wenshang).
func TestItemCodes(t *testing.T) {
	for s, want := range map[string]ItemCode{
		"000104002000":                         {Basic: "000104002000"},
		"452004020000":                         {Basic: "452004020000"},
		"11450721MB155808114000104002000":      {Body: "11450721MB15580811", Level: 4, Basic: "000104002000"},
		"1145072100811537184452004020000":      {Body: "114507210081153718", Level: 4, Basic: "452004020000"},
		"11450721MB15580811400014100500002":    {Body: "11450721MB15580811", Level: 4, Basic: "000141005000", Variant: "02"},
		"11370830004335078G400011513100301":    {Body: "11370830004335078G", Level: 4, Basic: "000115131003", Variant: "01"},
		"11450721MB155808114000104002000007":   {Body: "11450721MB15580811", Level: 4, Basic: "000104002000", Material: "007"},
		"11370830004335078G400011513100301012": {Body: "11370830004335078G", Level: 4, Basic: "000115131003", Variant: "01", Material: "012"},
	} {
		got, err := ParseItemCode(s)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %s %s", s, said(err), diff)
		}
		if got.String() != s {
			t.Errorf("%s is written as %s", s, got)
		}
	}
}

func TestItemCodeParts(t *testing.T) {
	c, err := ParseItemCode("11370830004335078G400011513100301012")
	if err != nil {
		t.Fatal(err)
	}
	if c.Implementation() != "11370830004335078G4000115131003" || c.Division() != "00" || c.Type() != "01" {
		t.Errorf("%s %s %s", c.Implementation(), c.Division(), c.Type())
	}
	if basic, _ := ParseItemCode("000104002000"); basic.Implementation() != "" {
		t.Error("a basic code has no implementation")
	}
}

func TestWrongItemCodes(t *testing.T) {
	for s, want := range map[string]string{
		"":                                "code.length got=0 want=12、31、33、34、36",
		"0001040020":                      "code.length got=10 want=12、31、33、34、36", // the ten digits of GB/T 39046
		"511Z07001006":                    "code.char char=Z pos=4",                 // Sichuan's own rule
		"990104002000":                    "code.area from=1 to=2",
		"11450721MB155808124000104002000": "code.check pos=18 want=1",
		"11450721MB155808110000104002000": "code.level pos=19",
		"11450721MB155808118000104002000": "code.level pos=19",
		"11450721MB15580811X000104002000": "code.char char=X pos=19",
		"11450721MB155808114990104002000": "code.area from=20 to=21",
		"11450721MB15580811400010400200O": "code.char char=O pos=31",
	} {
		if _, err := ParseItemCode(s); said(err) != want {
			t.Errorf("%q: %s, want %s", s, said(err), want)
		}
	}
}
