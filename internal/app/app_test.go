package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/notify"
	"onewindow/internal/web/text"
)

var ctx = context.Background()

// monday is an ordinary working day.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Beijing)

func platform(t *testing.T) *Platform {
	t.Helper()
	p := open(t, t.TempDir())
	if err := p.SeedDemo(ctx, monday); err != nil {
		t.Fatal(err)
	}
	return p
}

func open(t *testing.T, dir string) *Platform {
	t.Helper()
	p := opened(t, dir)
	t.Cleanup(func() { p.Close() })
	return p
}

// opened is a platform that whoever asks for it closes.
func opened(t *testing.T, dir string) *Platform {
	t.Helper()
	c, err := config.Parse([]string{"--data", dir, "--admin-addr", ""})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(ctx, c, true, clock.NewFixed(monday), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lived is the folder of a platform that made its past, and how many cases that
// were; made once, by the first test that asks.
var lived struct {
	sync.Mutex
	dir  string
	made int
}

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(lived.dir)
	os.Exit(code)
}

// withPast is a platform of its own that looks back on the demonstration's past,
// and how many cases that are.
func withPast(t *testing.T) (*Platform, int) {
	t.Helper()
	lived.Lock()
	defer lived.Unlock()
	if lived.dir == "" {
		lived.made = live(t)
	}
	dir := t.TempDir()
	if err := errors.Join(os.CopyFS(dir, os.DirFS(lived.dir)), filepath.WalkDir(dir, mine)); err != nil {
		t.Fatal(err)
	}
	return open(t, dir), lived.made
}

// mine lets nobody else read a copied file: the keys want it so.
func mine(path string, e fs.DirEntry, err error) error {
	if err != nil || e.IsDir() {
		return err
	}
	return os.Chmod(path, 0o600)
}

func live(t *testing.T) int {
	t.Helper()
	dir, err := os.MkdirTemp("", "onewindow-past-")
	if err != nil {
		t.Fatal(err)
	}
	lived.dir = dir
	p := opened(t, dir)
	defer p.Close()
	if err := p.SeedDemo(ctx, monday); err != nil {
		t.Fatal(err)
	}
	made, err := p.MakeHistory(ctx, monday, 2, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Jobs.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	return made
}

func number(t *testing.T, p *Platform, query string, args ...any) (n int) {
	t.Helper()
	if err := p.DB.Read(ctx, func(tx *db.Tx) error { return tx.Row(query, args...).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

// words are the values of one column.
func words(t *testing.T, p *Platform, query string) (out []string) {
	t.Helper()
	err := p.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = db.List(tx, func(r db.Scanner) (x string, err error) { return x, r.Scan(&x) }, query)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%s: %v %v", query, out, err)
	}
	return out
}

// The demonstration's past is lawful: it came about by the acts alone.
func TestHistoryIsMadeByTheActs(t *testing.T) {
	p, made := withPast(t)
	if made < 40 {
		t.Fatalf("%d cases", made)
	}
	for _, s := range []casework.Status{casework.StatusReceived, casework.StatusHandling, casework.StatusGranted, casework.StatusConcluded} {
		if number(t, p, `select count(*) from cases where status = $1`, string(s)) == 0 {
			t.Errorf("no case is %s", s)
		}
	}
	if n := number(t, p, `select count(*) from cases c where not exists (select 1 from audit a where a.subject_id = c.id)`); n > 0 {
		t.Errorf("%d cases without an audit record", n)
	}
	if n := number(t, p, `select count(*) from cases where received_at > $1 or accepted_at > $1`, db.Stamp(monday)); n > 0 {
		t.Errorf("%d cases come from the future", n)
	}
	for _, kind := range []string{"site_visit", "expert"} {
		if number(t, p, `select count(*) from procedure where kind = $1 and state = 'done'`, kind) == 0 {
			t.Errorf("no %s was held", kind)
		}
	}
	for _, x := range words(t, p, `select distinct act from audit`) {
		if text.Acted(x) == x {
			t.Errorf("the audit trail has no words for %s", x)
		}
	}
	for _, x := range words(t, p, `select distinct subject_kind from audit`) {
		if text.Label(text.Subject, x) == x {
			t.Errorf("the audit trail has no words for what a %s is", x)
		}
	}
	for what, query := range map[string]string{"complaint that was answered": `select count(*) from complaint where status = 'answered'`,
		"review that annulled": `select count(*) from appeal where result = 'annulled' and redo_id <> ''`, "hearing to come": `select count(*) from hearing where status = 'noticed'`,
		"neighbour who was heard":                   `select count(*) from interested_party where role = 'interested' and status = 'answered'`,
		"hearing held, on whose record was decided": `select count(*) from hearing h join cases c on c.id = h.case_id where h.status = 'closed' and c.decided_at <> ''`,
		"change of a licence":                       `select count(*) from cases where purpose = 'change'`,
		"renewal in time, granted before the end":   `select count(*) from cases c join case_held h on h.case_id = c.id where c.purpose = 'renew' and c.granted = 1 and substr(c.decided_at, 1, 10) < h.valid_to and substr(c.received_at, 1, 10) <= h.last_day`,
		"renewal asked late and not renewed by silence": `select count(*) from cases c join case_held h on h.case_id = c.id where c.purpose = 'renew' and substr(c.received_at, 1, 10) > h.last_day and substr(c.decided_at, 1, 10) > h.valid_to
			and not exists (select 1 from licence l where l.id = h.licence_id and l.continued_on <> '')`,
		"renewal by silence":                 `select count(*) from licence l join document d on d.kind = 'MYX' join case_held h on h.case_id = d.case_id and h.licence_id = l.id where l.continued_on <> ''`,
		"renewal refused after the end":      `select count(*) from case_refusal where code = 'licence.expired'`,
		"licence that was granted years ago": `select count(*) from licence where valid_from < '2023'`} {
		if number(t, p, query) == 0 {
			t.Errorf("there is no %s", what)
		}
	}
	again, err := p.MakeHistory(ctx, monday, 2, func(int, int) {})
	if err != nil || again != 0 {
		t.Errorf("made twice: %d, %v", again, err)
	}
	if err := p.Jobs.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	if n := number(t, p, `select count(*) from document where id not in (select document_id from document_file)`); n > 0 {
		t.Errorf("%d documents were not printed", n)
	}
}

// What was granted in the past is genuine to whoever verifies it today: it was
// signed with a certificate of its day.
func TestLicencesOfThePastAreGenuine(t *testing.T) {
	p, _ := withPast(t)
	for _, number := range words(t, p, `select number from licence`) {
		if v, err := p.Licence.Verify(ctx, number); err != nil || !v.Genuine {
			t.Fatalf("%s: %+v %v", number, v.Checks, err)
		}
	}
}

// An event that comes twice tells the applicant once.
func TestTheApplicantIsToldOnce(t *testing.T) {
	p := platform(t)
	e := event.Event{ID: "e1", Topic: "case.accepted", Payload: []byte(`{"case_id":"c1","number":"N1","item_name":"食品经营许可","agent_id":"a1"}`)}
	for range 2 {
		if err := p.tellApplicant(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	var list []notify.Message
	if err := p.DB.Read(ctx, func(tx *db.Tx) (err error) {
		list, err = notify.List(tx, []string{"a1"}, notify.Key{}, 10)
		return err
	}); err != nil || len(list) != 1 {
		t.Fatalf("%d messages, %v", len(list), err)
	}
	if list[0].Link != "/cases/c1" || list[0].Title != "申请已受理" {
		t.Errorf("%+v", list[0])
	}
}

// Officers assigned after the fifth working day are put on record, once
// (行政许可法第五十五条第二款).
func TestLateAssignmentIsPutOnRecord(t *testing.T) {
	p, _ := withPast(t)
	var caseID string
	if err := p.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`select min(id) from cases where status = 'handling'`).Scan(&caseID)
	}); err != nil {
		t.Fatal(err)
	}
	e := event.Event{ID: "e2", Topic: procedure.LateTopic, Payload: []byte(`{"case_id":"` + caseID + `","Person":"","Due":"2026-11-20"}`)}
	for range 2 {
		if err := p.raise(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	if n := number(t, p, `select count(*) from fault_record where case_id = $1 and kind = 'assigned_late'`, caseID); n != 1 {
		t.Errorf("%d records", n)
	}
}

// A city that was set up has bodies, drafts and three administrators who must
// change their first password; set up again nobody gets in.
func TestACityIsSetUpOnce(t *testing.T) {
	c, err := config.Parse([]string{"--data", t.TempDir(), "--admin-addr", ""})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(ctx, c, false, clock.NewFixed(monday), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	first, err := p.SetUp(ctx)
	if err != nil || len(first) != 3 {
		t.Fatalf("%+v %v", first, err)
	}
	for _, x := range first {
		accountID, err := p.Staff.SignIn(ctx, staff.Actor{}, staff.SignIn{Login: x.Login, Password: x.Password})
		if err != nil {
			t.Fatal(err)
		}
		who, err := p.Staff.ActorOf(ctx, accountID)
		if err != nil || !who.MustChange || !slices.Equal(who.Roles, []staff.Role{x.Role}) {
			t.Errorf("%s: %+v %v", x.Login, who, err)
		}
	}
	if n := number(t, p, `select count(*) from implementation where status <> 'draft'`); n != 0 {
		t.Errorf("%d matters are published unseen", n)
	}
	if n := number(t, p, `select count(*) from implementation`); n < 80 {
		t.Errorf("%d drafts", n)
	}
	if again, err := p.SetUp(ctx); fault.Of(err).Code != "staff.founded" {
		t.Errorf("set up twice: %+v %v", again, err)
	}
}
