package evaluation

// least is how many ratings must be together before anything of them is told.
const least = 5

// Counts are the ratings of each grade, the best first.
type Counts [5]int

// Total is how many ratings there are.
func (c Counts) Total() int { return c[0] + c[1] + c[2] + c[3] + c[4] }

// Bad is how many are bad (不满意、非常不满意).
func (c Counts) Bad() int { return c[3] + c[4] }

// Of is how many have the grade.
func (c Counts) Of(g Grade) int {
	if !g.Valid() {
		return 0
	}
	return c[g-1]
}

// Stars is the mean number of stars in hundredths, 0 without ratings.
func (c Counts) Stars() int {
	n, sum := c.Total(), 0
	for _, g := range Grades() {
		sum += c.Of(g) * g.Stars()
	}
	if n == 0 {
		return 0
	}
	return (sum*100 + n/2) / n
}

func (c Counts) plus(d Counts) Counts {
	for i := range c {
		c[i] += d[i]
	}
	return c
}

// figure is the counts of one matter at one body in one month.
type figure struct {
	bodyID, itemCode, itemName, month string
	counts                            Counts
}

// Cell is a group of at least five ratings of one matter at one body, over
// whole months of one year, the first and the last included (YYYY-MM).
type Cell struct {
	BodyID   string `json:"body_id"`
	ItemCode string `json:"item_code"`
	ItemName string `json:"item_name"`
	From     string `json:"from"`
	To       string `json:"to"`
	Counts   Counts `json:"counts"`
}

// release groups figures, which are ordered by body, matter and month and are
// of one year, into cells. Months go together oldest first until five ratings
// are reached, then the next cell begins; the running month waits until it is
// over. Withheld is how many ratings are in no cell yet.
func release(all []figure, running string) (cells []Cell, withheld int) {
	var open Cell
	for _, f := range all {
		if open.BodyID != f.bodyID || open.ItemCode != f.itemCode {
			withheld += open.Counts.Total()
			open = Cell{BodyID: f.bodyID, ItemCode: f.itemCode}
		}
		if f.month >= running {
			withheld += f.counts.Total()
			continue
		}
		if open.From == "" {
			open.From = f.month
		}
		open.ItemName, open.To, open.Counts = f.itemName, f.month, open.Counts.plus(f.counts)
		if open.Counts.Total() >= least {
			cells = append(cells, open)
			open = Cell{BodyID: f.bodyID, ItemCode: f.itemCode}
		}
	}
	return cells, withheld + open.Counts.Total()
}
