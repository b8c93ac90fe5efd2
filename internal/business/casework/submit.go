package casework

import (
	"context"
	"errors"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/privacy"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Submit (提交, 收件) makes a draft a case: the application is received at this
// instant, whatever the hour (电子签名法第十一条), and the receipt is issued.
type Submit struct {
	DraftID string
	Version int // the version that was checked on the last page; 0 takes the newest
	// Declared is the applicant's statement that what is handed in is true
	// (行政许可法第三十一条); at a window it is signed on the printed form.
	Declared bool
	// Notice is the version of the notice on personal data that the last page
	// told; 0 where no page did, which takes the one in force.
	Notice int
}

// Receipt is what the person goes away with.
type Receipt struct {
	CaseID, Number string
	// Again says that the draft had been submitted before: a double click, a
	// retry, a second tab. It is the same case.
	Again bool
}

// Submit gives one case per draft however often it is called.
func (s *Service) Submit(ctx context.Context, who staff.Actor, in Submit) (Receipt, error) {
	var r Receipt
	err := s.db.Act(ctx, func(tx *db.Tx) (err error) {
		r, err = s.submit(tx, who, in)
		return err
	})
	if err != nil {
		return s.submittedMeanwhile(ctx, who, in, err)
	}
	return r, nil
}

func (s *Service) submit(tx *db.Tx, who staff.Actor, in Submit) (Receipt, error) {
	d, err := s.draftByID(tx, who, in.DraftID)
	if err != nil {
		return Receipt{}, err
	}
	if d.Status == DraftSubmitted {
		return s.receiptOf(tx, d)
	}
	impl, err := s.catalog.Load(tx, d.ImplementationID)
	if err != nil {
		return Receipt{}, err
	}
	if err := mayPrepare(tx, who, d.Channel, d.ApplicantID, impl); err != nil {
		return Receipt{}, err
	}
	files, err := filesOf(tx, d.ID)
	if err != nil {
		return Receipt{}, err
	}
	p, err := promiseOf(tx, d.ID)
	if err != nil {
		return Receipt{}, err
	}
	if err := d.submittable(in, impl, files, p, calendar.DayOf(tx.Now)); err != nil {
		return Receipt{}, err
	}
	if err := mayChoose(tx, impl, d.Variant, d.Mode, d.ApplicantID); err != nil {
		return Receipt{}, err
	}
	if err := unbarred(tx, d.ApplicantID, impl); err != nil {
		return Receipt{}, err
	}
	held, err := s.heldFor(tx, who, d, impl)
	if err != nil {
		return Receipt{}, err
	}
	told, err := privacy.Told(tx, calendar.DayOf(tx.Now), in.Notice)
	if err != nil {
		return Receipt{}, err
	}
	return s.receive(tx, who, d, d.In(impl), files, held, told)
}

// submittedMeanwhile answers the loser of a race with the winner's case; when
// nobody won, what went wrong stands, a stale draft by its own name.
func (s *Service) submittedMeanwhile(ctx context.Context, who staff.Actor, in Submit, why error) (r Receipt, err error) {
	if errors.Is(why, fault.Conflict("stale")) {
		why = fault.Conflict("draft.stale")
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := s.draftByID(tx, who, in.DraftID)
		if err != nil || d.Status != DraftSubmitted {
			return why
		}
		r, err = s.receiptOf(tx, d)
		return err
	})
	return r, err
}

func (s *Service) receiptOf(tx *db.Tx, d *Draft) (Receipt, error) {
	c, err := ByID(tx, d.CaseID)
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{CaseID: c.ID, Number: c.Number, Again: true}, nil
}

// submittable is the rule of the last page: declared, still in force, the form
// valid, the necessary materials there, what is promised signed.
func (d *Draft) submittable(in Submit, impl *catalog.Implementation, files []File, p *Promise, today calendar.Day) error {
	switch {
	case d.Status != DraftOpen:
		return fault.Conflict("draft.closed")
	case in.Version != 0 && in.Version != d.Version:
		return fault.Conflict("draft.stale")
	}
	if err := openTo(impl, d.Channel, today); err != nil {
		return err
	}
	wrong := impl.Form.Validate(d.Values, today)
	wrong = append(wrong, impl.RegistrationFaults(impl.Form.Normalize(d.Values), today)...)
	if d.Channel != Window {
		wrong = append(wrong, lackingMaterials(d.materials(d.In(impl)), d.Values, files, d.Mode)...)
	}
	wrong = append(wrong, d.signed(p, impl)...)
	if !in.Declared {
		wrong = append(wrong, fault.At("declared", "submit.declare"))
	}
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

// receive writes the case, its form, its materials, the receipt and the first
// line on the clerks' list. told is the version of the notice on personal data.
func (s *Service) receive(tx *db.Tx, who staff.Actor, d *Draft, impl *catalog.Implementation, files []File, held *Held, told int) (Receipt, error) {
	body, err := s.bodies.load(tx, impl.Body.ID)
	if err != nil {
		return Receipt{}, err
	}
	day := calendar.DayOf(tx.Now)
	seq, err := s.numbers.take(tx.Ctx, body.ID, day)
	if err != nil {
		return Receipt{}, err
	}
	c := d.newCase(who, impl, tx)
	c.Number = compose(body.Division, body.Position, day, seq)
	c.Calendar = s.calendar().Version()
	c.Flow = impl.Flow.Judge(c.Flow, d.Values)
	if c.Flow.LowerID, err = lowerOf(tx, c, impl, d.Values); err != nil {
		return Receipt{}, err
	}
	t := &Turn{tx, who, c, nil, impl, s}
	t.begin(d.Values)
	insertCase(tx, c)
	if held != nil {
		insertHeld(tx, c.ID, held)
	}
	s.insertForm(tx, c.ID, d.Values)
	d.moveMaterials(tx, c, impl, files)
	c.moveTasks(tx, &Case{}, impl, s.calendar())
	docID, err := t.Issue(c.receipt(impl), receiptFacts(d, impl, files))
	if err != nil {
		return Receipt{}, err
	}
	if err := t.promised(d.ID); err != nil {
		return Receipt{}, err
	}
	d.Status, d.CaseID = DraftSubmitted, c.ID
	s.updateDraft(tx, d)
	c.tell(tx, who, nil, Note{Kind: "case.submitted", DocumentID: docID, Data: map[string]any{"channel": c.Channel,
		"privacy_notice": told}}) // what was told (个人信息保护法第十七条), by its version
	return Receipt{CaseID: c.ID, Number: c.Number}, nil
}

func (d *Draft) newCase(who staff.Actor, impl *catalog.Implementation, tx *db.Tx) *Case {
	c := &Case{ID: id.New(), Version: 1, Status: StatusReceived, Flow: impl.Flow.Start(tx.Now), Channel: d.Channel,
		ImplementationID: impl.ID, Variant: d.Variant, ItemName: impl.Name, BodyID: impl.Body.ID, IntakeID: d.IntakeID,
		ApplicantID: d.ApplicantID, ApplicantName: d.ApplicantName, Company: d.Company, About: d.About, ReceivedAt: tx.Now,
		CompleteAt: tx.Now}
	if c.IntakeID == "" {
		c.IntakeID = hallOf(impl)
	}
	if who.Kind == staff.Applicant {
		c.AgentID = who.AccountID
	}
	return c
}

// moveMaterials lists the case's materials and hands the draft's files over.
func (d *Draft) moveMaterials(tx *db.Tx, c *Case, impl *catalog.Implementation, files []File) {
	for _, m := range d.materials(impl) {
		tx.Write(`insert into case_material (case_id, code, name, paper, reused) values ($1, $2, $3, $4, '')`,
			c.ID, m.No, m.Name, d.Paper[m.No])
	}
	if len(files) > 0 {
		tx.WriteN(len(files), `update file set owner_id = $2 where owner_id = $1`, d.ID, c.ID)
	}
}

// hallOf is the hall whose clerks take in what is applied for online.
func hallOf(impl *catalog.Implementation) string {
	if len(impl.Windows) == 0 {
		return ""
	}
	return impl.Windows[0].HallID
}
