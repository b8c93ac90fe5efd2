package catalog

import (
	"slices"
	"testing"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

// publishing saves a changed version of 食品经营许可 and tries to publish it.
func publishing(t *testing.T, s *Service, change func(*Implementation)) (id string, err error) {
	t.Helper()
	old := food(t, s)
	draft := old.Clone()
	draft.Flow.Nodes = slices.Clone(draft.Flow.Nodes)
	change(draft)
	id, err = s.SaveDraft(ctx, compiler, SaveDraft{Body: draft})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.HandOver(ctx, compiler, HandOver{ID: id, Revision: 1}); err != nil {
		return id, err
	}
	return id, s.Publish(ctx, admin, Publish{ID: id, Revision: 2, From: today.AddDays(1), Ground: GroundReform, Note: "试"})
}

func names(err error, code string) (out []map[string]string) {
	f := fault.Of(err)
	for i := 0; f != nil && i < len(f.Fields); i++ {
		if f.Fields[i].Code == code {
			out = append(out, f.Fields[i].Args)
		}
	}
	return out
}

// A version with a step that nobody could do is not published; the refusal names
// the step, the place and the role, at the body's steps and at the hall's.
func TestAStepThatNobodyCouldDoIsNotPublished(t *testing.T) {
	for name, x := range map[string]struct {
		change      func(*Implementation)
		step, where string
		role        staff.Role
	}{
		"another body": {func(i *Implementation) { i.Flow.Nodes[1].Step.Body = "dz-sfj" }, "承办", "定州市司法局", staff.Handler},
		"accepting": {func(i *Implementation) {
			i.Windows = []Window{{ID: "dz-t100-w1", HallID: "dz-t100-hall", Hall: "留早镇便民服务中心", Name: "1号"}}
		}, "受理", "留早镇便民服务中心", staff.Clerk},
		"delivering": {func(i *Implementation) {
			i.Windows = []Window{{ID: "dz-t100-w1", HallID: "dz-t100-hall", Hall: "留早镇便民服务中心", Name: "1号"}}
		}, "送达", "留早镇便民服务中心", staff.Deliverer},
		"a role that does not do the act": {func(i *Implementation) { i.Flow.Nodes[2].Step.Role = string(staff.Deliverer) }, "审核", "定州市行政审批局", staff.Deliverer},
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := dbtest.SQLite(t, schema.FS)
			s, _ := staffed(t, d)
			_, err := publishing(t, s, x.change)
			refuses(t, name, err, fault.Refused("catalog.not_publishable", ""))
			want := map[string]string{"step": x.step, "body": x.where, "role": string(x.role)}
			if got := names(err, "flow.nobody"); !slices.ContainsFunc(got, func(a map[string]string) bool { return mapsEqual(a, want) }) {
				t.Errorf("%v does not name %v", got, want)
			}
		})
	}
}

func mapsEqual(a, b map[string]string) bool { return toJSON(a) == toJSON(b) }

// 行政许可法第三十五条: it is enough that one township can examine first; those
// that cannot are named. When the last officer goes, it is refused.
func TestTheLowerBodyNeedsSomebodySomewhere(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, people := staffed(t, d)
		reported, _ := flow.Builtin("reported")
		id, err := publishing(t, s, func(i *Implementation) {
			i.Flow = reported
			i.Flow.Nodes[1].Step.Days, i.Flow.Nodes[2].Step.Days, i.Flow.Nodes[3].Step.Days = 2, 2, 1
		})
		if err != nil {
			t.Fatal(err)
		}
		i, err := s.ByID(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		var lacking []string
		look := func(fn func(*db.Tx) error) {
			t.Helper()
			if err := d.Read(ctx, fn); err != nil {
				t.Fatal(err)
			}
		}
		look(func(tx *db.Tx) (err error) { lacking, err = unmanned(tx, i); return err })
		if slices.Contains(lacking, "定州市清风店镇人民政府") || !slices.Contains(lacking, "定州市留早镇人民政府") {
			t.Errorf("lacking: %v", lacking)
		}
		var town string
		look(func(tx *db.Tx) (err error) { town, err = staff.IDOfLogin(tx, "town"); return err })
		if err := people.SetActive(ctx, staff.Machine("测试"), staff.SetActive{AccountID: town}); err != nil {
			t.Fatal(err)
		}
		err = s.CheckFlow(ctx, i)
		if got := names(err, "flow.nobody"); len(got) != 1 || got[0]["step"] != "下级初审" {
			t.Errorf("%v %v", got, err)
		}
	})
}

// Whom a process keeps apart must not be one person.
func TestTwoStepsKeptApartNeedTwoPeople(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	s, _ := staffed(t, d)
	_, err := publishing(t, s, func(i *Implementation) {
		i.Flow.Nodes[1].Step.Body, i.Flow.Nodes[1].Step.Role, i.Flow.Nodes[1].Step.Act = "dz-t101", string(staff.Reviewer), flow.Review
		i.Flow.Nodes[2].Step.Body = "dz-t101"
	})
	if got := names(err, "flow.alone"); len(got) != 1 || got[0]["person"] != "彭勇" {
		t.Errorf("%v %v", got, err)
	}
}

func TestChanges(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	old := food(t, seeded(t, d))
	if got := Changes(old, old.Clone()); len(got) != 0 {
		t.Errorf("nothing was changed: %v", got)
	}
	next := old.Clone()
	next.Promised = working(7, old.Statutory.Start)
	next.Materials = next.Materials[1:]
	next.Conditions = append(slices.Clone(next.Conditions), Condition{Text: "有食品安全管理员"})
	next.Form.Sections[0].Fields[0].Help = "照营业执照填写"
	seen := map[Part]int{}
	for _, x := range Changes(old, next) {
		seen[x.Part]++
		if x.Part == PartMaterials && (x.After != "" || x.Before == "") || x.Part == PartLimits && x.After == "" {
			t.Errorf("%+v", x)
		}
	}
	for _, p := range []Part{PartLimits, PartMaterials, PartConditions, PartForm} {
		if seen[p] != 1 {
			t.Errorf("%s: %d", p, seen[p])
		}
	}
	if first := Changes(nil, old); len(first) < 30 {
		t.Errorf("of a first version everything is new: %d", len(first))
	}
	next.Flow.Nodes = slices.Clone(next.Flow.Nodes)
	next.Flow.Nodes[1].Step.Days = 3
	steps := StepChanges(old.Flow, next.Flow)
	if len(steps) != 1 || steps[0].Before == nil || steps[0].After.Days != 3 {
		t.Errorf("%v", steps)
	}
	next.Flow.Nodes = slices.Delete(next.Flow.Nodes, 1, 2)
	if steps := StepChanges(old.Flow, next.Flow); len(steps) != 1 || steps[0].After != nil {
		t.Errorf("%v", steps)
	}
}
