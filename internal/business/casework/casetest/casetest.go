// Package casetest gives tests the whole platform below the pages on a fresh
// store: the seeded city, its demonstration accounts, and a case walked to
// wherever a test wants it, through the real acts.
package casetest

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/business/party"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/blob"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/secret"
	"onewindow/internal/kit/sm"
)

// Password opens every demonstration account of a World.
const Password = "Yichuang-2026"

// World is the city on one store.
type World struct {
	T        testing.TB
	DB       *db.DB
	Clock    *clock.Moving
	Keys     *sm.Keyring
	Sign     *sm.Authority
	Blobs    blob.Store
	Org      *org.Service
	Staff    *staff.Service
	Party    *party.Service
	Catalog  *catalog.Service
	Calendar *calendar.Service
	Casework *casework.Service
}

// cities are the seeded stores that every world gets a copy of, by when they
// were seeded.
var cities sync.Map

func cityOf(at time.Time) *dbtest.Template {
	p, _ := cities.LoadOrStore(at, dbtest.NewTemplate(schema.FS, func(d *db.DB, clk *clock.Moving) error {
		clk.Set(at)
		return seed(d)
	}))
	return p.(*dbtest.Template)
}

func seed(d *db.DB) error {
	w := &World{DB: d}
	if err := w.nouns(); err != nil {
		return err
	}
	ctx := context.Background()
	for _, seed := range []func() error{
		func() error { return w.Org.Seed(ctx) },
		func() error { return w.Staff.SeedDemo(ctx, Password, time.Time{}) },
		func() error { return w.Party.SeedDemo(ctx, Password) },
		func() error { return w.Catalog.Seed(ctx) },
	} {
		if err := seed(); err != nil {
			return err
		}
	}
	return nil
}

// keys are those of all worlds: what a template holds is sealed with them.
var keys = sync.OnceValues(func() (*sm.Keyring, error) { return sm.ParseKeyring(sm.NewKey("k1") + "\n") })

// Each runs the test in a fresh world on every engine.
func Each(t *testing.T, test func(*testing.T, *World)) {
	cityOf(dbtest.Start).Each(t, func(t *testing.T, d *db.DB, clk *clock.Moving) { test(t, on(t, d, clk)) })
}

// SQLite is a world on the embedded store.
func SQLite(t testing.TB) *World {
	t.Helper()
	return SQLiteAt(t, dbtest.Start)
}

// SQLiteAt is a world that was seeded at that time and whose clock stands there.
func SQLiteAt(t testing.TB, at time.Time) *World {
	t.Helper()
	d, clk := cityOf(at).SQLite(t)
	clk.Set(at)
	return on(t, d, clk)
}

func on(t testing.TB, d *db.DB, clk *clock.Moving) *World {
	t.Helper()
	w := &World{T: t, DB: d, Clock: clk}
	w.must(w.nouns())
	dir := t.TempDir()
	var err error
	w.Sign, err = sm.OpenAuthority(dir+"/seals", w.Keys, clk)
	w.must(err)
	folder, err := blob.NewFolder(dir + "/blob")
	w.must(err)
	t.Cleanup(func() { folder.Close() })
	w.Blobs = folder
	w.Calendar = calendar.NewService(d)
	w.Casework = casework.New(d, casework.Options{Catalog: w.Catalog, Party: w.Party, Keys: w.Keys, Blobs: w.Blobs,
		Calendar: w.Calendar.Table, Limits: Limits, BaseURL: "http://127.0.0.1:8080"})
	return w
}

// nouns are those that the city is seeded through.
func (w *World) nouns() (err error) {
	w.Keys, err = keys()
	w.Org = org.New(w.DB)
	// One pass over 64 KiB: sign-in is not what these tests are about.
	w.Staff = staff.New(w.DB, staff.Options{PartiesOf: party.OfAccount, Hasher: secret.New(64, 1)})
	w.Party = party.New(w.DB, w.Keys, w.Staff)
	w.Catalog = catalog.New(w.DB)
	return err
}

// Limits are the upload limits of a World.
var Limits = casework.Limits{FileBytes: 20 << 20, CaseBytes: 200 << 20, Files: 100}

func (w *World) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Actor is who a demonstration login stands for.
func (w *World) Actor(login string) staff.Actor {
	w.T.Helper()
	var accountID string
	w.must(w.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		accountID, err = staff.IDOfLogin(tx, login)
		return err
	}))
	a, err := w.Staff.ActorOf(context.Background(), accountID)
	w.must(err)
	return a
}

// Matter is the published matter whose name contains the words.
func (w *World) Matter(name string) *catalog.Implementation {
	w.T.Helper()
	snap, err := w.Catalog.Snapshot(context.Background())
	w.must(err)
	for _, e := range snap.Entries() {
		if e.Impl.Status == catalog.Published && strings.Contains(e.Impl.Name, name) {
			return e.Impl
		}
	}
	w.T.Fatalf("no published matter is called %s", name)
	return nil
}

// Food is the matter that most tests use: 食品经营许可, on the standard flow.
func (w *World) Food() *catalog.Implementation { return w.Matter("食品经营许可") }

// PDF is a small file that is really a PDF.
var PDF = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" +
	"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n" +
	"trailer<</Size 3/Root 1 0 R>>\nstartxref\n98\n%%EOF\n")

// partyFor is the company of whoever has one, where the matter serves companies.
func partyFor(who staff.Actor, impl *catalog.Implementation) string {
	if impl.Serves(catalog.Enterprise) {
		return who.PartyIDs[len(who.PartyIDs)-1]
	}
	return who.PartyIDs[0]
}

// Draft is a complete draft of the matter, filled from its published example,
// with a file for every material.
func (w *World) Draft(who staff.Actor, impl *catalog.Implementation) string {
	w.T.Helper()
	ctx := context.Background()
	draftID, err := w.Casework.StartDraft(ctx, who, casework.StartDraft{ImplementationID: impl.ID,
		ApplicantID: partyFor(who, impl), Channel: casework.Online})
	w.must(err)
	d, _, err := w.Casework.Draft(ctx, who, draftID)
	w.must(err)
	for k, v := range impl.ExampleFor(calendar.DayOf(w.Clock.Now())) {
		if d.Values[k] == "" {
			d.Values[k] = v
		}
	}
	_, err = w.Casework.SaveDraft(ctx, who, casework.SaveDraft{DraftID: draftID, Values: d.Values})
	w.must(err)
	for _, m := range impl.Materials {
		if !m.Shared && casework.Takes(m, "pdf") {
			w.Attach(who, draftID, m.No)
		}
	}
	return draftID
}

// Attach uploads a small PDF.
func (w *World) Attach(who staff.Actor, ownerID, material string) casework.File {
	w.T.Helper()
	f, err := w.Casework.Attach(context.Background(), who, casework.Attach{OwnerID: ownerID, Material: material,
		Name: "材料.pdf", Size: int64(len(PDF)), Content: bytes.NewReader(PDF)})
	w.must(err)
	return f
}

// Submit is a received case of the matter, applied for by 李娜 for her company.
func (w *World) Submit(impl *catalog.Implementation) *casework.Case {
	w.T.Helper()
	return w.SubmitAs("lina", impl)
}

// SubmitAs is a received case of the matter, applied for by whoever signs in so.
func (w *World) SubmitAs(login string, impl *catalog.Implementation) *casework.Case {
	w.T.Helper()
	who := w.Actor(login)
	r, err := w.Casework.Submit(context.Background(), who, casework.Submit{DraftID: w.Draft(who, impl), Declared: true})
	w.must(err)
	return w.Case(r.CaseID)
}

// Read looks into the store.
func (w *World) Read(fn func(*db.Tx) error) {
	w.T.Helper()
	w.must(w.DB.Read(context.Background(), fn))
}

// Count is what the navigation of an officer's pages shows as waiting.
func (w *World) Count(ask func(staff.Actor, *int) []db.Ask, who staff.Actor) (n int) {
	w.Read(func(tx *db.Tx) error { return tx.Together(ask(who, &n)...) })
	return n
}

// Case is the case as it stands in the store.
func (w *World) Case(caseID string) (c *casework.Case) {
	w.T.Helper()
	w.must(w.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		c, err = casework.ByID(tx, caseID)
		return err
	}))
	return c
}

// Seen is the case in the version in which it stands.
func Seen(c *casework.Case) casework.Seen { return casework.Seen{CaseID: c.ID, Version: c.Version} }

// Walk takes a received case along its flow until the act waits, with the
// ordinary outcome at every step.
func (w *World) Walk(c *casework.Case, until flow.Act) *casework.Case {
	w.T.Helper()
	impl, err := w.Catalog.ByID(context.Background(), c.ImplementationID)
	w.must(err)
	for range 20 {
		c = w.Case(c.ID)
		if len(c.Flow.Open) == 0 {
			return c
		}
		step, _ := impl.Flow.Step(c.Flow.Open[0].Step) // the first branch first
		if step.Act == until {
			return c
		}
		w.must(w.Step(c, step))
	}
	w.T.Fatalf("case did not reach %s", until)
	return nil
}

// officers are the demonstration officers of bodies other than the approval
// bureau, by body; the role follows. A township has one for everything.
var officers = map[string]string{"dz-zjj": "zj-", "dz-zrgh": "gh-", "dz-gaj": "ga-", "dz-xfj": "xf-", "dz-wlj": "wl-"}

// Officer is the demonstration officer who does an open step.
func (w *World) Officer(c *casework.Case, step flow.Step) staff.Actor {
	w.T.Helper()
	token, _ := c.Flow.Token(step.Key)
	body := c.SubjectAt(token).BodyID
	switch step.Act {
	case flow.Accept, flow.Deliver: // the hall's
	default:
		if strings.HasPrefix(body, "dz-t") {
			return w.Actor("town")
		}
		return w.Actor(officers[body] + step.Role)
	}
	return w.Actor(step.Role)
}

// Step completes the open step with its ordinary outcome, by the demonstration
// officer of its role and body.
func (w *World) Step(c *casework.Case, step flow.Step) error {
	ctx, who := context.Background(), w.Officer(c, step)
	switch step.Act {
	case flow.Accept:
		return w.Casework.Accept(ctx, who, casework.Accept{Seen: Seen(c)})
	case flow.Examine, flow.Review, flow.Opine:
		return w.Casework.Advance(ctx, who, casework.Advance{Seen: Seen(c), Spot: casework.Spot{Step: step.Key}, Act: step.Act,
			Outcome: flow.Support, Opinion: "符合条件，建议准予。"})
	case flow.Meet:
		return w.Casework.HoldMeeting(ctx, who, casework.HoldMeeting{Seen: Seen(c), Outcome: flow.Support, Minutes: w.Minutes(c)})
	case flow.Decide:
		return w.Casework.Decide(ctx, who, casework.Decide{Seen: Seen(c), Grant: true, Opinion: "同意。"})
	case flow.Issue:
		return w.IssueBy(who, Seen(c))
	case flow.Deliver:
		return w.Casework.Deliver(ctx, who, casework.Deliver{Seen: Seen(c), Way: casework.ByWindow,
			Code: w.Casework.PickupCode(c), SignedBy: "李娜"})
	}
	return nil
}

// IssueBy closes the issuing step without making a licence.
func (w *World) IssueBy(who staff.Actor, seen casework.Seen) error {
	return w.DB.Act(context.Background(), func(tx *db.Tx) error {
		i, err := w.Casework.BeginIssue(tx, who, seen)
		if err != nil {
			return err
		}
		return w.Casework.FinishIssue(i, nil)
	})
}

// Minutes are those of a meeting today to which everybody came and agreed.
func (w *World) Minutes(c *casework.Case) casework.Minutes {
	m := casework.Minutes{On: calendar.DayOf(w.Clock.Now()), Place: "政务服务中心三楼会议室", Chair: "张伟", Text: "与会各方认为申请符合法定条件。"}
	for _, body := range append([]string{c.BodyID}, c.Flow.Bodies()...) {
		m.Attendees = append(m.Attendees, casework.Attendee{BodyID: body, Person: "参会人员", Stance: flow.Support})
	}
	return m
}

// Kept fails the test unless the case keeps that a rule refused an act with the code.
func (w *World) Kept(caseID, code string) {
	w.T.Helper()
	all, err := w.Casework.Refusals(context.Background(), w.Actor("supervisor"), caseID)
	w.must(err)
	var codes []string
	for _, r := range all {
		if r.Code == code && r.Law != "" {
			return
		}
		codes = append(codes, r.Code)
	}
	w.T.Errorf("%s is not kept, only %v", code, codes)
}
