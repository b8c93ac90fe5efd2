package config

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// Secret is a value that is never shown. Written as @/path it is read from
// that file, so that it need not stand in the environment.
type Secret string

// String hides the secret; an empty one is empty.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "******"
}

// MarshalJSON hides the secret.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// Format hides the secret from every verb of fmt.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// Value is the secret itself.
func (s Secret) Value() string { return string(s) }

func (c *Config) readSecrets() error {
	for flag, s := range map[string]*Secret{"admin-token": &c.AdminToken, "blob-secret-key": &c.Blob.SecretKey,
		"sms-secret": &c.SMS.Secret, "mail-password": &c.Mail.Password} {
		path, inFile := strings.CutPrefix(string(*s), "@")
		if !inFile {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("--%s：读不了文件：%w", flag, err)
		}
		*s = Secret(strings.TrimSpace(string(text)))
	}
	return nil
}

// Bytes is a size, written as 512KB, 20MB or 1GB (multiples of 1,024).
type Bytes int64

var units = []struct {
	name string
	size Bytes
}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}, {"B", 1}}

// UnmarshalText reads a size; a bare number is in bytes.
func (b *Bytes) UnmarshalText(text []byte) error {
	s, size := strings.ToUpper(strings.TrimSpace(string(text))), Bytes(1)
	for _, u := range units {
		if rest, ok := strings.CutSuffix(s, u.name); ok {
			s, size = strings.TrimSpace(rest), u.size
			break
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || n > int64(1<<62/size) {
		return fmt.Errorf("大小 %q 应写作 512KB、20MB 或 1GB", text)
	}
	*b = Bytes(n) * size
	return nil
}

// String writes the size in the largest unit that divides it.
func (b Bytes) String() string {
	for _, u := range units {
		if b >= u.size && b%u.size == 0 {
			return strconv.FormatInt(int64(b/u.size), 10) + u.name
		}
	}
	return "0B"
}

// Proxies are the networks of the trusted proxies; a bare address is a network
// of one.
func (c *Config) Proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range c.TrustedProxies {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			a, err := netip.ParseAddr(s)
			if err != nil {
				return nil, fmt.Errorf("%q 不是地址或网段", s)
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// Secure says whether people reach the site over TLS only.
func (c *Config) Secure() bool { return strings.HasPrefix(c.BaseURL, "https://") }
