package cmpp

import (
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"
)

var ctx = context.Background()

// gateway is a small CMPP gateway in the test: it checks the sign-in, keeps
// what is submitted and reports every part as told.
type gateway struct {
	t      *testing.T
	ln     net.Listener
	result byte   // of the next submissions
	state  string // of the next reports; "" reports nothing

	mu    sync.Mutex
	next  uint64
	texts map[string][]uint16 // by phone
	acks  []byte              // results of CMPP_DELIVER_RESP
	seen  []uint32            // commands
	conns []net.Conn
	acked chan bool
}

func newGateway(t *testing.T) *gateway {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gateway{t: t, ln: ln, state: "DELIVRD", texts: map[string][]uint16{}, next: 1 << 60, acked: make(chan bool, 100)}
	go g.accept()
	t.Cleanup(func() { ln.Close(); g.drop() })
	return g
}

func (g *gateway) accept() {
	for {
		conn, err := g.ln.Accept()
		if err != nil {
			return
		}
		g.mu.Lock()
		g.conns = append(g.conns, conn)
		g.mu.Unlock()
		go g.serve(conn)
	}
}

// drop breaks every connection.
func (g *gateway) drop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, c := range g.conns {
		c.Close()
	}
	g.conns = nil
}

func (g *gateway) serve(conn net.Conn) {
	for {
		p, err := readPacket(conn)
		if err != nil {
			return
		}
		for _, re := range g.handle(p) {
			conn.Write(re.bytes())
		}
	}
}

func (g *gateway) handle(p packet) []packet {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.seen = append(g.seen, p.command)
	switch p.command {
	case cmdConnect:
		return []packet{{cmdConnect | answer, p.sequence, g.signIn(p.body)}}
	case cmdSubmit:
		return g.submit(p)
	case cmdActive:
		return []packet{{cmdActive | answer, p.sequence, []byte{0}}}
	case cmdTerminate:
		return []packet{{cmdTerminate | answer, p.sequence, nil}}
	case cmdDeliver | answer:
		g.acks = append(g.acks, p.body[8])
		g.acked <- true
	}
	return nil
}

func (g *gateway) signIn(b []byte) []byte {
	got := [16]byte(b[6:22])
	if got != sourceDigest(string(b[:6]), "geheim", binary.BigEndian.Uint32(b[23:])) {
		return make([]byte, 18)[:18:18]
	}
	sum := gatewayDigest(0, got, "geheim")
	return append(append([]byte{0}, sum[:]...), version)
}

func (g *gateway) submit(p packet) []packet {
	g.next++
	re := packet{cmdSubmit | answer, p.sequence, append(binary.BigEndian.AppendUint64(nil, g.next), g.result)}
	if g.result != 0 {
		return []packet{re}
	}
	phone := strings.TrimRight(string(p.body[117:138]), "\x00")
	content := p.body[139 : 139+int(p.body[138])]
	if p.body[45] == 1 {
		content = content[6:]
	}
	g.texts[phone] = append(g.texts[phone], decode(content)...)
	if g.state == "" {
		return []packet{re}
	}
	return []packet{re, g.deliver(1, reportOf(g.next, g.state, phone))}
}

func (g *gateway) deliver(isReport byte, content []byte) packet {
	b := &body{}
	b.uint64(g.next + 1000)
	b.text("10690001", 21)
	b.text("test", 10)
	b.Write([]byte{0, 0, 0})
	b.text("13812345678", 21)
	b.WriteByte(isReport)
	b.WriteByte(byte(len(content)))
	b.Write(content)
	b.text("", 8)
	return packet{cmdDeliver, uint32(g.next), b.Bytes()}
}

func reportOf(id uint64, state, phone string) []byte {
	b := &body{}
	b.uint64(id)
	b.text(state, 7)
	b.text("2609140900", 10)
	b.text("2609140901", 10)
	b.text(phone, 21)
	b.uint32(1)
	return b.Bytes()
}

func (g *gateway) client(t *testing.T, secret string, report func(context.Context, Report) error) *Client {
	c := New(Config{Addr: g.ln.Addr().String(), SPID: "900001", Secret: secret, ServiceID: "test", Access: "10690001",
		Keepalive: 20 * time.Millisecond, Wait: 2 * time.Second, Log: slog.New(slog.DiscardHandler)}, report)
	run, stop := context.WithCancel(ctx)
	done := make(chan bool)
	go func() { c.Run(run); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	return c
}

func TestSendAndReport(t *testing.T) {
	g := newGateway(t)
	reports := make(chan Report, 10)
	c := g.client(t, "geheim", func(_ context.Context, r Report) error { reports <- r; return nil })
	text := "【一窗】" + strings.Repeat("您的申请已经受理。", 12)
	refs, err := c.Send(ctx, "+86 13812345678", text)
	if err != nil || len(refs) != 2 {
		t.Fatalf("%v, %v", refs, err)
	}
	if got := string(utf16.Decode(g.texts["13812345678"])); got != text {
		t.Fatalf("arrived %q", got)
	}
	for range refs {
		r := <-reports
		<-g.acked
		if !r.Delivered || r.State != "DELIVRD" || !slices.Contains(refs, r.Reference) {
			t.Errorf("%+v", r)
		}
	}
	if !slices.Equal(g.acks, []byte{0, 0}) || !c.Connected() {
		t.Errorf("acknowledged %v", g.acks)
	}
}

// A report that could not be kept is not acknowledged as received.
func TestReportNotKept(t *testing.T) {
	g := newGateway(t)
	g.state = "UNDELIV"
	c := g.client(t, "geheim", func(_ context.Context, r Report) error {
		if r.Delivered {
			t.Error("delivered")
		}
		return errors.New("store away")
	})
	if _, err := c.Send(ctx, "13812345678", "短"); err != nil {
		t.Fatal(err)
	}
	<-g.acked
	if !slices.Equal(g.acks, []byte{9}) {
		t.Errorf("acknowledged %v", g.acks)
	}
}

func TestRefusals(t *testing.T) {
	g := newGateway(t)
	c := g.client(t, "geheim", nil)
	for _, x := range []struct {
		result    byte
		permanent bool
		word      string
	}{{8, false, "流量控制错"}, {6, true, "超过最大信息长"}, {99, false, "其他错误"}} {
		g.mu.Lock()
		g.result = x.result
		g.mu.Unlock()
		_, err := c.Send(ctx, "13812345678", "短")
		var r Refusal
		if !errors.As(err, &r) || r.Permanent() != x.permanent || !strings.Contains(r.Error(), x.word) {
			t.Errorf("%d: %v", x.result, err)
		}
	}
	if _, err := c.Send(ctx, "0571-88888888", "短"); err != ErrPhone {
		t.Errorf("got %v", err)
	}
}

// After a broken connection the client signs in again by itself.
func TestReconnect(t *testing.T) {
	g := newGateway(t)
	g.state = ""
	c := g.client(t, "geheim", nil)
	if _, err := c.Send(ctx, "13812345678", "一"); err != nil {
		t.Fatal(err)
	}
	g.drop()
	for {
		if _, err := c.Send(ctx, "13812345678", "二"); err == nil {
			break
		}
	}
	if got := string(utf16.Decode(g.texts["13812345678"])); got != "一二" {
		t.Errorf("arrived %q", got)
	}
}

// A gateway that does not know the secret is not trusted with a message.
func TestWrongSecret(t *testing.T) {
	g := newGateway(t)
	c := g.client(t, "falsch", nil)
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if _, err := c.Send(short, "13812345678", "短"); err == nil || c.Connected() {
		t.Errorf("sent: %v", err)
	}
}

// The client shows signs of life and says goodbye.
func TestKeepaliveAndGoodbye(t *testing.T) {
	g := newGateway(t)
	c := New(Config{Addr: g.ln.Addr().String(), SPID: "900001", Secret: "geheim", Keepalive: time.Millisecond}, nil)
	run, stop := context.WithCancel(ctx)
	done := make(chan bool)
	go func() { c.Run(run); close(done) }()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !g.saw(cmdActive) {
		<-tick.C
	}
	stop()
	<-done
	if !g.saw(cmdTerminate) {
		t.Error("left without a word")
	}
}

func (g *gateway) saw(command uint32) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Contains(g.seen, command)
}
