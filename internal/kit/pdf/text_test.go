package pdf

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func testSetter(t testing.TB) *setter {
	t.Helper()
	types, err := fonts.load()
	if err != nil {
		t.Fatal(err)
	}
	return newSetter(types, Letter)
}

func texts(lines []line) []string {
	var out []string
	for _, l := range lines {
		out = append(out, l.text)
	}
	return out
}

func TestWrap(t *testing.T) {
	s := testSetter(t)
	for name, c := range map[string]struct {
		text  string
		signs float64 // width of the line in Chinese signs
		want  string
	}{
		"plain":                 {"一二三四五六七八九十", 4, "一二三四|五六七八|九十"},
		"comma goes down":       {"一二三四，五六七八", 4, "一二三|四，五六|七八"},
		"half hangs":            {"一二i三四，五六", 5, "一二i三四，|五六"},
		"comma drawn in":        {"一二三四五六七八九十一二三四五六七八，甲", 18, "一二三四五六七八九十一二三四五六七八，|甲"},
		"closing pair":          {"一二三四。”五六七八", 4, "一二三|四。”五|六七八"},
		"bracket goes down":     {"一二三（五六）七八", 4, "一二三|（五六）|七八"},
		"quote opens next line": {"一二三“五六”七八九", 4, "一二三|“五六”|七八九"},
		"dash whole":            {"一二三——四五六", 4, "一二三|——四五|六"},
		"word whole":            {"一二三hello四五", 4, "一二三|hello四|五"},
		"number whole":          {"一二三2026年4月", 4, "一二三|2026年4|月"},
		"words":                 {"one two three four", 4, "one two|three|four"},
		"percent stays":         {"一二三98%四五六", 4, "一二三|98%四五|六"},
		"long run cut":          {"ABCDEFGHIJKLMNOPQRST", 4, "ABCDEF|GHIJKLM|NOPQRS|T"},
		"all closing":           {"，，，，，，", 4, "，，，，|，，"},
		"empty":                 {"", 4, ""},
		"one wider than line":   {"一二", 0.5, "一|二"},
	} {
		got := strings.Join(texts(s.wrap(c.text, 16, c.signs*16, 0)), "|")
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Every sign of the text is on some line, in order; lines keep the rules
// wherever the text allows it.
func TestWrapLosesNothingAndKeepsTheRules(t *testing.T) {
	s := testSetter(t)
	signs := []rune("国定个行政许可决定书，。、；：？！）》”（《“—…·0123456789abcXYZ.-/%   ￥①※〔〕")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Trim(rapid.StringOfN(rapid.SampledFrom(signs), 0, 200, -1).Draw(t, "text"), " ")
		width := rapid.Float64Range(20, 448).Draw(t, "width")
		lines := s.wrap(text, 16, width, 0)
		if got := squeeze(strings.Join(texts(lines), "")); got != squeeze(text) {
			t.Fatalf("lost: %q became %q", text, got)
		}
		for i, l := range lines {
			first, _ := utf8.DecodeRuneInString(l.text)
			if l.width > width+16.1 && utf8.RuneCountInString(l.text) > 1 {
				t.Fatalf("line %q is %f wide, room is %f", l.text, l.width, width)
			}
			if i == 0 || width < 100 {
				continue
			}
			before, _ := utf8.DecodeLastRuneInString(lines[i-1].text)
			if strings.ContainsRune(neverFirst, first) && anyBreak(lines[i-1].text) {
				t.Fatalf("a line begins with %c: %q", first, texts(lines))
			}
			if strings.ContainsRune(neverLast, before) && anyBreak(lines[i-1].text) {
				t.Fatalf("a line ends with %c: %q", before, texts(lines))
			}
		}
	})
}

// anyBreak says whether a line could have been broken earlier.
func anyBreak(text string) bool {
	runes := []rune(text)
	for i := 1; i < len(runes); i++ {
		if breakable(runes[i-1], runes[i]) {
			return true
		}
	}
	return false
}

func TestStretchFillsTheLine(t *testing.T) {
	s := testSetter(t)
	text := strings.Repeat("行政许可决定书，（", 20)
	lines := s.wrap(text, 16, 448, 32)
	for i, l := range lines {
		room := 448.0
		if i == 0 {
			room -= 32
		}
		spacing := stretch(l, 16, room)
		end := l.width + spacing*float64(utf8.RuneCountInString(l.text)-1)
		if !l.last && (end < room-0.1 || end > room+8.1) {
			t.Errorf("line %d ends at %f of %f", i, end, room)
		}
	}
	if got := stretch(line{text: "甲乙", width: 32}, 16, 448); got != 0 {
		t.Errorf("two signs are torn apart by %f", got)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"甲\r\n乙\r丙":          "甲\n乙\n丙",
		"甲\t乙\u00a0丙":        "甲 乙 丙",
		"甲\u200b\ufeff乙\x00": "甲乙",
		"\u202e甲":            "甲",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q", in, got)
		}
	}
}

func TestNumbering(t *testing.T) {
	for want, got := range map[string]string{
		"1．": Arabic.mark(1), "（一）": Chinese.mark(1), "（十）": Chinese.mark(10), "（十九）": Chinese.mark(19),
		"（二十）": Chinese.mark(20), "（九十九）": Chinese.mark(99), "①": Circled.mark(1), "⑳": Circled.mark(20), "21．": Circled.mark(21),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
