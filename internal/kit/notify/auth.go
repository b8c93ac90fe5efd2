package notify

import (
	"errors"
	"net/smtp"
	"slices"
	"strings"
)

// auth signs in by PLAIN where it is offered and by LOGIN where only that is,
// as older Exchange servers do. Neither sends a password in the clear.
func auth(cfg MailConfig, offered []string) smtp.Auth {
	if !slices.Contains(offered, "PLAIN") && slices.Contains(offered, "LOGIN") {
		return login{cfg.Username, cfg.Password}
	}
	return smtp.PlainAuth("", cfg.Username, cfg.Password, cfg.TLS.ServerName)
}

// login is AUTH LOGIN: the server asks for the name and then the password.
type login struct{ username, password string }

// Start refuses to sign in without TLS.
func (l login) Start(server *smtp.ServerInfo) (string, []byte, error) {
	if !server.TLS {
		return "", nil, errors.New("mail sign-in needs TLS")
	}
	return "LOGIN", nil, nil
}

// Next answers the server's questions.
func (l login) Next(question []byte, more bool) ([]byte, error) {
	switch q := strings.ToLower(string(question)); {
	case !more:
		return nil, nil
	case strings.HasPrefix(q, "user"):
		return []byte(l.username), nil
	case strings.HasPrefix(q, "pass"):
		return []byte(l.password), nil
	default:
		return nil, errors.New("mail server asks an unknown question")
	}
}
