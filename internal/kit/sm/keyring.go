// Package sm is the platform's use of the Chinese commercial cryptography
// standards (国密): SM4-GCM sealing of stored text and files, SM3 digests and
// keyed search indexes, and SM2 signatures with certificates of a
// demonstration authority.
package sm

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

const secretSize = 32

// ErrSealed is what Open returns for a text that was altered, was sealed for
// another context, or was sealed with a key that is not on the ring.
var ErrSealed = errors.New("sm: sealed data does not open")

// Keyring holds the platform's secret keys, oldest first. It seals with the
// newest and opens with any, so that keys are rotated by adding one. Search
// indexes and check codes always use the oldest, because they must stay
// comparable with what is stored and printed. A Keyring is safe for concurrent
// use.
type Keyring struct {
	keys  []key
	index []byte
	check []byte
}

type key struct {
	id     string
	secret []byte
	field  cipher.AEAD
}

var keyID = regexp.MustCompile(`^[a-z0-9]{1,16}$`)

// ParseKeyring reads keys from configuration: words "id:secret" separated by
// white space or commas, oldest first, each secret 32 bytes in standard
// base64. A single word without an id is key "k1".
func ParseKeyring(text string) (*Keyring, error) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r <= ' ' })
	if len(words) == 0 {
		return nil, errors.New("sm: the keyring is empty")
	}
	k := &Keyring{}
	for _, w := range words {
		id, secret, named := strings.Cut(w, ":")
		if !named {
			id, secret = "k1", w
		}
		if err := k.add(id, secret); err != nil {
			return nil, err
		}
	}
	k.index = derive(k.keys[0].secret, "index")
	k.check = derive(k.keys[0].secret, "check code")
	return k, nil
}

func (k *Keyring) add(id, encoded string) error {
	secret, err := base64.StdEncoding.DecodeString(encoded)
	switch {
	case !keyID.MatchString(id):
		return fmt.Errorf("sm: %q is no key id", id)
	case err != nil || len(secret) != secretSize:
		return fmt.Errorf("sm: key %s is not %d bytes in base64", id, secretSize)
	case k.find(id) != nil:
		return fmt.Errorf("sm: key %s stands twice on the ring", id)
	}
	field, err := gcm(derive(secret, "field"))
	if err != nil {
		return err
	}
	k.keys = append(k.keys, key{id: id, secret: secret, field: field})
	return nil
}

func (k *Keyring) find(id string) *key {
	for i := range k.keys {
		if k.keys[i].id == id {
			return &k.keys[i]
		}
	}
	return nil
}

func (k *Keyring) newest() *key { return &k.keys[len(k.keys)-1] }

// KeyIDs lists the ids on the ring, oldest first. They are no secret.
func (k *Keyring) KeyIDs() []string {
	ids := make([]string, len(k.keys))
	for i := range k.keys {
		ids[i] = k.keys[i].id
	}
	return ids
}

// NewKey makes a word for ParseKeyring with a fresh secret.
func NewKey(id string) string {
	secret := make([]byte, secretSize)
	rand.Read(secret)
	return id + ":" + base64.StdEncoding.EncodeToString(secret)
}

// derive makes an independent key for one purpose from a secret.
func derive(secret []byte, purpose string) []byte {
	return mac(secret, "onewindow/"+purpose)
}

func mac(secret []byte, parts ...string) []byte {
	h := hmac.New(sm3.New, secret)
	for i, p := range parts {
		if i > 0 {
			h.Write([]byte{0})
		}
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

func gcm(secret []byte) (cipher.AEAD, error) {
	block, err := sm4.NewCipher(secret[:sm4.BlockSize])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
