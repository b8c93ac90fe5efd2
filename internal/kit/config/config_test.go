package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"pgregory.net/rapid"

	"onewindow/internal/kit/config"
)

func parse(t *testing.T, args ...string) *config.Config {
	t.Helper()
	c, err := config.Parse(args)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDefaults(t *testing.T) {
	c := parse(t)
	if c.Database != "sqlite:"+filepath.Join("data", "onewindow.db") || c.KeyFile != filepath.Join("data", "key") || c.Blob.Folder != filepath.Join("data", "files") {
		t.Errorf("%s, %s, %s", c.Database, c.KeyFile, c.Blob.Folder)
	}
	if c.Upload.File != 20<<20 || c.Upload.Case != 200<<20 || c.Session.Idle != 30*time.Minute || !c.Blob.TLS || c.Secure() {
		t.Errorf("%+v", c)
	}
}

func item(t *testing.T, c *config.Config, name string) config.Item {
	t.Helper()
	i := slices.IndexFunc(c.Items(), func(i config.Item) bool { return i.Name == name })
	if i < 0 {
		t.Fatalf("no setting %s", name)
	}
	return c.Items()[i]
}

// A flag wins over the environment, the environment over the default, and
// Print says which it was.
func TestOrigin(t *testing.T) {
	t.Setenv("ONEWINDOW_ADDR", "0.0.0.0:80")
	t.Setenv("ONEWINDOW_SMS_SIGNATURE", "临江政务")
	t.Setenv("ONEWINDOW_BASE_URL", "https://yc.example")
	t.Setenv("ONEWINDOW_SMS_SIGNATUR", "x")
	t.Setenv("ONEWINDOW_TEST_POSTGRES", "x")
	c := parse(t, "--addr", "0.0.0.0:443", "--data=/srv/yc")
	for name, want := range map[string]config.Item{
		"addr":          {"addr", "ONEWINDOW_ADDR", "0.0.0.0:443", "flag"},
		"sms-signature": {"sms-signature", "ONEWINDOW_SMS_SIGNATURE", "临江政务", "env"},
		"database":      {"database", "ONEWINDOW_DATABASE", "sqlite:/srv/yc/onewindow.db", "default"},
		"upload-file":   {"upload-file", "ONEWINDOW_UPLOAD_FILE", "20MB", "default"},
	} {
		if got := item(t, c, name); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if got := c.Unknown(); !slices.Equal(got, []string{"ONEWINDOW_SMS_SIGNATUR"}) || !c.Secure() {
		t.Errorf("unknown: %v", got)
	}
	var b strings.Builder
	if err := c.Print(&b); err != nil || !strings.Contains(b.String(), "ONEWINDOW_SMS_SIGNATUR：") || !strings.Contains(b.String(), "临江政务") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

// No secret is printed, in whatever way.
func TestSecrets(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("geheim1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := parse(t, "--mail-password=@"+file, "--sms-secret=geheim2", "--admin-token=geheim3", "--blob-secret-key=geheim4",
		"--database=postgres://yc:geheim5@db/yc")
	if c.Mail.Password.Value() != "geheim1" {
		t.Errorf("from the file: %q", c.Mail.Password.Value())
	}
	var b bytes.Buffer
	c.Print(&b)
	c.PrintJSON(&b)
	marshalled, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "%v %q %#v %x", c.SMS, c.SMS.Secret, c.SMS.Secret, c.SMS.Secret)
	c.Database = ""
	b.Write(bytes.ReplaceAll(marshalled, []byte("postgres://yc:geheim5@db/yc"), nil))
	if strings.Contains(b.String(), "geheim") || strings.Contains(b.String(), "67656865696d") {
		t.Errorf("a secret is shown: %s", b.String())
	}
	if got := item(t, c, "database").Value; got != "postgres://yc:xxxxx@db/yc" {
		t.Errorf("database shown as %s", got)
	}
	if _, err := config.Parse([]string{"--sms-secret=@/nowhere"}); err == nil {
		t.Error("read a missing file")
	}
}

// Everything that is wrong is said at once, each with its flag.
func TestCheck(t *testing.T) {
	for _, x := range []struct{ args, want string }{
		{"--addr=8080", "--addr"},
		{"--addr=:8081 --admin-addr=:8081", "--admin-addr --admin-addr"},
		{"--admin-addr=0.0.0.0:9000", "--admin-addr"},
		{"--admin-addr=0.0.0.0:9000 --admin-token=x", ""},
		{"--admin-addr=", ""},
		{"--base-url=yc.example", "--base-url"},
		{"--base-url=https://yc.example/sub", "--base-url"},
		{"--base-url=https://yc.example/", ""},
		{"--database=mysql://x", "--database"},
		{"--trusted-proxies=10.0.0.0/8,::1", ""},
		{"--trusted-proxies=proxy.local", "--trusted-proxies"},
		{"--blob-store=s3", "--blob-endpoint --blob-bucket --blob-access-key"},
		{"--blob-store=s3 --blob-endpoint=https://s3 --blob-bucket=b --blob-access-key=a --blob-secret-key=s", "--blob-endpoint"},
		{"--sms-adapter=cmpp", "--sms-addr --sms-sp-id --sms-secret --sms-access"},
		{"--sms-adapter=cmpp --sms-addr=g:7890 --sms-sp-id=900001 --sms-secret=x --sms-access=1069", ""},
		{"--mail-adapter=smtp", "--mail-addr --mail-from"},
		{"--mail-adapter=smtp --mail-addr=m:25 --mail-from=a@b.cn --mail-username=u --mail-security=none", "--mail-security"},
		{"--mail-adapter=smtp --mail-addr=127.0.0.1:25 --mail-from=a@b.cn --mail-username=u --mail-security=none", ""},
		{"--session-idle=13h", "--session-longest"},
		{"--session-idle=1s --rate-lookup=0 --rate-sign-in=0 --rate-api=0 --jobs-workers=0 --watch-warn-at=100", "--session-idle --rate-lookup --rate-sign-in --rate-api --jobs-workers --watch-warn-at"},
		{"--upload-file=1GB", "--upload-case"},
	} {
		_, err := config.Parse(strings.Fields(x.args))
		var flags []string
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				flag, _, _ := strings.Cut(line[strings.Index(line, "--"):], "：")
				flags = append(flags, flag)
			}
		}
		if got := strings.Join(flags, " "); got != x.want {
			t.Errorf("%s: %q, want %q (%v)", x.args, got, x.want, err)
		}
	}
}

// In the program the settings stand beside commands with flags of their own.
func TestEmbedded(t *testing.T) {
	var cli struct {
		config.Config
		Serve struct {
			Open bool `help:"open"`
		} `cmd:""`
	}
	p, err := kong.New(&cli)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Parse([]string{"serve", "--open", "--jobs-workers=3"}); err != nil {
		t.Fatal(err)
	}
	if got := item(t, &cli.Config, "jobs-workers"); got.Origin != "flag" || got.Value != "3" || cli.Database == "" {
		t.Errorf("%+v", got)
	}
	if slices.ContainsFunc(cli.Items(), func(i config.Item) bool { return i.Name == "open" || i.Name == "help" }) {
		t.Error("a command's flag is listed as a setting")
	}
	if _, err := p.Parse([]string{"serve", "--upload-file=2GB"}); err == nil {
		t.Error("not checked")
	}
}

func TestBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := config.Bytes(rapid.Int64Range(0, 1<<50).Draw(t, "bytes"))
		var again config.Bytes
		if err := again.UnmarshalText([]byte(b.String())); err != nil || again != b {
			t.Fatalf("%v became %v, %v", b, again, err)
		}
	})
	for in, want := range map[string]config.Bytes{"20MB": 20 << 20, " 1 gb": 1 << 30, "512": 512, "7kb": 7 << 10} {
		var b config.Bytes
		if err := b.UnmarshalText([]byte(in)); err != nil || b != want {
			t.Errorf("%s: %d, %v", in, b, err)
		}
	}
	for _, in := range []string{"", "MB", "-1", "1.5MB", "99999999999GB"} {
		if new(config.Bytes).UnmarshalText([]byte(in)) == nil {
			t.Errorf("took %q", in)
		}
	}
}
