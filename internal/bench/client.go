package bench

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// client is one connection that asks and waits. It does only what a driver
// needs, because it runs on the same processors as what is measured.
type client struct {
	addr string
	conn net.Conn
	in   *bufio.Reader
	out  []byte
	body []byte
}

// answer is what came back; body is valid until the next request.
type answer struct {
	status   int
	location string
	cookies  []string
	body     []byte
}

func newClient(addr string) *client { return &client{addr: addr} }

func (c *client) close() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

// get asks for a page.
func (c *client) get(path, cookie string) (answer, error) {
	c.head("GET", path, cookie)
	return c.send()
}

// post sends a form as a browser does.
func (c *client) post(path, cookie string, form url.Values) (answer, error) {
	return c.postBody(path, cookie, form.Encode())
}

func (c *client) postBody(path, cookie, body string) (answer, error) {
	c.head("POST", path, cookie)
	c.out = append(c.out, "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "...)
	c.out = strconv.AppendInt(c.out, int64(len(body)), 10)
	c.out = append(c.out, "\r\n"...)
	return c.send(body)
}

func (c *client) head(method, path, cookie string) {
	c.out = append(c.out[:0], method...)
	c.out = append(append(append(c.out, ' '), path...), " HTTP/1.1\r\nHost: "...)
	c.out = append(append(c.out, c.addr...), "\r\n"...)
	if cookie != "" {
		c.out = append(append(append(c.out, "Cookie: "...), cookie...), "\r\n"...)
	}
}

// patience is how long an answer may take.
const patience = 60 * time.Second

func (c *client) send(body ...string) (a answer, err error) {
	c.out = append(c.out, "\r\n"...)
	for _, b := range body {
		c.out = append(c.out, b...)
	}
	if c.conn == nil {
		if c.conn, err = net.DialTimeout("tcp", c.addr, patience); err != nil {
			return a, err
		}
		c.in = bufio.NewReaderSize(c.conn, 64<<10)
	}
	c.conn.SetDeadline(time.Now().Add(patience))
	if _, err = c.conn.Write(c.out); err == nil {
		a, err = c.read()
	}
	if err != nil {
		c.close()
	}
	return a, err
}

var errAnswer = errors.New("not an answer of HTTP/1.1")

func (c *client) read() (a answer, err error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return a, err
	}
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return a, errAnswer
	}
	a.status, _ = strconv.Atoi(string(line[9:12]))
	length, chunked, closing := -1, false, false
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return a, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch string(name) {
		case "Content-Length":
			length, _ = strconv.Atoi(string(value))
		case "Transfer-Encoding":
			chunked = true
		case "Location":
			a.location = string(value)
		case "Set-Cookie":
			a.cookies = append(a.cookies, string(value))
		case "Connection":
			closing = string(value) == "close"
		}
	}
	a.body, err = c.content(length, chunked, a.status)
	if closing {
		c.close()
	}
	return a, err
}

func (c *client) content(length int, chunked bool, status int) ([]byte, error) {
	switch {
	case chunked:
		return c.chunks()
	case length > 0:
		c.body = slices.Grow(c.body[:0], length)[:length]
		_, err := io.ReadFull(c.in, c.body)
		return c.body, err
	case length == 0 || status == 204 || status == 304:
		return nil, nil
	}
	return nil, errAnswer
}

func (c *client) chunks() ([]byte, error) {
	c.body = c.body[:0]
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		n, err := strconv.ParseInt(strings.TrimSpace(line), 16, 32)
		if err != nil {
			return nil, errAnswer
		}
		at, end := len(c.body), len(c.body)+int(n)
		c.body = slices.Grow(c.body, int(n)+2)[:end+2]
		if _, err := io.ReadFull(c.in, c.body[at:]); err != nil {
			return nil, err
		}
		if c.body = c.body[:end]; n == 0 {
			return c.body, nil
		}
	}
}

// plain is the beginning of what a page says, without its markup.
func plain(page []byte) string {
	s := string(page)
	if i := strings.Index(s, "<main"); i >= 0 {
		s = s[i:]
	}
	var out strings.Builder
	inside := false
	for _, r := range s {
		switch {
		case r == '<':
			inside = true
		case r == '>':
			inside = false
			out.WriteByte(' ')
		case !inside:
			out.WriteRune(r)
		}
	}
	words := strings.Join(strings.Fields(out.String()), " ")
	return words[:min(len(words), 400)]
}
