package app

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/evaluation"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// A history is the demonstration city's past weeks: cases in every state, made
// by the real acts under a clock that moves, never by writing tables. The same
// seed always tells the same story.
type history struct {
	*Services
	clock   *clock.Moving
	chance  *rand.Rand
	cal     *calendar.Table
	matters []*catalog.Implementation
	actors  map[string]staff.Actor
	open    []string // cases under way
	made    int
	today   calendar.Day // on which the story ends
	tale
}

// historyDays are the days that the demonstration looks back on.
const historyDays = 45

// MakeHistory lives through the past weeks up to now, with perDay new cases a
// working day, and tells progress to say. It does nothing when there are cases.
func (s *Services) MakeHistory(ctx context.Context, now time.Time, perDay int, say func(done, days int)) (int, error) {
	n := 0
	if err := s.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`select count(*) from (select 1 from cases limit 1) as any_case`).Scan(&n)
	}); err != nil || n > 0 {
		return 0, err
	}
	clk := clock.NewMoving(now)
	h := &history{Services: s.At(clk), clock: clk, chance: rand.New(rand.NewPCG(20211122, 7)), cal: s.Calendar.Table(),
		actors: map[string]staff.Actor{}, today: calendar.DayOf(now)}
	if err := h.prepare(ctx); err != nil {
		return 0, err
	}
	today := h.today
	if err := h.earlier(ctx); err != nil {
		return h.made, fmt.Errorf("the licences of years ago: %w", err)
	}
	for d := today.AddDays(-historyDays); d < today; d++ {
		if h.cal.Working(d) {
			if err := h.day(ctx, d, perDay, today); err != nil {
				return h.made, fmt.Errorf("history of %s: %w", d, err)
			}
		}
		say(int(d-today)+historyDays+1, historyDays)
	}
	return h.made, nil
}

func (h *history) prepare(ctx context.Context) error {
	snap, err := h.Catalog.Snapshot(ctx)
	if err != nil {
		return err
	}
	for _, e := range snap.Entries() {
		if e.Impl.Status == catalog.Published && e.Impl.Body.ID == "dz-spj" {
			h.matters = append(h.matters, e.Impl)
		}
	}
	for _, login := range []string{"clerk", "handler", "reviewer", "decider", "issuer", "deliverer", "host", "lina", "wangxiaoming", "zhaomin",
		"hall", "ga-handler", "xf-handler", "wl-handler", "zj-handler", "zj-reviewer", "gh-handler", "town"} {
		if h.actors[login], err = h.actor(ctx, login); err != nil {
			return err
		}
	}
	return nil
}

func (h *history) actor(ctx context.Context, login string) (a staff.Actor, err error) {
	var accountID string
	err = h.DB.Read(ctx, func(tx *db.Tx) error {
		accountID, err = staff.IDOfLogin(tx, login)
		return err
	})
	if err != nil {
		return a, err
	}
	return h.Staff.ActorOf(ctx, accountID)
}

// day moves the cases under way and takes in new applications, which wait until
// the next day.
func (h *history) day(ctx context.Context, d calendar.Day, perDay int, last calendar.Day) error {
	h.clock.Set(d.Time().Add(9 * time.Hour))
	if err := h.byItself(ctx); err != nil {
		return err
	}
	if _, err := h.Casework.Watch(ctx); err != nil {
		return err
	}
	still := h.open[:0]
	for _, caseID := range h.open {
		h.clock.Advance(time.Duration(20+h.chance.IntN(60)) * time.Second)
		ended, err := h.move(ctx, caseID)
		if err != nil {
			return err
		}
		if !ended {
			still = append(still, caseID)
		}
	}
	h.open = still
	if err := h.afterwards(ctx, d, last); err != nil {
		return err
	}
	for range perDay/2 + h.chance.IntN(perDay) {
		h.clock.Advance(time.Duration(3+h.chance.IntN(12)) * time.Minute)
		caseID, err := h.apply(ctx)
		if err != nil {
			return err
		}
		h.made++
		if h.chance.IntN(100) > 0 { // one in a hundred is forgotten, and so accepted by silence
			h.open = append(h.open, caseID)
		}
	}
	return nil
}

// byItself is what the schedule would have done by that morning.
func (h *history) byItself(ctx context.Context) error {
	for _, sweep := range []func(context.Context) (int, error){h.Casework.Deem, h.Casework.Watch, h.Licence.Lapse, h.Interest.Lapse, h.Hearing.Lapse} {
		if _, err := sweep(ctx); err != nil {
			return err
		}
	}
	return nil
}

// apply fills a matter's form from its published example and hands it in,
// online or, one time in four, on paper at a window.
func (h *history) apply(ctx context.Context) (string, error) {
	impl := h.matters[h.chance.IntN(len(h.matters))]
	applicant := h.actors[[]string{"lina", "zhaomin", "lina", "wangxiaoming"}[h.chance.IntN(4)]]
	if !impl.Serves(catalog.Person) && len(applicant.PartyIDs) == 1 {
		applicant = h.actors["lina"]
	}
	about := casework.About{Mode: h.choose(impl)}
	return h.applyFor(ctx, impl, applicant, about, h.chance.IntN(4) == 0)
}

// applyFor hands an application in for somebody.
func (h *history) applyFor(ctx context.Context, impl *catalog.Implementation, applicant staff.Actor, about casework.About, paper bool) (string, error) {
	start := casework.StartDraft{ImplementationID: impl.ID, Channel: casework.Online, ApplicantID: partyFor(applicant, impl), About: about}
	who := applicant
	if paper {
		who, start.Channel = h.actors["clerk"], casework.Window
	}
	draftID, err := h.Casework.StartDraft(ctx, who, start)
	if err != nil {
		return "", err
	}
	if err := h.fill(ctx, who, draftID, start.In(impl)); err != nil {
		return "", err
	}
	if err := h.sign(ctx, who, draftID, impl, start.Mode, applicant.Name); err != nil {
		return "", err
	}
	r, err := h.Casework.Submit(ctx, who, casework.Submit{DraftID: draftID, Declared: true})
	return r.CaseID, err
}

// partyFor is in whose name somebody applies: the company's where it may be, else
// their own.
func partyFor(applicant staff.Actor, impl *catalog.Implementation) string {
	if impl.Serves(catalog.Enterprise) {
		return applicant.PartyIDs[len(applicant.PartyIDs)-1]
	}
	return applicant.PartyIDs[0]
}

// fill completes the draft and brings its materials.
func (h *history) fill(ctx context.Context, who staff.Actor, draftID string, impl *catalog.Implementation) error {
	d, _, err := h.Casework.Draft(ctx, who, draftID)
	if err != nil {
		return err
	}
	save := casework.SaveDraft{DraftID: draftID, Values: filled(impl, d.Values, calendar.DayOf(h.clock.Now()), h.today), Paper: map[string]int{}}
	for _, m := range impl.Materials {
		switch {
		case !m.AskedOf(save.Values), casework.Follows(m, d.Mode):
		case d.Channel == casework.Window:
			save.Paper[m.No] = max(1, m.Copies)
		case casework.Takes(m, "pdf"):
			if err := h.attach(ctx, who, draftID, m); err != nil {
				return err
			}
		}
	}
	_, err = h.Casework.SaveDraft(ctx, who, save)
	return err
}

// filled completes what is known of the applicant by the published example.
// What lies ahead of the day but not of the story's end is brought before it.
func filled(impl *catalog.Implementation, known form.Values, today, end calendar.Day) form.Values {
	v := form.Values{}
	for k, x := range impl.ExampleFor(today) {
		if d, err := calendar.ParseDay(x); err == nil && d > today && d <= end {
			x = today.AddDays(-10).String()
		}
		v[k] = x
	}
	for k, x := range known {
		v[k] = x
	}
	return v
}

func (h *history) attach(ctx context.Context, who staff.Actor, ownerID string, m catalog.Material) error {
	page := samplePage(m.Name)
	_, err := h.Casework.Attach(ctx, who, casework.Attach{OwnerID: ownerID, Material: m.No, Name: m.Name + "（示例）.pdf",
		Size: int64(len(page)), Content: bytes.NewReader(page)})
	return err
}

// move takes one case one step on, or leaves it for today.
func (h *history) move(ctx context.Context, caseID string) (ended bool, err error) {
	var c *casework.Case
	if err := h.DB.Read(ctx, func(tx *db.Tx) (err error) { c, err = casework.ByID(tx, caseID); return err }); err != nil {
		return false, err
	}
	if c.Status.Ended() || h.chance.IntN(100) < 30 {
		return c.Status.Ended(), nil
	}
	if c.Status == casework.StatusSupplement {
		if h.chance.IntN(100) < 60 {
			return false, nil
		}
		return false, h.supplement(ctx, c)
	}
	impl, err := h.Catalog.ByID(ctx, c.ImplementationID)
	if err != nil {
		return false, err
	}
	impl = c.In(impl)
	if err := h.handIn(ctx, c); err != nil {
		return false, err
	}
	step, _ := impl.Flow.Step(c.Flow.Open[0].Step)
	if busy, err := h.proceed(ctx, c, impl, step); busy || err != nil {
		return false, lawful(err)
	}
	if busy, err := h.see(ctx, c, impl, step); busy || err != nil {
		return false, lawful(err)
	}
	return false, lawful(h.step(ctx, c, impl, step))
}

// lawful lets pass what happens in an office, too: a rule refuses, or somebody
// else was faster.
func lawful(err error) error {
	if f := fault.Of(err); f != nil && f.Kind != fault.KindRefused && f.Kind != fault.KindConflict {
		return err
	}
	return nil
}

func (h *history) step(ctx context.Context, c *casework.Case, impl *catalog.Implementation, step flow.Step) error {
	seen := casework.Seen{CaseID: c.ID, Version: c.Version}
	switch step.Act {
	case flow.Accept:
		return h.intake(ctx, c, impl, seen)
	case flow.Examine, flow.Review, flow.Opine:
		return h.examine(ctx, c, step, seen)
	case flow.Meet:
		return h.meet(ctx, c, seen)
	case flow.Decide:
		return h.decide(ctx, h.officer(c, step), seen)
	case flow.Issue:
		_, err := h.Licence.Issue(ctx, h.officer(c, step), licence.Issue{Seen: seen})
		return err
	case flow.Deliver:
		return h.deliver(ctx, c, seen)
	}
	return nil
}

// intake is one of the five outcomes, mostly acceptance.
func (h *history) intake(ctx context.Context, c *casework.Case, impl *catalog.Implementation, seen casework.Seen) error {
	clerk := h.actors["clerk"]
	luck := h.chance.IntN(100)
	fresh := c.CompleteAt.Equal(c.ReceivedAt)
	switch {
	case luck < 12 && fresh && impl.Registration:
		return h.giveBack(ctx, impl, seen)
	case luck < 12 && fresh:
		m := impl.Materials[len(impl.Materials)-1]
		return h.Casework.NotifySupplement(ctx, clerk, casework.NotifySupplement{Seen: seen, Items: []casework.Item{{Material: m.No,
			Name: m.Name, Problem: "上传的文件不清晰，无法辨认关键内容", Standard: "请重新提供清晰、完整的材料"}}})
	case luck < 15 && fresh:
		return h.Casework.NotCompetent(ctx, clerk, casework.NotCompetent{Seen: seen, Reasons: "经营场所位于外县，不属于本机关管辖区域",
			Basis: strings.Join(casework.BasisOf(impl), "\n"), Competent: "经营场所所在地县级人民政府行政审批部门"})
	case luck < 17 && fresh:
		return h.Casework.Withdraw(ctx, h.actors["clerk"], casework.Withdraw{Seen: seen, Reason: "申请人计划有变，要求撤回申请"})
	}
	if err := h.checkPersons(ctx, c); err != nil {
		return err
	}
	return h.Casework.Accept(ctx, clerk, casework.Accept{Seen: casework.Seen{CaseID: c.ID}})
}

func (h *history) examine(ctx context.Context, c *casework.Case, step flow.Step, seen casework.Seen) error {
	who := h.officer(c, step)
	if step.Act == flow.Review && h.chance.IntN(100) < 8 && c.Flow.Open[0].Step != "examine" {
		err := h.Casework.Return(ctx, who, casework.Return{Seen: seen, From: step.Key, To: "examine", Reason: "请补充说明场所布局与图纸不一致之处"})
		if f := fault.Of(err); f == nil || f.Code != "flow.no_return" {
			return err
		}
	}
	return h.Casework.Advance(ctx, who, casework.Advance{Seen: seen, Spot: casework.Spot{Step: step.Key}, Act: step.Act, Outcome: flow.Support,
		Opinion: "经审查，申请材料齐全、符合法定形式，符合规定条件，建议准予。"})
}

// officersOf are the demonstration officers of bodies other than the approval
// bureau; the role follows.
var officersOf = map[string]string{"dz-zjj": "zj-", "dz-zrgh": "gh-", "dz-gaj": "ga-", "dz-xfj": "xf-", "dz-wlj": "wl-"}

// officer is who does an open step: of its role, at its body.
func (h *history) officer(c *casework.Case, step flow.Step) staff.Actor {
	token, _ := c.Flow.Token(step.Key)
	body := c.SubjectAt(token).BodyID
	if strings.HasPrefix(body, "dz-t") {
		return h.actors["town"]
	}
	return h.actors[officersOf[body]+step.Role]
}

// meet holds the joint review meeting; everybody who has a part comes.
func (h *history) meet(ctx context.Context, c *casework.Case, seen casework.Seen) error {
	m := casework.Minutes{On: calendar.DayOf(h.clock.Now()), Place: "政务服务中心三楼会议室", Chair: "张伟", Text: "与会各方认为申请符合法定条件，同意。"}
	for _, body := range append([]string{c.BodyID}, c.Flow.Bodies()...) {
		m.Attendees = append(m.Attendees, casework.Attendee{BodyID: body, Person: "参会人员", Stance: flow.Support})
	}
	return h.Casework.HoldMeeting(ctx, h.actors["reviewer"], casework.HoldMeeting{Seen: seen, Minutes: m, Outcome: flow.Support})
}

// deliver hands the result over, and some applicants rate what they met with.
func (h *history) deliver(ctx context.Context, c *casework.Case, seen casework.Seen) error {
	err := h.Casework.Deliver(ctx, h.actors["deliverer"], casework.Deliver{Seen: seen, Way: casework.ByWindow,
		Code: h.Casework.PickupCode(c), SignedBy: c.ApplicantName})
	if err != nil || c.AgentID == "" || h.chance.IntN(100) < 40 {
		return err
	}
	grade := []int{1, 1, 1, 1, 2, 2, 3, 4}[h.chance.IntN(8)]
	return h.Evaluation.Rate(ctx, h.applicantOf(c), evaluation.Rate{CaseID: c.ID, Grade: evaluation.Grade(grade)})
}

// applicantOf is the account that applied, or the clerk for what came on paper.
func (h *history) applicantOf(c *casework.Case) staff.Actor {
	for _, a := range h.actors {
		if c.AgentID != "" && a.AccountID == c.AgentID {
			return a
		}
	}
	return h.actors["clerk"]
}

// supplement hands in what the notice names, the way the application came.
func (h *history) supplement(ctx context.Context, c *casework.Case) error {
	who := h.applicantOf(c)
	dossier, err := h.Casework.Dossier(ctx, who, c.ID)
	if err != nil {
		return err
	}
	in := casework.SupplementCase{Seen: casework.Seen{CaseID: c.ID, Version: c.Version}, Paper: map[string]int{}}
	for _, item := range dossier.Notice.Items {
		m, _ := dossier.Impl.Material(item.Material)
		if c.Channel == casework.Window || !casework.Takes(m, "pdf") {
			in.Paper[item.Material] = 1
		} else if err := h.attach(ctx, who, c.ID, m); err != nil {
			return err
		}
	}
	h.clock.Advance(time.Minute)
	return lawful(h.Casework.Supplement(ctx, who, in))
}
