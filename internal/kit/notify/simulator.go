package notify

import "context"

// SimulatorNotice is what the simulator's page and every simulated delivery
// say.
const SimulatorNotice = "模拟发送：本环境未接入真实的短信、邮件网关，消息没有发到任何手机或邮箱。"

// Simulator stands in for a gateway: it sends nothing and says so. What it was
// given is listed by ByStatus(StatusSimulated).
type Simulator struct{ kind string }

// SimulatedSMS stands in for the short-message gateway.
func SimulatedSMS() Simulator { return Simulator{"sms"} }

// SimulatedMail stands in for the mail server.
func SimulatedMail() Simulator { return Simulator{"mail"} }

// Name is the channel it stands in for.
func (s Simulator) Name() string { return s.kind }

// Of is the address the real channel would use.
func (s Simulator) Of(a Address) string {
	if s.kind == "mail" {
		return a.Mail
	}
	return a.Phone
}

// Mask hides the address as the real channel would.
func (s Simulator) Mask(to string) string {
	if s.kind == "mail" {
		return maskMail(to)
	}
	return maskPhone(to)
}

// Send keeps the message to itself.
func (s Simulator) Send(context.Context, Outgoing) (Sent, error) {
	return Sent{Status: StatusSimulated, Detail: SimulatorNotice}, nil
}
