package aftercare

import (
	"encoding/json"
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/licence"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Via is how a notice went out, or how what was said to it came in.
type Via string

// The ways.
const (
	Online   Via = "online"   // 网上
	ByCode   Via = "code"     // 凭告知书编号和查询码
	ByHand   Via = "hand"     // 当面
	ByPost   Via = "post"     // 邮寄
	Announce Via = "announce" // 公告, where nobody to speak is known
)

// Vias lists the ways.
func Vias() []Via { return []Via{Online, ByCode, ByHand, ByPost, Announce} }

// Standing is why somebody speaks in the place of a holder who cannot.
type Standing string

// The standings, with the article each rests on.
const (
	Heir          Standing = "heir"          // 近亲属、继承人 (民法典第一千一百二十七条)
	Administrator Standing = "administrator" // 遗产管理人 (民法典第一千一百四十五条)
	Guardian      Standing = "guardian"      // 监护人 (民法典第二十三条)
	Liquidator    Standing = "liquidator"    // 清算组、清算义务人 (民法典第七十条)
	Successor     Standing = "successor"     // 合并、分立后承受权利义务的组织 (民法典第六十七条)
)

// Standings lists them.
func Standings() []Standing {
	return []Standing{Heir, Administrator, Guardian, Liquidator, Successor}
}

// Law is the article that lets who has the standing speak.
func (s Standing) Law() string {
	return map[Standing]string{Heir: "民法典第一千一百二十七条", Administrator: "民法典第一千一百四十五条", Guardian: "民法典第二十三条",
		Liquidator: "民法典第七十条", Successor: "民法典第六十七条"}[s]
}

// Speaker is who is told in the place of a holder that died, lost capacity or
// was dissolved. It is sealed at rest.
type Speaker struct {
	Name     string   `json:"name,omitempty"` // empty where nobody is known and the notice is announced
	Standing Standing `json:"standing,omitempty"`
	Contact  string   `json:"contact,omitempty"` // address or telephone
	Via      Via      `json:"via"`               // how the notice goes
}

// sealSpeaker is the context of the sealed column.
const sealSpeaker = "aftercare.speaker"

// postDays are the natural days that a letter is given to arrive, as for the
// letters to interested parties.
const postDays = 7

// told is the last day for what is said to a notice that goes out on a day: days
// working days after it was handed over, after a letter had time to arrive, or
// after an announcement has run. The day itself does not count
// (民法典第二百零一条第一款).
func told(on calendar.Day, via Via, days, announce int, cal *calendar.Table) calendar.Day {
	switch via {
	case ByPost:
		on = on.AddDays(postDays)
	case Announce:
		on = on.AddDays(announce)
	}
	return cal.AddWorking(on, days)
}

// speaks is the rule of who is told: the holder, on the portal; where the ground
// is that there is no holder any more, who speaks in their place, by a letter,
// or an announcement when nobody is known (行政许可法第七条).
func (g Ground) speaks(in *Speaker) (*Speaker, []fault.Field) {
	if len(g.Speaks) == 0 {
		return nil, nil
	}
	if in == nil {
		in = &Speaker{}
	}
	x := Speaker{Name: strings.TrimSpace(in.Name), Standing: in.Standing, Contact: strings.TrimSpace(in.Contact), Via: in.Via}
	if x.Via == Announce {
		return &Speaker{Via: Announce}, nil
	}
	var wrong []fault.Field
	if x.Via != ByHand && x.Via != ByPost {
		wrong = append(wrong, fault.At("via", "aftercare.via"))
	}
	if !slices.Contains(g.Speaks, x.Standing) {
		wrong = append(wrong, fault.At("standing", "aftercare.standing_of"))
	}
	for _, f := range []struct{ name, value, label string }{{"speaker", x.Name, "接收告知的人"}, {"contact", x.Contact, "联系方式"}} {
		if f.value == "" {
			wrong = append(wrong, fault.At(f.name, "form.required", "label", f.label))
		}
	}
	return &x, wrong
}

// letter gives the procedure the number by which its speaker is known: the
// case's own with the place in it, which says nothing of the person.
func (s *Service) letter(tx *db.Tx, l *licence.Licence, p *Proceeding) error {
	n := 0
	if err := tx.Row(`select count(*) from proceeding where case_id = $1 and number <> ''`, p.CaseID).Scan(&n); err != nil {
		return err
	}
	p.Letter = l.Content.Case + "-Z" + digits(n+1)
	return nil
}

// Code is the check code on the letter.
func (s *Service) Code(p *Proceeding) string { return s.o.Keys.CheckCode("proceeding:" + p.Letter) }

func (s *Service) sealedSpeaker(p *Proceeding) string {
	if p.Speaker == nil {
		return ""
	}
	b, err := json.Marshal(p.Speaker)
	if err != nil {
		panic("aftercare: " + err.Error())
	}
	return s.o.Keys.Seal(sealSpeaker, string(b))
}

func (s *Service) openSpeaker(sealed string) (*Speaker, error) {
	if sealed == "" {
		return nil, nil
	}
	text, err := s.o.Keys.Open(sealSpeaker, sealed)
	if err != nil {
		return nil, err
	}
	x := &Speaker{}
	return x, json.Unmarshal([]byte(text), x)
}
