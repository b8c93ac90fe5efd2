package notify

import (
	"context"
	"errors"
	"strings"

	"onewindow/internal/kit/cmpp"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
)

// longestSMS is how many characters of text a short message may have: five
// parts. The body is shortened to it.
const longestSMS = 335

// SMS sends short messages through a CMPP 2.0 gateway.
type SMS struct {
	client    *cmpp.Client
	signature string
}

// NewSMS makes the channel. The signature (短信签名) stands in front in 【】, as
// gateways demand. Run must be running for anything to be sent; the gateway's
// reports are recorded in the store.
func NewSMS(d *db.DB, cfg cmpp.Config, signature string) *SMS {
	client := cmpp.New(cfg, func(ctx context.Context, r cmpp.Report) error {
		return report(ctx, d, "sms", r.Reference, r.Delivered, r.State)
	})
	return &SMS{client, signature}
}

// Run keeps the connection to the gateway until ctx ends.
func (s *SMS) Run(ctx context.Context) { s.client.Run(ctx) }

// Connected says whether the gateway is reachable.
func (s *SMS) Connected() bool { return s.client.Connected() }

// Name is "sms".
func (s *SMS) Name() string { return "sms" }

// Of picks the phone number.
func (s *SMS) Of(a Address) string { return a.Phone }

// Mask is 138****5678.
func (s *SMS) Mask(to string) string { return maskPhone(to) }

func maskPhone(to string) string { return code.MaskPhone(to) }

// Send submits the message and gives a reference for each part.
func (s *SMS) Send(ctx context.Context, m Outgoing) (Sent, error) {
	refs, err := s.client.Send(ctx, m.To, smsText(s.signature, m))
	var refusal cmpp.Refusal
	switch {
	case errors.Is(err, cmpp.ErrPhone), errors.Is(err, cmpp.ErrTooLong), errors.As(err, &refusal) && refusal.Permanent():
		return Sent{}, Permanent(err)
	case err != nil:
		return Sent{}, err
	}
	return Sent{Status: StatusSent, Parts: refs}, nil
}

// smsText is signature, body and link; the body gives way when that is too
// long.
func smsText(signature string, m Outgoing) string {
	head, tail := "【"+signature+"】", ""
	if m.Link != "" {
		tail = " " + m.Link
	}
	body := []rune(strings.Join(strings.Fields(m.Body), " "))
	if room := max(0, longestSMS-len([]rune(head+tail))); len(body) > room {
		body = append(body[:max(0, room-1)], '…')
	}
	return head + string(body) + tail
}
