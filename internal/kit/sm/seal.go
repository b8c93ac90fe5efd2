package sm

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
)

var text64 = base64.RawURLEncoding.Strict()

// Seal encrypts one stored text with SM4-GCM. The context names the column,
// such as "party.id_number", and is authenticated: a value moved to another
// column does not open. The result is ASCII: the key id, a dot, base64url.
// The empty text stays empty. Equal texts seal differently; to search, store
// Index beside it.
func (k *Keyring) Seal(context, text string) string {
	if text == "" {
		return ""
	}
	key := k.newest()
	size := key.field.NonceSize()
	out := make([]byte, size, size+len(text)+key.field.Overhead())
	rand.Read(out)
	out = key.field.Seal(out, out, []byte(text), []byte(context))
	return key.id + "." + text64.EncodeToString(out)
}

// Open reverses Seal. It returns ErrSealed when the text is not what was
// sealed for this context.
func (k *Keyring) Open(context, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	id, body, _ := strings.Cut(sealed, ".")
	key := k.find(id)
	if key == nil {
		return "", ErrSealed
	}
	raw, err := text64.DecodeString(body)
	size := key.field.NonceSize()
	if err != nil || len(raw) < size {
		return "", ErrSealed
	}
	text, err := key.field.Open(raw[size:size], raw[:size], raw[size:], []byte(context))
	if err != nil {
		return "", ErrSealed
	}
	return string(text), nil
}

// Fresh says whether sealed was made with the newest key; what is not fresh
// is opened and sealed again after a rotation.
func (k *Keyring) Fresh(sealed string) bool {
	return sealed == "" || strings.HasPrefix(sealed, k.newest().id+".")
}

// Index is a keyed digest (HMAC-SM3, base64url, 43 characters) by which equal
// values of one context are found without opening them. Normalise the value
// first. The empty value has the empty index.
func (k *Keyring) Index(context, value string) string {
	if value == "" {
		return ""
	}
	return text64.EncodeToString(mac(k.index, context, value))
}
