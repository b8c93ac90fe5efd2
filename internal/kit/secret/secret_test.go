package secret

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestHashMatchesItsOwnPasswordOnly(t *testing.T) {
	h, ctx := New(64, 1), context.Background()
	hash, err := h.Hash(ctx, "一窗通办-2026")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("%q, %v", hash, err)
	}
	other, _ := h.Hash(ctx, "一窗通办-2026")
	if other == hash {
		t.Error("two hashes share a salt")
	}
	for _, c := range []struct {
		password, hash string
		want           bool
	}{
		{"一窗通办-2026", hash, true},
		{"一窗通办-2026", other, true},
		{"一窗通办-2027", hash, false},
		{"", hash, false},
		{"一窗通办-2026", "", false}, // no such account
		{"x", "$argon2id$v=19$m=64,t=0,p=1$AA$AA", false},
		{"x", "$argon2id$v=18$m=64,t=1,p=1$AA$AA", false},
		{"x", "$argon2id$v=19$m=64,t=1,p=1$AA", false},
		{"x", "plain", false},
	} {
		if got, err := h.Matches(ctx, c.password, c.hash); got != c.want || err != nil {
			t.Errorf("%q against %q: %v, %v", c.password, c.hash, got, err)
		}
	}
}

// A hash made at an old cost still opens after the cost was raised.
func TestHashCarriesItsCost(t *testing.T) {
	ctx := context.Background()
	hash, _ := New(64, 1).Hash(ctx, "secret")
	if ok, _ := New(128, 2).Matches(ctx, "secret", hash); !ok {
		t.Error("a hash of another cost does not match")
	}
}

func TestTooLongAndTooBusy(t *testing.T) {
	h, ctx := New(64, 1), context.Background()
	long := strings.Repeat("a", Longest+1)
	if _, err := h.Hash(ctx, long); err == nil {
		t.Error("a password beyond the limit is hashed")
	}
	if ok, err := h.Matches(ctx, long, h.decoy); ok || err != nil {
		t.Error("a password beyond the limit is compared")
	}
	for range cap(h.gate) {
		h.gate <- struct{}{}
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := h.Matches(gone, "a", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller who left waits on: %v", err)
	}
}

func TestTokensDiffer(t *testing.T) {
	if a, b := Token(), Token(); a == b || len(a) != 43 {
		t.Errorf("%q, %q", a, b)
	}
}
