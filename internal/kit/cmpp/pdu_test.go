package cmpp

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

// The digests of the standard, for values published with other
// implementations.
func TestDigests(t *testing.T) {
	source := sourceDigest("900001", "888888", 1021080510)
	if got := hex.EncodeToString(source[:]); got != "90d00c1d517abd0b4f65f6bcf8535d16" {
		t.Errorf("source: %s", got)
	}
	gateway := gatewayDigest(0, source, "888888")
	if got := hex.EncodeToString(gateway[:]); got != "6c0b846e25bab6daa4ed1c466e0f4bd8" {
		t.Errorf("gateway: %s", got)
	}
	// A timestamp of the first nine months keeps its leading zero in the digest.
	if sourceDigest("900001", "888888", 101080510) == sourceDigest("900001", "888888", 1101080510) {
		t.Error("timestamps mixed up")
	}
}

func TestConnectLayout(t *testing.T) {
	b := packet{cmdConnect, 0x17, connectBody("900001", sourceDigest("900001", "888888", 1021080510), 1021080510)}.bytes()
	want := "00000027" + "00000001" + "00000017" + hex.EncodeToString([]byte("900001")) +
		"90d00c1d517abd0b4f65f6bcf8535d16" + "20" + "3cdc73be"
	if got := hex.EncodeToString(b); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Every field of CMPP_SUBMIT stands at its published offset.
func TestSubmitLayout(t *testing.T) {
	content := ucs2(nil, utf16.Encode([]rune("测试")))
	b := submission{1, 1, "test", "900001", "10690001", "13500002696", content}.bytes()
	if len(b) != 117+21+1+len(content)+8 {
		t.Fatalf("%d bytes", len(b))
	}
	for _, f := range []struct {
		name     string
		from, to int
		want     string
	}{
		{"Msg_Id", 0, 8, ""}, {"Pk_total", 8, 9, "\x01"}, {"Pk_number", 9, 10, "\x01"}, {"Registered_Delivery", 10, 11, "\x01"},
		{"Service_Id", 12, 22, "test"}, {"Fee_UserType", 22, 23, "\x02"}, {"Fee_terminal_Id", 23, 44, ""},
		{"TP_udhi", 45, 46, ""}, {"Msg_Fmt", 46, 47, "\x08"}, {"Msg_src", 47, 53, "900001"}, {"FeeType", 53, 55, "01"},
		{"FeeCode", 55, 61, "0"}, {"ValId_Time", 61, 78, ""}, {"At_Time", 78, 95, ""}, {"Src_Id", 95, 116, "10690001"},
		{"DestUsr_tl", 116, 117, "\x01"}, {"Dest_terminal_Id", 117, 138, "13500002696"}, {"Msg_Length", 138, 139, "\x04"},
		{"Msg_Content", 139, 143, "\x6d\x4b\x8b\xd5"}, {"Reserve", 143, 151, ""},
	} {
		if got := strings.TrimRight(string(b[f.from:f.to]), "\x00"); got != f.want {
			t.Errorf("%s is %q, want %q", f.name, got, f.want)
		}
	}
}

// Parts fit into a short message, and a phone that joins them reads the text.
func TestSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("您的申请已受理𠮷😀abc1，。")), 0, 600, -1).Draw(t, "text")
		parts, err := split(text, 7)
		if err != nil {
			t.Fatal(err)
		}
		var units []uint16
		for i, p := range parts {
			if len(p) > 140 {
				t.Fatalf("part of %d bytes", len(p))
			}
			if len(parts) > 1 {
				if !bytes.Equal(p[:6], []byte{5, 0, 3, 7, byte(len(parts)), byte(i + 1)}) {
					t.Fatalf("header %x", p[:6])
				}
				p = p[6:]
			}
			part := decode(p)
			if strings.ContainsRune(string(utf16.Decode(part)), '\ufffd') {
				t.Fatal("a character was cut")
			}
			units = append(units, part...)
		}
		if got := string(utf16.Decode(units)); got != text {
			t.Fatalf("read %q, sent %q", got, text)
		}
	})
}

func decode(b []byte) (units []uint16) {
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, binary.BigEndian.Uint16(b[i:]))
	}
	return units
}

func TestSplitLimits(t *testing.T) {
	for n, want := range map[int]int{0: 1, 70: 1, 71: 2, 134: 2, 135: 3, 67 * 20: 20} {
		if parts, err := split(strings.Repeat("字", n), 1); err != nil || len(parts) != want {
			t.Errorf("%d characters: %d parts, %v; want %d", n, len(parts), err, want)
		}
	}
	if _, err := split(strings.Repeat("字", 67*20+1), 1); err != ErrTooLong {
		t.Errorf("got %v", err)
	}
}

func TestMainland(t *testing.T) {
	for in, want := range map[string]string{"13812345678": "13812345678", "+86 138-1234-5678": "13812345678", "8613812345678": "13812345678",
		"0571-88888888": "", "": "", "1381234567": "", "138123456789": ""} {
		if got, err := mainland(in); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

// Whatever a gateway sends, reading it gives an error at worst.
func TestReadGarbage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "bytes")
		readPacket(bytes.NewReader(b))
		if d, err := readDelivery(b); err == nil {
			readReport(d.content)
		}
	})
}
