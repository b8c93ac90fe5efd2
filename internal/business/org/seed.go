package org

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"onewindow/internal/kit/db"
)

// dingzhou holds Dingzhou's divisions, bodies, halls and windows. The codes of
// the bodies are made up (right check characters, serial MB99…).
//
//go:embed dingzhou.json
var dingzhou []byte

// City is a whole organisation: divisions, bodies in the order of lists, halls and
// windows. Its first body runs the platform (主办单位).
type City struct {
	Divisions []Division
	Bodies    []Body
	Halls     []Hall
	Windows   []Window
}

// Seed brings Dingzhou's organisation into the store. It may be run again: a
// row that is there is brought up to date, none is removed.
func (s *Service) Seed(ctx context.Context) error {
	c, err := readCity(dingzhou)
	if err != nil {
		return err
	}
	return s.ImportCity(ctx, c)
}

func (c City) save(tx *db.Tx) {
	for _, d := range c.Divisions {
		saveDivision(tx, d)
	}
	for _, b := range parentsFirst(c.Bodies) {
		saveBody(tx, b)
	}
	for _, h := range c.Halls {
		saveHall(tx, h)
	}
	for _, w := range c.Windows {
		saveWindow(tx, w)
	}
}

// parentsFirst puts the bodies that others refer to before them.
func parentsFirst(all []Body) []Body {
	var top, below []Body
	for _, b := range all {
		if b.ParentID == "" {
			top = append(top, b)
		} else {
			below = append(below, b)
		}
	}
	return append(top, below...)
}

// row is one line of the seed file; each list uses the fields it needs.
type row struct {
	ID, Code, USCC, Name, Short, Kind, Parent, Division string
	Body, Hall, Number, Address, Hours, Phone           string
	HoursSample                                         bool `json:"hours_sample"`
	Level                                               int
	Remedies                                            Remedies
	Source, Confidence                                  string
}

func readCity(data []byte) (City, error) {
	var file struct{ Divisions, Bodies, Halls, Windows []row }
	if err := json.Unmarshal(data, &file); err != nil {
		return City{}, fmt.Errorf("read seed of the organisation: %w", err)
	}
	var c City
	for _, r := range file.Divisions {
		c.Divisions = append(c.Divisions, Division{r.Code, r.Name, r.Kind, r.Parent, r.origin()})
	}
	for i, r := range file.Bodies {
		c.Bodies = append(c.Bodies, r.body(i+1))
	}
	for i, r := range file.Halls {
		c.Halls = append(c.Halls, r.hall(i+1))
	}
	for _, r := range file.Windows {
		c.Windows = append(c.Windows, r.window())
	}
	return c, nil
}

func (r row) origin() Origin {
	return Origin{Source: r.Source, Confidence: r.Confidence, Sample: r.Confidence == "low"}
}

func (r row) body(position int) Body {
	return Body{ID: r.ID, USCC: r.USCC, USCCSample: true, Name: r.Name, Short: r.Short, Kind: Kind(r.Kind), Level: r.Level,
		ParentID: r.Parent, Division: r.Division, Active: true, Position: position, Remedies: r.Remedies, Origin: r.origin()}
}

func (r row) hall(position int) Hall {
	return Hall{ID: r.ID, BodyID: r.Body, Name: r.Name, Division: r.Division, Address: r.Address, Hours: r.Hours,
		HoursSample: r.HoursSample, Phone: r.Phone, Active: true, Position: position, Origin: r.origin()}
}

func (r row) window() Window {
	return Window{ID: r.ID, HallID: r.Hall, BodyID: r.Body, Number: r.Number, Name: r.Name, Kind: WindowKind(r.Kind),
		Active: true, Origin: r.origin()}
}
