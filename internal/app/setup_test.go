package app

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Any other city is set up from its own tables: its bodies and halls, the matters
// of the lines of work that it names, under its own name, none published unseen
// and nothing of the demonstration city taken for its own.
func TestAnotherCityIsSetUp(t *testing.T) {
	c, err := config.Parse([]string{"--data", t.TempDir(), "--admin-addr", ""})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(ctx, c, false, clock.NewFixed(monday), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	files := map[string][]byte{}
	for name, text := range org.CityExample() {
		files[name] = []byte(text)
	}
	city, sectors, err := org.ReadCity(files)
	if err != nil {
		t.Fatal(err)
	}
	first, err := p.SetUpCity(ctx, city, sectors)
	if err != nil || len(first) != 3 {
		t.Fatalf("%+v %v", first, err)
	}
	heads, err := p.Catalog.Drafts(ctx, staff.Machine("试"), catalog.DraftList{Limit: 200})
	if err != nil || len(heads) < 10 {
		t.Fatalf("%d drafts, %v", len(heads), err)
	}
	for _, h := range heads {
		i, err := p.Catalog.Draft(ctx, staff.Machine("试"), h.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(i.Body.ID, "yl-") || i.Publishable() || i.Power.Doubt == "" || !strings.HasPrefix(i.Windows[0].ID, "yl-hall") {
			t.Errorf("%s: %+v, doubt %q, %+v", i.Name, i.Body, i.Power.Doubt, i.Windows)
		}
		for _, part := range i.Guide(0).Parts {
			for _, f := range part.Facts {
				if strings.Contains(f.Text, "定州") && part.Key != catalog.PartExample {
					t.Errorf("%s speaks of the demonstration city: %s", i.Name, f.Text)
				}
			}
		}
		for _, s := range i.Flow.Steps() {
			if strings.HasPrefix(s.Body, "dz-") {
				t.Errorf("%s: step %s is of %s", i.Name, s.Name, s.Body)
			}
		}
	}
	unknown := append([]org.Sector{}, sectors...)
	unknown[1].Name = "算命"
	if f := fault.Of(second(p.SetUpCity(ctx, city, unknown))); f == nil || f.Code != "org.city" || f.Fields[0].Args["row"] != "3" {
		t.Errorf("an unknown line of work: %v", f)
	}
	if again, err := p.SetUpCity(ctx, city, sectors); fault.Of(err).Code != "staff.founded" {
		t.Errorf("set up twice: %+v %v", again, err)
	}
	if _, err := p.SetUp(ctx); err == nil {
		t.Error("Dingzhou over another city")
	}
	w := httptest.NewRecorder()
	p.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, "云岭县政务服务") || !strings.Contains(body, "云岭县行政审批局") || strings.Contains(body, "定州") {
		t.Errorf("%d the front page does not speak of the city", w.Code)
	}
	err = p.DB.Read(ctx, func(tx *db.Tx) error {
		_, err := org.Supervisor(tx)
		return err
	})
	if err != nil {
		t.Errorf("nobody watches: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

// The lines of work of the example are those of the collected matters.
func TestTheExampleNamesKnownSectors(t *testing.T) {
	known, err := catalog.Sectors()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(org.CityExample()[org.SectorsFile]) {
		name, _, _ := strings.Cut(line, ",")
		if name != "行业*" && !strings.Contains(strings.Join(known, "、"), name) {
			t.Errorf("no matter belongs to %s of %v", name, known)
		}
	}
}
