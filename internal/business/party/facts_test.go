package party

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFacts(t *testing.T) {
	for name, c := range map[string]struct {
		p    Party
		want map[string]string
	}{
		"citizen": {
			Party{Kind: Person, Name: "王小明", IDType: IDCard, IDNumber: "139999199003070012", Phone: "13900000001"},
			map[string]string{"person.name": "王小明", "person.id_type": "111", "person.id_number": "139999199003070012",
				"person.phone": "13900000001", "person.birth_date": "1990-03-07", "person.sex": "1", "person.nationality": "中国"},
		},
		"foreigner": {
			Party{Kind: Person, Name: "Smith", IDType: Passport, IDNumber: "E12345678"},
			map[string]string{"person.name": "Smith", "person.id_type": "414", "person.other_id_number": "E12345678"},
		},
		"company": {
			Party{Kind: Company, Name: "嘉禾", USCC: "91139999MA9900028Y", LegalName: "李娜", LegalIDType: Passport, LegalIDNumber: "E1"},
			map[string]string{"company.name": "嘉禾", "company.uscc": "91139999MA9900028Y", "company.legal_name": "李娜"},
		},
	} {
		if diff := cmp.Diff(c.want, c.p.Facts()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestReadIDNumber(t *testing.T) {
	for number, want := range map[string][2]string{
		"13999919881212002X": {"1988-12-12", "2"}, "139999199003070012": {"1990-03-07", "1"},
		"139999199002300012": {"", ""}, "": {"", ""},
	} {
		if born, sex := readIDNumber(number); born != want[0] || sex != want[1] {
			t.Errorf("%s: %s, %s", number, born, sex)
		}
	}
}

func TestMasks(t *testing.T) {
	for name, want := range map[string]string{"张三": "张*", "欧阳修": "欧**", "王": "王", "": ""} {
		if got := MaskName(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
	m := Party{Kind: Person, Name: "王小明", IDNumber: "E12345678", Phone: "0312-2300000", Address: "定州", LegalName: "李娜"}.Masked()
	if m.IDNumber != "*********" || m.Phone != "031*****0000" || m.Address != "**" || m.LegalName != "李*" || m.Checked {
		t.Errorf("%+v", m)
	}
	c := Party{Kind: Company, Name: "嘉禾公司", Address: "示例路8号", Checked: "GS-1"}.Masked()
	if c.Name != "嘉禾公司" || c.Address != "示例路8号" || !c.Checked {
		t.Errorf("%+v", c)
	}
}
