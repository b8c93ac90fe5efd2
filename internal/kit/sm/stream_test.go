package sm

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
)

func sealStream(t testing.TB, k *Keyring, context string, plain []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := k.SealStream(context, &out)
	if err != nil {
		t.Fatal(err)
	}
	for rest := plain; len(rest) > 0; {
		n := min(len(rest), 1+rand.IntN(100_000))
		if _, err := w.Write(rest[:n]); err != nil {
			t.Fatal(err)
		}
		rest = rest[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openStream(k *Keyring, context string, sealed []byte) ([]byte, error) {
	r, err := k.OpenStream(context, bytes.NewReader(sealed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

func TestStreamRoundTrip(t *testing.T) {
	k := ring(t, NewKey("k1"))
	for _, n := range []int{0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 2 * chunkSize, 3*chunkSize + 7} {
		plain := random(n)
		sealed := sealStream(t, k, "blob", plain)
		got, err := openStream(k, "blob", sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes come back as %d, %v", n, len(got), err)
		}
		r, err := k.OpenStream("blob", iotest.HalfReader(bytes.NewReader(sealed)))
		if err != nil {
			t.Fatal(err)
		}
		if err := iotest.TestReader(r, plain); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

func TestStreamRefusesWhatWasAltered(t *testing.T) {
	k := ring(t, NewKey("k1"))
	plain := random(2*chunkSize + 100)
	sealed := sealStream(t, k, "blob", plain)
	const chunk = chunkSize + 16
	head := len(sealed) - 2*chunk - 100 - 16
	swapped := bytes.Clone(sealed)
	copy(swapped[head:], sealed[head+chunk:head+2*chunk])
	copy(swapped[head+chunk:], sealed[head:head+chunk])
	cases := map[string][]byte{
		"empty":                 {},
		"half a head":           sealed[:10],
		"head only":             sealed[:head],
		"cut at a chunk":        sealed[:head+chunk],
		"cut in a chunk":        sealed[:head+chunk+9],
		"cut by one":            sealed[:len(sealed)-1],
		"one byte more":         append(bytes.Clone(sealed), 0),
		"first chunk left out":  append(bytes.Clone(sealed[:head]), sealed[head+chunk:]...),
		"chunks swapped":        swapped,
		"magic altered":         append([]byte("X"), sealed[1:]...),
		"of no known key":       append(append(bytes.Clone(sealed[:5]), "k9"...), sealed[7:]...),
		"tail of another chunk": append(bytes.Clone(sealed[:head+chunk]), sealed[head:head+chunk]...),
	}
	for name, bad := range cases {
		if _, err := openStream(k, "blob", bad); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 50 {
		bad := bytes.Clone(sealed)
		bad[rand.IntN(len(bad))] ^= 1 << rand.IntN(8)
		if _, err := openStream(k, "blob", bad); !errors.Is(err, ErrSealed) {
			t.Errorf("one bit altered: %v", err)
		}
	}
	if _, err := openStream(k, "other", sealed); !errors.Is(err, ErrSealed) {
		t.Errorf("another context: %v", err)
	}
}

func TestStreamPassesOnErrorsOfTheMedium(t *testing.T) {
	k := ring(t, NewKey("k1"))
	sealed := sealStream(t, k, "blob", random(chunkSize*2))
	broken := errors.New("disk")
	for _, at := range []int{2, 12, 100, chunkSize + 60} {
		r, err := k.OpenStream("blob", io.MultiReader(bytes.NewReader(sealed[:at]), iotest.ErrReader(broken)))
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if !errors.Is(err, broken) {
			t.Errorf("error after %d bytes: %v", at, err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	k := ring(b, NewKey("k1"))
	b.ReportAllocs()
	for b.Loop() {
		k.Seal("party.id_number", "130682199001011234")
	}
}

func BenchmarkIndex(b *testing.B) {
	k := ring(b, NewKey("k1"))
	b.ReportAllocs()
	for b.Loop() {
		k.Index("party.id_number", "130682199001011234")
	}
}

func BenchmarkSealStream(b *testing.B) {
	k, plain := ring(b, NewKey("k1")), random(4<<20)
	b.SetBytes(int64(len(plain)))
	b.ReportAllocs()
	for b.Loop() {
		w, err := k.SealStream("blob", io.Discard)
		if err != nil {
			b.Fatal(err)
		}
		w.Write(plain)
		w.Close()
	}
}
