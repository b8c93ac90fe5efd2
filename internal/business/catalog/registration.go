package catalog

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
)

const (
	lawRegistration = "市场主体登记管理条例第十九条"
	lawLicenceFirst = "优化营商环境条例第十九条"
)

// permit are papers that a licence of another body is known by. A business
// licence (营业执照) is none: it is what registration gives.
var permit = regexp.MustCompile(`许可证|许可决定|许可文件|经营许可|资质证书|批准文件|批准书|批准证书|审批文件|前置审批`)

// registration lists what lacks of a registration: it has the limit of its own
// regulation, and asks for a permit only where a law or an administrative
// regulation puts that first, in that situation alone (优化营商环境条例第十九条).
func (l *lister) registration() {
	i := l.i
	l.when(i.SimpleCancel != nil && !i.Establishes(), PartResult, "simple_cancel", LawSimple)
	if !i.Registration {
		return
	}
	if s := i.Statutory; s != nil {
		l.when(s.N > 3 || !s.OnTheSpot() && s.Start != "received", PartLimits, "registration_limit", lawRegistration)
	}
	for _, m := range i.Materials {
		if permit.MatchString(m.Name) {
			l.when(m.Need != Optional || len(m.If) == 0 || !grounded(m.Law), PartMaterials, "registration_precondition", lawLicenceFirst, "name", m.Name)
		}
	}
}

// The elements that a registration is judged by.
const (
	permitUsed      = "permit.used"
	permitIssued    = "permit.issued_on"
	permitUntil     = "permit.valid_until"
	permitConfirmed = "permit.confirmed"
	cancelSubject   = "cancel.subject"
	cancelAnnounced = "cancel.announced_on"
)

// The rules of time of the regulation.
const (
	lawPermit     = "市场主体登记管理条例第二十一条第二款；市场主体登记管理条例实施细则第二十二条"
	lawAnnounced  = "市场主体登记管理条例第三十三条第二款"
	LawObjection  = "市场主体登记管理条例第三十三条第三款"
	LawSimple     = "市场主体登记管理条例第三十三条"
	LawNotice     = lawAnnounced
	LawNotSimple  = "市场主体登记管理条例第三十三条第四款；市场主体登记管理条例实施细则第四十八条"
	permitDays    = 90 // natural days for which a permit without an end may be used
	announceDays  = 20 // natural days of publication, and then for applying
	objectionDays = 10 // natural days in which other departments may object
)

// RegistrationFaults are what the answers of a registration offend on the day of
// the application: a permit that is needed first must be valid, and one without
// an end not older than ninety days unless its body confirmed it; a simple
// deregistration comes within twenty days after twenty days of publication.
func (i *Implementation) RegistrationFaults(v form.Values, today calendar.Day) []fault.Field {
	if !i.Registration {
		return nil
	}
	return append(permitFaults(v, today), announcementFaults(v, today)...)
}

func permitFaults(v form.Values, today calendar.Day) []fault.Field {
	if v[permitUsed] != "true" {
		return nil
	}
	if until, err := calendar.ParseDay(v[permitUntil]); err == nil {
		if today > until {
			return []fault.Field{fault.At(permitUntil, "registration.permit_over", "until", until.Chinese(), "law", lawPermit)}
		}
		return nil
	}
	issued, err := calendar.ParseDay(v[permitIssued])
	if err == nil && today > issued.AddDays(permitDays) && v[permitConfirmed] != "true" {
		return []fault.Field{fault.At(permitIssued, "registration.permit_old", "day", issued.AddDays(permitDays).Chinese(), "law", lawPermit)}
	}
	return nil
}

func announcementFaults(v form.Values, today calendar.Day) []fault.Field {
	on, err := calendar.ParseDay(v[cancelAnnounced])
	if err != nil || v[cancelSubject] == "individual" {
		return nil
	}
	over := on.AddDays(announceDays) // the first day is not counted
	switch {
	case today <= over:
		return []fault.Field{fault.At(cancelAnnounced, "registration.announced_running", "until", over.Chinese(), "law", lawAnnounced)}
	case today > over.AddDays(announceDays):
		return []fault.Field{fault.At(cancelAnnounced, "registration.announced_over", "until", over.AddDays(announceDays).Chinese(), "law", lawAnnounced)}
	}
	return nil
}

// ObjectionTime is the last day on which other departments may object to the
// simple deregistration of an individual business, which needs no publication;
// ok is false for every other registration.
func (i *Implementation) ObjectionTime(v form.Values, received calendar.Day) (last calendar.Day, ok bool) {
	if !i.Registration || v[cancelSubject] != "individual" {
		return 0, false
	}
	return received.AddDays(objectionDays), true
}

// SimpleCancel (简易注销) is the simple way to end a market entity: it promises
// that it owes nobody anything, and whoever it owes may object. No other licence
// has it (市场主体登记管理条例第三十三条).
type SimpleCancel struct {
	// Individual is an individual business (个体工商户): it is not published;
	// other departments are told and have ten days.
	Individual bool `json:"individual,omitempty"`
}

// Until is the last day for objecting to what is published, or told to other
// departments, on a day. Natural days; the day itself does not count.
func (c SimpleCancel) Until(on calendar.Day) calendar.Day {
	if c.Individual {
		return on.AddDays(objectionDays)
	}
	return on.AddDays(announceDays)
}

// ApplyBy is the last day for applying after a publication; zero for an
// individual business, which has applied already.
func (c SimpleCancel) ApplyBy(until calendar.Day) calendar.Day {
	if c.Individual {
		return 0
	}
	return until.AddDays(announceDays)
}

// Establishes says that the registration brings a market entity into being: the
// day on which its business licence is issued is the day of its establishment
// (市场主体登记管理条例第二十一条第一款).
func (i *Implementation) Establishes() bool {
	return i.Registration && i.Result.Form == "licence" && slices.ContainsFunc(i.Variants, func(v Variant) bool { return v.Kind == "new" })
}

// Named is a person whom a registration names and whose identity is checked
// (实施细则第十六条). Key tells them apart within one application; ID is the
// element that holds the identity number, "" where the form asks none.
type Named struct{ Key, Name, Role, ID string }

// RegistrationPersons are the persons that the answers name: who operates it,
// represents it, holds shares in it, leads it, or acts for it. One person in
// two roles is checked once.
func (i *Implementation) RegistrationPersons(v form.Values) (out []Named) {
	if !i.Registration {
		return nil
	}
	add := func(key, name, role, id string) {
		name = strings.TrimSpace(name)
		if name == "" || organisation.MatchString(name) {
			return
		}
		if at := slices.IndexFunc(out, func(n Named) bool { return n.Name == name }); at >= 0 {
			out[at].Role += "、" + role
			return
		}
		out = append(out, Named{key, name, role, id})
	}
	add("person.name", v["person.name"], "经营者", "person.id_number")
	add("company.legal_name", v["company.legal_name"], "法定代表人", "company.legal_id_number")
	for _, list := range []struct{ element, role string }{{"company.shareholders", "股东"}, {"company.directors", "董事、监事、高级管理人员"}} {
		n := 0
		for line := range strings.Lines(v[list.element]) {
			n++
			name, _, _ := strings.Cut(strings.TrimSpace(separators.ReplaceAllString(line, "|")), "|")
			add(list.element+"."+strconv.Itoa(n), name, list.role, "")
		}
	}
	if v["agent.used"] == "true" {
		add("agent.name", v["agent.name"], "代理人", "agent.id_number")
	}
	return out
}

var (
	separators   = regexp.MustCompile(`[，,、；;：: \t]`)
	organisation = regexp.MustCompile(`公司|企业|合伙|合作社|中心|集团|协会|基金|政府|委员会`)
)

// ExampleFor is the filled example as it would be handed in on a day: what must
// lie within some days of the application moves with it.
func (i *Implementation) ExampleFor(today calendar.Day) form.Values {
	v := maps.Clone(i.Example)
	if v[cancelAnnounced] != "" {
		v[cancelAnnounced] = today.AddDays(-announceDays - 5).String()
	}
	return v
}
