package cmpp

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"onewindow/internal/kit/clock"
)

// link is one signed-in connection.
type link struct {
	c      *Client
	conn   net.Conn
	window chan struct{}
	broken chan struct{} // closed when the link is of no more use
	once   sync.Once
	why    error

	writing sync.Mutex
	mu      sync.Mutex
	waiting map[uint32]chan packet
}

// dial connects and signs in (CMPP_CONNECT).
func (c *Client) dial(ctx context.Context) (*link, error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Wait)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", c.cfg.Addr)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if err := c.signIn(conn); err != nil {
		conn.Close()
		return nil, err
	}
	return &link{c: c, conn: conn, window: make(chan struct{}, c.cfg.Window), broken: make(chan struct{}),
		waiting: map[uint32]chan packet{}}, nil
}

func (c *Client) signIn(conn net.Conn) error {
	stamp, err := strconv.ParseUint(c.cfg.Clock.Now().In(clock.Beijing).Format("0102150405"), 10, 32)
	if err != nil {
		return err
	}
	digest := sourceDigest(c.cfg.SPID, c.cfg.Secret, uint32(stamp))
	p := packet{cmdConnect, c.sequence.Add(1), connectBody(c.cfg.SPID, digest, uint32(stamp))}
	if _, err := conn.Write(p.bytes()); err != nil {
		return err
	}
	re, err := readPacket(conn)
	if err != nil {
		return err
	}
	if re.command != cmdConnect|answer || len(re.body) < 18 {
		return fmt.Errorf("cmpp: sign-in answered by command %#x with %d bytes", re.command, len(re.body))
	}
	if status := re.body[0]; status != 0 {
		return fmt.Errorf("cmpp: sign-in refused: %d %s", status, statusWord(status))
	}
	if want := gatewayDigest(0, digest, c.cfg.Secret); !bytes.Equal(re.body[1:17], want[:]) {
		return errors.New("cmpp: the gateway does not know the secret")
	}
	return nil
}

func statusWord(status byte) string {
	words := []string{"正确", "消息结构错", "非法源地址", "认证错", "版本太高"}
	if int(status) < len(words) {
		return words[status]
	}
	return "其他错误"
}

// serve reads until the link breaks or ctx ends.
func (l *link) serve(ctx context.Context) error {
	defer l.conn.Close()
	go l.keepAlive(ctx)
	go l.read(ctx)
	select {
	case <-l.broken:
		return l.why
	case <-ctx.Done():
		l.goodbye()
		l.end(ctx.Err())
		return ctx.Err()
	}
}

// end gives up the link; every waiting submission learns why.
func (l *link) end(why error) {
	l.once.Do(func() {
		l.why = why
		close(l.broken)
	})
}

// goodbye is CMPP_TERMINATE; its answer is awaited for a moment only.
func (l *link) goodbye() {
	ctx, cancel := context.WithTimeout(context.Background(), min(2*time.Second, l.c.cfg.Wait))
	defer cancel()
	l.ask(ctx, cmdTerminate, nil)
}

// keepAlive sends CMPP_ACTIVE_TEST now and then; no answer means that the link
// is dead.
func (l *link) keepAlive(ctx context.Context) {
	tick := time.NewTicker(l.c.cfg.Keepalive)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			_, err := l.ask(ctx, cmdActive, nil)
			if ctx.Err() != nil { // leaving: the link is still needed for the goodbye
				return
			}
			if err != nil {
				l.end(err)
				return
			}
		case <-l.broken:
			return
		case <-ctx.Done():
			return
		}
	}
}

func (l *link) read(ctx context.Context) {
	for {
		p, err := readPacket(l.conn)
		if err == nil {
			err = l.take(ctx, p)
		}
		if err != nil {
			l.end(err)
			return
		}
	}
}

var errGoodbye = errors.New("cmpp: the gateway said goodbye")

// take handles one packet from the gateway.
func (l *link) take(ctx context.Context, p packet) error {
	switch p.command {
	case cmdDeliver:
		return l.deliver(ctx, p)
	case cmdActive:
		return l.write(packet{cmdActive | answer, p.sequence, []byte{0}})
	case cmdTerminate:
		l.write(packet{cmdTerminate | answer, p.sequence, nil})
		return errGoodbye
	}
	l.mu.Lock()
	c, ok := l.waiting[p.sequence]
	delete(l.waiting, p.sequence)
	l.mu.Unlock()
	if ok {
		c <- p
	}
	return nil
}

// deliver passes a status report on and acknowledges it (CMPP_DELIVER_RESP:
// Msg_Id 8, Result 1). What people write back is acknowledged and dropped:
// nobody reads it.
func (l *link) deliver(ctx context.Context, p packet) error {
	d, err := readDelivery(p.body)
	if err != nil {
		return err
	}
	result := byte(0)
	if d.isReport {
		if err := l.pass(ctx, d); err != nil {
			l.c.cfg.Log.ErrorContext(ctx, "status report not kept", "error", err)
			result = 9
		}
	}
	b := &body{}
	b.uint64(d.id)
	b.WriteByte(result)
	return l.write(packet{cmdDeliver | answer, p.sequence, b.Bytes()})
}

func (l *link) pass(ctx context.Context, d delivery) error {
	r, err := readReport(d.content)
	if err != nil || !r.Final() {
		return err
	}
	return l.c.report(ctx, r)
}

// submit sends one part and gives the gateway's reference.
func (l *link) submit(ctx context.Context, s submission) (string, error) {
	select {
	case l.window <- struct{}{}:
		defer func() { <-l.window }()
	case <-l.broken:
		return "", ErrAway
	case <-ctx.Done():
		return "", ctx.Err()
	}
	re, err := l.ask(ctx, cmdSubmit, s.bytes())
	if err != nil {
		return "", err
	}
	if len(re.body) < 9 {
		return "", fmt.Errorf("cmpp: submission answered with %d bytes", len(re.body))
	}
	if re.body[8] != 0 {
		return "", Refusal{re.body[8]}
	}
	return reference(binary.BigEndian.Uint64(re.body)), nil
}

// ask sends a request and waits for the answer with its number.
func (l *link) ask(ctx context.Context, command uint32, body []byte) (packet, error) {
	seq, c := l.c.sequence.Add(1), make(chan packet, 1)
	l.mu.Lock()
	l.waiting[seq] = c
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.waiting, seq)
		l.mu.Unlock()
	}()
	if err := l.write(packet{command, seq, body}); err != nil {
		return packet{}, err
	}
	late := time.NewTimer(l.c.cfg.Wait)
	defer late.Stop()
	select {
	case p := <-c:
		return p, nil
	case <-l.broken:
		return packet{}, ErrAway
	case <-late.C:
		return packet{}, fmt.Errorf("cmpp: no answer in %v", l.c.cfg.Wait)
	case <-ctx.Done():
		return packet{}, ctx.Err()
	}
}

func (l *link) write(p packet) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	l.conn.SetWriteDeadline(time.Now().Add(l.c.cfg.Wait))
	_, err := l.conn.Write(p.bytes())
	if err != nil {
		l.end(err)
	}
	return err
}
