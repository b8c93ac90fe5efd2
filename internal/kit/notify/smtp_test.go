package notify_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"mime"
	"net"
	"net/mail"
	"strings"
	"testing"
	"time"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/notify"
)

// smtpd is a small SMTP server: STARTTLS, AUTH PLAIN or LOGIN, one mailbox.
type smtpd struct {
	ln       net.Listener
	cert     tls.Certificate
	mechs    string
	starttls bool
	mails    chan string
	seen     chan string // sign-ins
}

func newSMTP(t *testing.T, implicit bool, mechs string, starttls bool) *smtpd {
	s := &smtpd{cert: selfSigned(t), mechs: mechs, starttls: starttls, mails: make(chan string, 9), seen: make(chan string, 9)}
	var err error
	if s.ln, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.ln.Close() })
	if implicit {
		s.ln = tls.NewListener(s.ln, s.tls())
	}
	go func() {
		for {
			conn, err := s.ln.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

func (s *smtpd) tls() *tls.Config { return &tls.Config{Certificates: []tls.Certificate{s.cert}} }

func selfSigned(t *testing.T) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tpl := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"mail.test"}, IsCA: true,
		BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, tpl, tpl, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, _ := x509.ParseCertificate(der)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

func (s *smtpd) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	r := bufio.NewReader(conn)
	say := func(line string) { fmt.Fprint(conn, line+"\r\n") }
	hear := func() string { line, _ := r.ReadString('\n'); return strings.TrimSpace(line) }
	say("220 mail.test")
	for {
		line := hear()
		switch verb, arg, _ := strings.Cut(line, " "); strings.ToUpper(verb) {
		case "":
			return
		case "EHLO":
			say("250-mail.test")
			if s.starttls {
				say("250-STARTTLS")
			}
			say("250 AUTH " + s.mechs)
		case "STARTTLS":
			say("220 go")
			conn = tls.Server(conn, s.tls())
			r = bufio.NewReader(conn)
		case "AUTH":
			s.seen <- s.signIn(arg, say, hear)
			say("235 welcome")
		case "RCPT":
			if strings.Contains(arg, "nobody") {
				say("550 no such user <nobody@example.cn>")
			} else if strings.Contains(arg, "full") {
				say("452 mailbox full")
			} else {
				say("250 ok")
			}
		case "DATA":
			say("354 go")
			var b strings.Builder
			for line := ""; line != ".\r\n"; {
				b.WriteString(line)
				line, _ = r.ReadString('\n')
			}
			s.mails <- b.String()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *smtpd) signIn(arg string, say func(string), hear func() string) string {
	plain := func(b64 string) string {
		b, _ := base64.StdEncoding.DecodeString(b64)
		return strings.ReplaceAll(string(b), "\x00", " ")
	}
	if token, ok := strings.CutPrefix(arg, "PLAIN "); ok {
		return "PLAIN" + plain(token)
	}
	say("334 " + base64.StdEncoding.EncodeToString([]byte("Username:")))
	name := plain(hear())
	say("334 " + base64.StdEncoding.EncodeToString([]byte("Password:")))
	return "LOGIN " + name + " " + plain(hear())
}

func (s *smtpd) mailer(t *testing.T, security notify.Security) *notify.Mail {
	t.Helper()
	pool := x509.NewCertPool()
	pool.AddCert(s.cert.Leaf)
	m, err := notify.NewMail(notify.MailConfig{Addr: s.ln.Addr().String(), Security: security, Username: "yichuang", Password: "mima",
		From: "noreply@yc.example", FromName: "一窗综合服务", Clock: clock.NewFixed(dbtest.Start),
		TLS: &tls.Config{RootCAs: pool, ServerName: "mail.test"}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var letter = notify.Outgoing{ID: "m1", To: "zhang@example.cn", Title: "关于补正材料的通知（一次性告知）", Body: "请于五日内补正：\n.1 营业执照\n" + strings.Repeat("材料清单", 40),
	Link: "https://yc.example/my/cases/1"}

func TestMail(t *testing.T) {
	for name, x := range map[string]struct {
		implicit bool
		mechs    string
		security notify.Security
		signIn   string
	}{
		"starttls plain": {false, "LOGIN PLAIN", notify.StartTLS, "PLAIN yichuang mima"},
		"starttls login": {false, "LOGIN", notify.StartTLS, "LOGIN yichuang mima"},
		"tls":            {true, "PLAIN", notify.TLS, "PLAIN yichuang mima"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSMTP(t, x.implicit, x.mechs, !x.implicit)
			if sent, err := s.mailer(t, x.security).Send(ctx, letter); err != nil || sent.Status != notify.StatusSent {
				t.Fatal(err)
			}
			if got := <-s.seen; got != x.signIn {
				t.Errorf("signed in by %q", got)
			}
			checkMail(t, <-s.mails)
		})
	}
}

func checkMail(t *testing.T, raw string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if want := letter.Body + "\n\n" + letter.Link + "\n"; err != nil || string(body) != want {
		t.Errorf("body %q, %v", body, err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != letter.Title {
		t.Errorf("subject %q, %v", subject, err)
	}
	from, err := m.Header.AddressList("From")
	if err != nil || from[0].Name != "一窗综合服务" || m.Header.Get("Message-ID") != "<m1@yc.example>" {
		t.Errorf("from %v, id %s, %v", from, m.Header.Get("Message-ID"), err)
	}
	if at, err := m.Header.Date(); err != nil || !at.Equal(dbtest.Start) {
		t.Errorf("date %v, %v", at, err)
	}
	for line := range strings.Lines(raw) {
		if len(line) > 998 {
			t.Errorf("line of %d bytes", len(line))
		}
	}
}

// Only an unknown mailbox is final, and no password goes over a plain line.
func TestMailFailures(t *testing.T) {
	s := newSMTP(t, false, "PLAIN", true)
	final := func(to string) bool {
		out := letter
		out.To = to
		_, err := s.mailer(t, notify.StartTLS).Send(ctx, out)
		if err == nil {
			t.Errorf("%s took it", to)
		}
		return notify.IsPermanent(err)
	}
	if !final("nobody@example.cn") || !final("no address") || !final("a@b.cn\r\nBcc: c@d.cn") || final("full@example.cn") {
		t.Error("wrong ends")
	}
	bare := newSMTP(t, false, "PLAIN LOGIN", false)
	if _, err := bare.mailer(t, notify.StartTLS).Send(ctx, letter); err == nil {
		t.Error("sent without STARTTLS")
	}
	bare.mechs = "LOGIN"
	if _, err := bare.mailer(t, notify.Plain).Send(ctx, letter); err == nil || len(bare.seen) > 0 {
		t.Error("signed in over a plain line")
	}
	for _, cfg := range []notify.MailConfig{{Addr: "nohost", From: "a@b.cn"}, {Addr: "h:25", From: "nobody"}} {
		if _, err := notify.NewMail(cfg); err == nil {
			t.Errorf("took %+v", cfg)
		}
	}
}
