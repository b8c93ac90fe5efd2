// Package cmpp speaks CMPP 2.0 (中国移动点对点短信协议), the TCP protocol by which
// Chinese short-message gateways (短信网关) take messages and report what became
// of them. It is the client side: sign in, submit, receive status reports,
// keep the connection alive, say goodbye.
package cmpp

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The commands; an answer is the request's number with the highest bit set.
const (
	cmdConnect   = 0x00000001
	cmdTerminate = 0x00000002
	cmdSubmit    = 0x00000004
	cmdDeliver   = 0x00000005
	cmdActive    = 0x00000008
	answer       = 0x80000000
)

// version is 2.0 in the protocol's high and low four bits.
const version = 0x20

// headerSize is Total_Length, Command_Id and Sequence_Id, four bytes each.
const headerSize = 12

// longest refuses nonsense lengths before they are allocated; the longest
// message of the protocol is a submission to 100 people, 2,477 bytes.
const longest = 4096

// packet is one message of the protocol.
type packet struct {
	command, sequence uint32
	body              []byte
}

func (p packet) bytes() []byte {
	out := make([]byte, 0, headerSize+len(p.body))
	out = binary.BigEndian.AppendUint32(out, uint32(headerSize+len(p.body)))
	out = binary.BigEndian.AppendUint32(out, p.command)
	out = binary.BigEndian.AppendUint32(out, p.sequence)
	return append(out, p.body...)
}

func readPacket(r io.Reader) (packet, error) {
	var head [headerSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return packet{}, err
	}
	size := binary.BigEndian.Uint32(head[:])
	if size < headerSize || size > longest {
		return packet{}, fmt.Errorf("cmpp: packet of %d bytes", size)
	}
	p := packet{binary.BigEndian.Uint32(head[4:]), binary.BigEndian.Uint32(head[8:]), make([]byte, size-headerSize)}
	_, err := io.ReadFull(r, p.body)
	return p, err
}

// connectBody is CMPP_CONNECT: Source_Addr 6, AuthenticatorSource 16, Version
// 1, Timestamp 4.
func connectBody(source string, digest [16]byte, stamp uint32) []byte {
	b := &body{}
	b.text(source, 6)
	b.Write(digest[:])
	b.WriteByte(version)
	b.uint32(stamp)
	return b.Bytes()
}

// sourceDigest is MD5(Source_Addr + nine zero bytes + secret + timestamp),
// the timestamp as MMDDHHMMSS.
func sourceDigest(source, secret string, stamp uint32) [16]byte {
	return md5.Sum(fmt.Appendf(nil, "%s%s%s%010d", source, strings.Repeat("\x00", 9), secret, stamp))
}

// gatewayDigest is MD5(Status + AuthenticatorSource + secret).
func gatewayDigest(status byte, source [16]byte, secret string) [16]byte {
	return md5.Sum(append(append([]byte{status}, source[:]...), secret...))
}

// submission is one part of one message to one person.
type submission struct {
	total, number byte // of the parts
	serviceID     string
	spID          string // Msg_src
	access        string // Src_Id: the number the person sees (接入号)
	phone         string
	content       []byte // UCS2, with its header when there are several parts
}

// bytes is CMPP_SUBMIT with a status report wanted, paid by the sender and
// free for the receiver.
func (s submission) bytes() []byte {
	b := &body{}
	b.uint64(0) // Msg_Id: the gateway gives it
	b.Write([]byte{s.total, s.number, 1 /* Registered_Delivery */, 0 /* Msg_level */})
	b.text(s.serviceID, 10)
	b.WriteByte(2) // Fee_UserType: the sender pays
	b.text("", 21) // Fee_terminal_Id
	b.WriteByte(0) // TP_pId
	b.WriteByte(s.udhi())
	b.WriteByte(8) // Msg_Fmt: UCS2
	b.text(s.spID, 6)
	b.text("01", 2) // FeeType: free for the charged number
	b.text("0", 6)  // FeeCode
	b.text("", 17)  // ValId_Time
	b.text("", 17)  // At_Time
	b.text(s.access, 21)
	b.WriteByte(1) // DestUsr_tl
	b.text(s.phone, 21)
	b.WriteByte(byte(len(s.content)))
	b.Write(s.content)
	b.text("", 8) // Reserve
	return b.Bytes()
}

// udhi says whether the content begins with a header.
func (s submission) udhi() byte {
	if s.total > 1 {
		return 1
	}
	return 0
}

// Report is what the gateway says became of a part (状态报告).
type Report struct {
	Reference string // the gateway's Msg_Id, as Send returned it
	Delivered bool
	// State is the protocol's word: DELIVRD, EXPIRED, DELETED, UNDELIV,
	// ACCEPTD, UNKNOWN, REJECTD or the gateway's own, such as MA:0001.
	State string
}

// Final says whether no other report will follow.
func (r Report) Final() bool { return r.State != "ACCEPTD" && r.State != "ENROUTE" }

// delivery is the part of CMPP_DELIVER this client reads: Msg_Id 8, Dest_Id
// 21, Service_Id 10, TP_pid 1, TP_udhi 1, Msg_Fmt 1, Src_terminal_Id 21,
// Registered_Delivery 1, Msg_Length 1, Msg_Content, Reserved 8.
type delivery struct {
	id       uint64
	isReport bool
	content  []byte
}

func readDelivery(b []byte) (delivery, error) {
	const fixed = 8 + 21 + 10 + 1 + 1 + 1 + 21 + 1 + 1
	if len(b) < fixed || len(b) < fixed+int(b[fixed-1]) {
		return delivery{}, fmt.Errorf("cmpp: delivery of %d bytes", len(b))
	}
	return delivery{binary.BigEndian.Uint64(b), b[fixed-2] == 1, b[fixed : fixed+int(b[fixed-1])]}, nil
}

// readReport reads the content of a delivery that is a report: Msg_Id 8, Stat
// 7, Submit_time 10, Done_time 10, Dest_terminal_Id 21, SMSC_sequence 4.
func readReport(content []byte) (Report, error) {
	if len(content) < 15 {
		return Report{}, fmt.Errorf("cmpp: report of %d bytes", len(content))
	}
	state := strings.TrimRight(string(content[8:15]), "\x00 ")
	return Report{reference(binary.BigEndian.Uint64(content)), state == "DELIVRD", state}, nil
}

func reference(id uint64) string { return strconv.FormatUint(id, 16) }

// body is a packet's body being written.
type body struct{ bytes.Buffer }

func (b *body) uint32(v uint32) { b.Write(binary.BigEndian.AppendUint32(nil, v)) }
func (b *body) uint64(v uint64) { b.Write(binary.BigEndian.AppendUint64(nil, v)) }

// text writes s in exactly size bytes, cut or filled with zeros.
func (b *body) text(s string, size int) {
	field := make([]byte, size)
	copy(field, s)
	b.Write(field)
}
