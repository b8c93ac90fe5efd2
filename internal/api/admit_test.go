package api

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/guard"
)

const someID = "00000000000000000000000000"

// somewhere is the path of an operation with something in its places.
func (c *call) somewhere() string {
	path := strings.NewReplacer("{id}", someID, "{material}", "002", "{code}", "11130682MB990001354130190001000").Replace(c.path)
	query := map[string]string{"get-progress": "?number=X&code=Y", "verify-licence": "?reference=X"}[c.id]
	return Prefix + path + query
}

func (c *call) public() bool { return len(c.needs) == 0 }

// Over all operations: without a token, with a bad one, and with one that lacks
// the permission, nothing is told and nothing is done.
func TestNobodyGetsInWithoutARightfulToken(t *testing.T) {
	s := sqlite(t)
	ctx := context.Background()
	revokedID, revoked := s.issue("lina", 30, staff.Permissions()...)
	if err := s.Staff.RevokeToken(ctx, s.Actor("sysadmin"), staff.RevokeToken{TokenID: revokedID}); err != nil {
		t.Fatal(err)
	}
	_, expired := s.issue("lina", 1, staff.Permissions()...)
	s.Clock.Advance(25 * time.Hour)
	narrow := s.token("lina", staff.CaseRate) // permits none of these
	nobody := s.token("auditor")              // an officer without cases
	if len(s.api.calls) < 25 {
		t.Fatalf("%d operations", len(s.api.calls))
	}
	for _, c := range s.api.calls {
		path := c.somewhere()
		for _, bad := range []string{revoked, expired, "ow_nonsense", "a b", "ow_" + strings.Repeat("x", 600)} {
			r := s.call(c.method, path, bad, nil)
			r.refused(401, "api.token_invalid")
			if r.Header.Get("WWW-Authenticate") != realm+`, error="invalid_token"` {
				t.Errorf("%s: %v", c.id, r.Header)
			}
		}
		if c.public() {
			continue
		}
		r := s.call(c.method, path, "", nil)
		r.refused(401, "api.token_missing")
		if r.Header.Get("WWW-Authenticate") != realm {
			t.Errorf("%s: %v", c.id, r.Header)
		}
		for _, lacking := range []string{narrow, nobody} {
			r := s.call(c.method, path, lacking, nil)
			r.refused(403, "permission")
			if !strings.Contains(r.Header.Get("WWW-Authenticate"), `error="insufficient_scope", scope="`+string(c.needs[0])+`"`) {
				t.Errorf("%s: %v", c.id, r.Header)
			}
		}
	}
}

// Two ways at once, other schemes, and sessions are no tokens.
func TestOnlyBearerTokens(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	get := func(change func(http.Header)) *reply {
		r, _ := http.NewRequest("GET", s.url+"/api/v1/cases", nil)
		change(r.Header)
		return s.send(r)
	}
	get(func(h http.Header) { h.Set("Authorization", "bearer "+token) }).want(200)
	get(func(h http.Header) { h.Set("Authorization", "Basic "+token) }).refused(401, "api.token_invalid")
	get(func(h http.Header) { h.Set("Authorization", token) }).refused(401, "api.token_invalid")
	get(func(h http.Header) { h["Authorization"] = []string{"Bearer " + token, "Bearer " + token} }).refused(401, "api.token_invalid")
	get(func(h http.Header) { h.Set("Cookie", "ow="+token) }).refused(401, "api.token_missing")
	s.call("GET", "/api/v1/cases?access_token="+token, "", nil).refused(401, "api.token_missing")
}

// What belongs to others does not exist, whichever operation asks for it.
func TestOthersThingsAreNotThere(t *testing.T) {
	s := sqlite(t)
	caseID, licenceID := s.issued()
	lina := s.token("lina")
	d := s.draft(lina, s.Food())
	file := into[File](s.upload("/api/v1/drafts/"+d.ID+"/materials/002/files", lina, "执照.pdf", casetest.PDF).want(201))
	docs := into[struct{ Items []DocumentLine }](s.call("GET", "/api/v1/cases/"+caseID+"/documents", lina, nil).want(200)).Items
	bodies := map[string]string{"put-values": "{}", "submit-draft": `{"declared":true}`, "sign-promise": `{"sm3":"` + strings.Repeat("0", 64) + `","agreed":true,"name":"李娜"}`, "supplement-case": "{}", "withdraw-case": `{"reason":"没有"}`}
	ids := map[string]string{"/drafts/": d.ID, "/cases/": caseID, "/documents/": docs[0].ID, "/licences/": licenceID, "/files/": file.ID}
	for login, others := range map[string]string{"wangxiaoming": s.token("wangxiaoming"), "zhaomin's own rights": s.token("zhaomin", staff.CaseRead, staff.CaseSubmit)} {
		for _, c := range s.api.calls {
			mine := ""
			for prefix, id := range ids {
				if strings.HasPrefix(c.path, prefix+"{id}") {
					mine = id
				}
			}
			if mine == "" || login != "wangxiaoming" && !strings.HasPrefix(c.path, "/drafts/") {
				continue
			}
			path := strings.Replace(c.somewhere(), someID, mine, 1)
			r := s.call(c.method, path, others, nil)
			switch {
			case c.body != nil:
				r = s.upload(path, others, "a.pdf", casetest.PDF)
			case bodies[c.id] != "":
				r = s.call(c.method, path, others, bodies[c.id], keyHeader, "k")
			}
			r.want(404)
		}
	}
	s.call("GET", "/api/v1/drafts/"+d.ID, lina, nil).want(200)
	s.call("GET", "/api/v1/cases/"+caseID, lina, nil).want(200)
}

func TestRates(t *testing.T) {
	s := sqlite(t, func(d *Deps) {
		d.Callers, d.Visitors, d.Guesses = guard.New(d.DB.Clock(), 5), guard.New(d.DB.Clock(), 4), guard.New(d.DB.Clock(), 3)
	})
	token, other := s.token("lina"), s.token("zhaomin")
	limited := func(times int, path, token string) {
		t.Helper()
		for range times {
			if r := s.call("GET", path, token, nil); r.StatusCode == 429 {
				t.Fatalf("%s: too early", path)
			}
		}
		r := s.call("GET", path, token, nil)
		r.refused(429, "too_many")
		if !regexp.MustCompile(`^[1-9]\d*$`).MatchString(r.Header.Get("Retry-After")) {
			t.Errorf("%v", r.Header)
		}
	}
	limited(5, "/api/v1/cases", token)
	s.call("GET", "/api/v1/cases", other, nil).want(200)
	limited(3, "/api/v1/progress?number=X&code=Y", "")
	s.Clock.Advance(time.Minute)
	limited(3, "/api/v1/cases", "ow_guess")
	s.Clock.Advance(time.Minute)
	limited(3, "/api/v1/progress?number=X&code=Y", token)
	s.Clock.Advance(time.Minute)
	limited(4, "/api/v1/matters", "")
}
