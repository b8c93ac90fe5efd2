package sm

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// Whatever its length, a sealed stream reads anywhere as the plain text does.
func TestSealedReadsAnywhere(t *testing.T) {
	k := ring(t, NewKey("k1"))
	for _, n := range []int{0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 3*chunkSize + 17} {
		plain := make([]byte, n)
		for i := range plain {
			plain[i] = byte(i * 7)
		}
		s, err := k.OpenSealed("c", bytes.NewReader(sealStream(t, k, "c", plain)))
		if err != nil || s.Size() != int64(n) {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if err := iotest.TestReader(s, plain); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// What was altered, cut off or sealed for something else is not read.
func TestSealedRefusesWhatWasAltered(t *testing.T) {
	k := ring(t, NewKey("k1"))
	sealed := sealStream(t, k, "c", make([]byte, 2*chunkSize+100))
	if _, err := k.OpenSealed("other", bytes.NewReader(sealed)); !errors.Is(err, ErrSealed) {
		t.Errorf("another context: %v", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(sealed)
		if rapid.Bool().Draw(t, "cut") {
			b = b[:rapid.IntRange(0, len(b)-1).Draw(t, "length")]
		} else {
			b[rapid.IntRange(0, len(b)-1).Draw(t, "byte")] ^= 1
		}
		s, err := k.OpenSealed("c", bytes.NewReader(b))
		if err == nil {
			_, err = io.Copy(io.Discard, s)
		}
		if err == nil {
			t.Fatal("an altered stream is read to its end")
		}
	})
}
