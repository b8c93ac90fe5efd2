package sm

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func ring(t testing.TB, words ...string) *Keyring {
	t.Helper()
	k, err := ParseKeyring(strings.Join(words, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSealOpensOnlyInItsContext(t *testing.T) {
	k := ring(t, NewKey("k1"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		sealed := k.Seal("party.id_number", text)
		if got, err := k.Open("party.id_number", sealed); err != nil || got != text {
			t.Fatalf("Open = %q, %v; want %q", got, err, text)
		}
		if text == "" {
			return
		}
		if strings.Contains(sealed, text) && len(text) > 3 {
			t.Fatalf("the text stands in %q", sealed)
		}
		if _, err := k.Open("party.phone", sealed); !errors.Is(err, ErrSealed) {
			t.Fatalf("another context opens it: %v", err)
		}
		if k.Seal("party.id_number", text) == sealed {
			t.Fatal("equal texts seal equally")
		}
	})
}

func TestOpenRefusesWhatWasAltered(t *testing.T) {
	k := ring(t, NewKey("k1"))
	sealed := k.Seal("c", "130682199001011234")
	for i := range sealed {
		other := []byte(sealed)
		other[i] ^= 2
		if got, err := k.Open("c", string(other)); err == nil {
			t.Fatalf("byte %d altered, still opens to %q", i, got)
		}
	}
	for _, bad := range []string{"k1", "k1.", "k1.AAAA", "k9." + sealed[3:], "."} {
		if _, err := k.Open("c", bad); !errors.Is(err, ErrSealed) {
			t.Errorf("Open(%q): %v", bad, err)
		}
	}
}

func TestRotationOpensOldAndSealsNew(t *testing.T) {
	first, second := NewKey("k1"), NewKey("k2")
	old := ring(t, first)
	sealed, index, code := old.Seal("c", "张三"), old.Index("c", "张三"), old.CheckCode("2026-1")
	k := ring(t, first, second)
	if got, err := k.Open("c", sealed); err != nil || got != "张三" {
		t.Fatalf("Open = %q, %v", got, err)
	}
	if k.Fresh(sealed) || !k.Fresh(k.Seal("c", "张三")) {
		t.Error("Fresh does not tell old from new")
	}
	if k.Index("c", "张三") != index || k.CheckCode("2026-1") != code {
		t.Error("index or check code changed with the rotation")
	}
	if _, err := old.Open("c", k.Seal("c", "张三")); !errors.Is(err, ErrSealed) {
		t.Errorf("the old ring opens the new key's text: %v", err)
	}
}

func TestIndexTellsContextsAndValuesApart(t *testing.T) {
	k, other := ring(t, NewKey("k1")), ring(t, NewKey("k1"))
	seen := map[string]string{}
	for _, c := range [][2]string{{"a", "1"}, {"a", "2"}, {"b", "1"}, {"ab", ""}, {"a", "b"}} {
		i := k.Index(c[0], c[1])
		if c[1] == "" && i != "" {
			t.Errorf("the empty value has index %q", i)
		}
		if before, ok := seen[i]; ok {
			t.Errorf("%v and %v share an index", before, c)
		}
		seen[i] = c[0] + c[1]
		if i != k.Index(c[0], c[1]) || (i != "" && i == other.Index(c[0], c[1])) {
			t.Errorf("%v: index is not keyed and stable", c)
		}
	}
}

func TestParseKeyringRefuses(t *testing.T) {
	word := NewKey("k1")
	for name, text := range map[string]string{
		"nothing":       " \n",
		"a short key":   "k1:QUJD",
		"no base64":     "k1:***",
		"a bad id":      "K 1:" + word,
		"the id twice":  word + "," + word,
		"an id with up": "KEY:" + strings.TrimPrefix(word, "k1:"),
	} {
		if _, err := ParseKeyring(text); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if k := ring(t, strings.TrimPrefix(word, "k1:")); k.KeyIDs()[0] != "k1" {
		t.Errorf("a bare key is %v", k.KeyIDs())
	}
}

func TestKeyFileIsMadeOnceAndOnlyForItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys", "keyring")
	var wg sync.WaitGroup
	codes := make([]string, 8)
	for i := range codes {
		wg.Go(func() {
			k, err := LoadKeyring(path)
			if err != nil {
				t.Error(err)
				return
			}
			codes[i] = k.CheckCode("x")
		})
	}
	wg.Wait()
	for _, c := range codes {
		if c != codes[0] {
			t.Fatal("two starts made two keys")
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".new-*"))
	if len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKeyring(path); err == nil {
		t.Error("a key file that others may read is accepted")
	}
}

func TestRotateKeyringAddsAKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keyring")
	before, err := LoadKeyring(path)
	if err != nil {
		t.Fatal(err)
	}
	sealed := before.Seal("c", "旧")
	if id, err := RotateKeyring(path); err != nil || id != "k2" {
		t.Fatalf("RotateKeyring = %q, %v", id, err)
	}
	after, err := LoadKeyring(path)
	if err != nil || strings.Join(after.KeyIDs(), " ") != "k1 k2" {
		t.Fatalf("%v, %v", after.KeyIDs(), err)
	}
	if got, err := after.Open("c", sealed); err != nil || got != "旧" {
		t.Fatalf("Open = %q, %v", got, err)
	}
	info, _ := os.Stat(path)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode after rotation: %v", info.Mode())
	}
}

func TestCheckCode(t *testing.T) {
	k := ring(t, NewKey("k1"))
	seen := map[string]bool{}
	for i := range 2000 {
		number := "DZ2026" + string(rune('A'+i%26)) + strings.Repeat("7", i/26)
		code := k.CheckCode(number)
		if len(code) != 6 || strings.ContainsAny(code, "0OQ1IL2Z5S8BGV") {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
		if !k.CheckCodeMatches(number, " "+strings.ToLower(code[:3])+" "+code[3:]) {
			t.Fatalf("%q does not match itself", code)
		}
		if k.CheckCodeMatches(number+"1", code) || k.CheckCodeMatches(number, "") || k.CheckCodeMatches(number, code[:5]) {
			t.Fatal("a wrong code matches")
		}
	}
	if len(seen) < 1990 {
		t.Errorf("only %d different codes", len(seen))
	}
}

func TestDigestIsTheStandardsExample(t *testing.T) {
	// GB/T 32905-2016, appendix A.1.
	const want = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
	if got := Digest([]byte("abc")); got != want {
		t.Errorf("Digest = %s", got)
	}
	got, n, err := DigestReader(bytes.NewReader([]byte("abc")))
	if got != want || n != 3 || err != nil {
		t.Errorf("DigestReader = %s, %d, %v", got, n, err)
	}
}
