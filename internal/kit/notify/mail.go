package notify

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"

	"onewindow/internal/kit/clock"
)

// Security is how a mail connection is protected.
type Security string

// The ways to protect a mail connection.
const (
	StartTLS Security = "starttls" // plain at first, then TLS; refused without. Port 587 or 25
	TLS      Security = "tls"      // TLS from the beginning. Port 465
	Plain    Security = "none"     // only for a relay on the same machine or network
)

// MailConfig is the mail server to send through.
type MailConfig struct {
	Addr     string // host:port
	Security Security
	Username string // empty: no sign-in
	Password string
	From     string // address
	FromName string
	Clock    clock.Clock
	TLS      *tls.Config // nil: the system's certificates, the host's name
}

// Mail sends mail through an SMTP server.
type Mail struct{ cfg MailConfig }

// NewMail makes the channel; it refuses an address it cannot send from.
func NewMail(cfg MailConfig) (*Mail, error) {
	host, _, err := net.SplitHostPort(cfg.Addr)
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	if _, err := mail.ParseAddress(cfg.From); err != nil {
		return nil, fmt.Errorf("mail sender: %w", err)
	}
	if cfg.Clock == nil {
		cfg.Clock = clock.System{}
	}
	if cfg.TLS == nil {
		cfg.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if cfg.TLS.ServerName == "" {
		cfg.TLS = cfg.TLS.Clone()
		cfg.TLS.ServerName = host
	}
	return &Mail{cfg}, nil
}

// Name is "mail".
func (m *Mail) Name() string { return "mail" }

// Of picks the mail address.
func (m *Mail) Of(a Address) string { return a.Mail }

// Mask is z***@example.com.
func (m *Mail) Mask(to string) string { return maskMail(to) }

func maskMail(to string) string {
	name, host, ok := strings.Cut(to, "@")
	if !ok || name == "" {
		return strings.Repeat("*", len([]rune(to)))
	}
	return string([]rune(name)[:1]) + "***@" + host
}

// Send hands the message to the server within a minute.
func (m *Mail) Send(ctx context.Context, out Outgoing) (Sent, error) {
	to, err := mail.ParseAddress(out.To)
	if err != nil {
		return Sent{}, Permanent(errors.New("not a mail address"))
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	c, err := m.dial(ctx)
	if err != nil {
		return Sent{}, err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	if err := m.transfer(c, to.Address, out); err != nil {
		return Sent{}, err
	}
	c.Quit() // the server has taken the message; a rude goodbye changes nothing
	return Sent{Status: StatusSent}, nil
}

func (m *Mail) dial(ctx context.Context) (*smtp.Client, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", m.cfg.Addr)
	if err != nil {
		return nil, err
	}
	if deadline, ok := ctx.Deadline(); ok {
		conn.SetDeadline(deadline)
	}
	if m.cfg.Security == TLS {
		conn = tls.Client(conn, m.cfg.TLS)
	}
	c, err := smtp.NewClient(conn, m.cfg.TLS.ServerName)
	if err != nil {
		conn.Close()
		return nil, err
	}
	if err := m.enter(c); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// enter protects the connection and signs in.
func (m *Mail) enter(c *smtp.Client) error {
	if m.cfg.Security == StartTLS {
		if ok, _ := c.Extension("STARTTLS"); !ok {
			return errors.New("mail server offers no STARTTLS")
		}
		if err := c.StartTLS(m.cfg.TLS); err != nil {
			return err
		}
	}
	if m.cfg.Username == "" {
		return nil
	}
	_, offered := c.Extension("AUTH")
	return c.Auth(auth(m.cfg, strings.Fields(offered)))
}

func (m *Mail) transfer(c *smtp.Client, to string, out Outgoing) error {
	if err := c.Mail(m.cfg.From); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return recipient(err)
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(m.text(to, out)); err != nil {
		return err
	}
	return w.Close()
}

// recipient marks as permanent that the server knows no such person.
func recipient(err error) error {
	var reply *textproto.Error
	if errors.As(err, &reply) && reply.Code >= 550 && reply.Code <= 553 {
		return Permanent(err)
	}
	return err
}

// text is the whole mail: plain text, UTF-8. The message's id makes a second
// copy recognisable.
func (m *Mail) text(to string, out Outgoing) []byte {
	_, host, _ := strings.Cut(m.cfg.From, "@")
	from := mail.Address{Name: m.cfg.FromName, Address: m.cfg.From}
	var b bytes.Buffer
	for _, h := range [][2]string{
		{"From", from.String()}, {"To", (&mail.Address{Address: to}).String()},
		{"Subject", mime.BEncoding.Encode("UTF-8", out.Title)},
		{"Date", m.cfg.Clock.Now().In(clock.Beijing).Format(time.RFC1123Z)},
		{"Message-ID", "<" + out.ID + "@" + host + ">"},
		{"Auto-Submitted", "auto-generated"}, {"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=UTF-8"}, {"Content-Transfer-Encoding", "base64"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	body := out.Body
	if out.Link != "" {
		body += "\n\n" + out.Link
	}
	b.WriteString("\r\n")
	encoded := base64.StdEncoding.EncodeToString([]byte(body + "\n"))
	for ; len(encoded) > 76; encoded = encoded[76:] {
		b.WriteString(encoded[:76] + "\r\n")
	}
	b.WriteString(encoded + "\r\n")
	return b.Bytes()
}
