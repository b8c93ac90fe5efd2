package visit

import (
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"onewindow/internal/web/ui"
)

// flashTime is how long a message waits for the page that shows it.
const flashTime = time.Minute

// longestFlash bounds a message so that the cookie stays small.
const longestFlash = 300

type flash struct {
	Until    int64        `json:"u"` // unix seconds
	Messages []ui.Message `json:"m"`
}

// Flash says something on the next page: usually before See.
func (v *Visit) Flash(tone ui.Tone, words string) {
	if r := []rune(words); len(r) > longestFlash {
		words = string(r[:longestFlash]) + "……"
	}
	v.pending = append(v.pending, ui.Message{Tone: tone, Text: words})
}

// sendFlash puts what was said into a signed cookie for the next request.
func (v *Visit) sendFlash() {
	if len(v.pending) == 0 {
		return
	}
	body, _ := json.Marshal(flash{v.Now().Add(flashTime).Unix(), v.pending}) // plain data always encodes
	text := base64.RawURLEncoding.EncodeToString(body)
	v.setCookie("ow-flash", text+"."+v.door.sign("flash", text), int(flashTime.Seconds()))
}

// flashes are what is to be said on this page, each once.
func (v *Visit) flashes() []ui.Message {
	if !v.read {
		v.read = true
		v.said = v.takeFlash()
	}
	return append(v.said, v.pending...)
}

func (v *Visit) takeFlash() []ui.Message {
	c, err := v.R.Cookie(v.door.cookieName("ow-flash"))
	if err != nil {
		return nil
	}
	v.setCookie("ow-flash", "", -1)
	text, mac, _ := strings.Cut(c.Value, ".")
	if subtle.ConstantTimeCompare([]byte(mac), []byte(v.door.sign("flash", text))) != 1 {
		return nil
	}
	body, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	var f flash
	if json.Unmarshal(body, &f) != nil || v.Now().Unix() > f.Until {
		return nil
	}
	return f.Messages
}

func (v *Visit) setCookie(name, value string, maxAge int) {
	http.SetCookie(v.W, &http.Cookie{
		Name: v.door.cookieName(name), Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: v.door.o.TLS, SameSite: http.SameSiteLaxMode,
	})
}
