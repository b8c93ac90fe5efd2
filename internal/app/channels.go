package app

import (
	"fmt"

	"onewindow/internal/kit/cmpp"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/notify"
)

// channels are the ways to reach people that the configuration names.
func channels(c *config.Config, d *db.DB) (out []notify.Channel, err error) {
	switch c.SMS.Adapter {
	case "simulator":
		out = append(out, notify.SimulatedSMS())
	case "cmpp":
		out = append(out, notify.NewSMS(d, cmpp.Config{Addr: c.SMS.Addr, SPID: c.SMS.SPID, Secret: c.SMS.Secret.Value(),
			ServiceID: c.SMS.ServiceID, Access: c.SMS.Access}, c.SMS.Signature))
	}
	switch c.Mail.Adapter {
	case "simulator":
		out = append(out, notify.SimulatedMail())
	case "smtp":
		m, err := notify.NewMail(notify.MailConfig{Addr: c.Mail.Addr, Security: notify.Security(c.Mail.Security),
			Username: c.Mail.Username, Password: c.Mail.Password.Value(), From: c.Mail.From, FromName: c.Mail.FromName})
		if err != nil {
			return nil, fmt.Errorf("mail: %w", err)
		}
		out = append(out, m)
	}
	return out, nil
}

// missingIsFine lets the answer "no such file" count as a store that answers.
func missingIsFine(err error) error {
	if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
		return nil
	}
	return err
}
