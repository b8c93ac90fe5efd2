package admin

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// restRow is one holiday of the form, as it was typed.
type restRow struct{ Name, From, To, Worked string }

// calendarForm is the arrangement of a year as it is typed.
type calendarForm struct {
	Year     int
	Revision int // of the draft; 0 for none yet
	Loaded   bool
	Number   string
	Issued   string
	Notice   string
	Source   string
	Rows     []restRow
	Problems ui.Problems
}

// usual are the holidays of every year, in their order.
var usual = []string{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}

// spareRows are further rows for holidays that fall together or are special.
const spareRows = 2

// CalendarEdit shows the draft of a year, or the year as it is in force, or an
// empty form.
func (p *Pages) CalendarEdit(v *visit.Visit) error {
	year, err := yearOf(v)
	if err != nil {
		return err
	}
	f := calendarForm{Year: year, Loaded: p.Calendar.Table().Loaded(year)}
	d, err := p.Calendar.Draft(v.Context(), v.Actor, year)
	switch {
	case err == nil:
		f.fill(d.Year)
		f.Revision = d.Revision
	case fault.Of(err).Kind != fault.KindMissing:
		return err
	default:
		y, _ := p.Calendar.Table().Notice(year)
		f.fill(y)
	}
	return v.Render(editFrame(v, f))
}

func editFrame(v *visit.Visit, f calendarForm) templ.Component {
	title := strconv.Itoa(f.Year) + "年安排"
	return frame(v.Page(title, crumbs(title)...), editView(f))
}

// CalendarSave keeps the draft and goes on to what it would change.
func (p *Pages) CalendarSave(v *visit.Visit) error {
	f, y, wrong, err := p.typed(v)
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		err = fault.Invalid("calendar.invalid", wrong...)
	} else {
		err = p.Calendar.SaveDraft(v.Context(), v.Actor, calendar.SaveDraft{Year: y, Revision: f.Revision})
	}
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			f.Problems = f.placed(problems)
			return editFrame(v, f)
		})
	}
	v.Flash(ui.OK, "已保存拟稿，请核对变动后发布。")
	return v.See(yearPath(y.Year, "/preview"))
}

// yearPath is an address of a year's arrangement.
func yearPath(year int, rest string) string {
	return Base + "/calendar/years/" + strconv.Itoa(year) + rest
}

func yearOf(v *visit.Visit) (int, error) {
	n, err := strconv.Atoi(v.Path("year"))
	if err != nil || n < 1000 || n > 9999 {
		return 0, fault.Missing("page.missing")
	}
	return n, nil
}

// fill shows an arrangement in the rows.
func (f *calendarForm) fill(y calendar.Year) {
	f.Number, f.Issued, f.Notice, f.Source = y.Number, y.Issued, y.Notice, y.Source
	rests := y.Holidays()
	for _, r := range rests {
		row := restRow{Name: r.Name}
		if n := len(r.Off); n > 0 {
			row.From, row.To = r.Off[0].String(), r.Off[n-1].String()
		}
		var worked []string
		for _, d := range r.MakeUp {
			worked = append(worked, d.String())
		}
		row.Worked = strings.Join(worked, "、")
		f.Rows = append(f.Rows, row)
	}
	if len(rests) == 0 {
		for _, name := range usual {
			f.Rows = append(f.Rows, restRow{Name: name})
		}
	}
	f.Rows = append(f.Rows, make([]restRow, spareRows)...)
}

// mostRows bounds the rows that are read.
const mostRows = 20

// typed reads the form. A row without days is left out.
func (p *Pages) typed(v *visit.Visit) (f calendarForm, y calendar.Year, wrong []fault.Field, err error) {
	if f.Year, err = yearOf(v); err != nil {
		return f, y, nil, err
	}
	f.Revision, _ = strconv.Atoi(v.Text("revision"))
	f.Loaded = p.Calendar.Table().Loaded(f.Year)
	f.Number, f.Issued, f.Notice, f.Source = v.Text("number"), v.Text("issued"), v.Text("notice"), v.Text("source")
	y = calendar.Year{Year: f.Year, Number: f.Number, Issued: f.Issued, Notice: f.Notice, Source: f.Source,
		Off: map[calendar.Day]string{}, MakeUp: map[calendar.Day]string{}}
	for i := 0; i < mostRows && v.Has(rowName(i, "name")); i++ {
		r := restRow{v.Text(rowName(i, "name")), v.Text(rowName(i, "from")), v.Text(rowName(i, "to")), v.Text(rowName(i, "worked"))}
		f.Rows = append(f.Rows, r)
		wrong = append(wrong, r.into(y, i)...)
	}
	for name, s := range map[string]string{"number": f.Number, "notice": f.Notice, "source": f.Source} {
		if len([]rune(s)) > mostText {
			wrong = append(wrong, fault.At(name, "text.too_long", "max", strconv.Itoa(mostText)))
		}
	}
	return f, y, wrong, nil
}

// mostText bounds what is typed about the notice, in characters.
const mostText = 300

func rowName(i int, part string) string { return fmt.Sprintf("rest.%d.%s", i, part) }

// longestRest is more than any holiday ever lasted.
const longestRest = 20

// into enters the row's days into the arrangement and says what is wrong.
func (r restRow) into(y calendar.Year, i int) (wrong []fault.Field) {
	if r.From == "" && r.To == "" && r.Worked == "" {
		return nil
	}
	from, bad := dayIn(y.Year, r.From)
	to := from
	if r.To != "" && bad == "" {
		to, bad = dayIn(y.Year, r.To)
	}
	switch {
	case bad != "":
		wrong = append(wrong, fault.At(rowName(i, "from"), bad))
	case to < from || to-from >= longestRest:
		wrong = append(wrong, fault.At(rowName(i, "to"), "calendar.span"))
	default:
		for d := from; d <= to; d++ {
			y.Off[d] = r.Name
		}
	}
	for _, s := range strings.FieldsFunc(r.Worked, func(c rune) bool { return strings.ContainsRune(" ,，、;；\n", c) }) {
		d, bad := dayIn(y.Year, s)
		if bad != "" {
			wrong = append(wrong, fault.At(rowName(i, "worked"), bad))
			continue
		}
		y.MakeUp[d] = r.Name
	}
	return wrong
}

var monthDay = regexp.MustCompile(`^(\d{1,2})月(\d{1,2})日$`)

// dayIn reads 2027-02-05, or 2月5日 of the year.
func dayIn(year int, s string) (calendar.Day, string) {
	if m := monthDay.FindStringSubmatch(s); m != nil {
		month, _ := strconv.Atoi(m[1])
		day, _ := strconv.Atoi(m[2])
		s = calendar.Date(year, time.Month(month), day).String()
	}
	d, err := calendar.ParseDay(s)
	if err != nil {
		return 0, "calendar.day"
	}
	return d, ""
}

// placed brings what is said of a day to the row that the day stands in.
func (f calendarForm) placed(p ui.Problems) ui.Problems {
	for i, x := range p.Fields {
		if _, err := calendar.ParseDay(x.Field); err == nil {
			p.Fields[i].Field, p.Fields[i].Message = f.rowOf(x.Field), x.Field+"："+x.Message
		}
	}
	return p
}

// rowOf is the control that holds a day, the first row for one that none holds.
func (f calendarForm) rowOf(day string) string {
	for i, r := range f.Rows {
		if r.From <= day && day <= max(r.From, r.To) {
			return rowName(i, "from")
		}
		if strings.Contains(r.Worked, day) {
			return rowName(i, "worked")
		}
	}
	return rowName(0, "from")
}
