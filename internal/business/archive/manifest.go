package archive

import (
	"time"
)

// formatName is the first line of every manifest.
const formatName = "onewindow-archive/1"

// Names in a package that are not among its files.
const (
	manifestFile  = "manifest.json"
	signatureFile = "manifest.sig"
	signerFile    = "signer.pem"
	rootFile      = "root.pem"
)

// Manifest (清单) says what a package holds.
type Manifest struct {
	Format   string    `json:"format"`
	Standard string    `json:"standard"`
	Demo     string    `json:"demo,omitempty"`
	ID       string    `json:"id"`
	N        int       `json:"n"`
	MadeAt   time.Time `json:"made_at"`
	Metadata Metadata  `json:"metadata"`
	Steps    []Step    `json:"steps"`
	Files    []File    `json:"files"`
	// Lacks are what should be there and could not be had, with the reason.
	Lacks []Lack `json:"lacks,omitempty"`
}

// Metadata (元数据) of the case as a whole.
type Metadata struct {
	CaseNumber  string `json:"case_number"`
	Matter      string `json:"matter"`
	MatterCode  string `json:"matter_code"`
	Applicant   string `json:"applicant"`
	Body        string `json:"body"`
	BodyCode    string `json:"body_code"`
	Channel     string `json:"channel"`
	Purpose     string `json:"purpose"`
	Status      string `json:"status"`
	ReceivedAt  string `json:"received_at"`
	AcceptedAt  string `json:"accepted_at,omitempty"`
	DecidedAt   string `json:"decided_at,omitempty"`
	ConcludedAt string `json:"concluded_at,omitempty"`
	Prior       string `json:"prior,omitempty"`
	Retention   string `json:"retention"`
}

// Step is one of the standard's steps, in order.
type Step struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
	Note string    `json:"note"`
}

// File is one file of a package.
type File struct {
	Path  string `json:"path"`
	Title string `json:"title"`
	Kind  string `json:"kind"` // metadata history form material document result
	Size  int64  `json:"size"`
	SM3   string `json:"sm3"`
}

// Lack is a file that could not be had.
type Lack struct {
	Title  string `json:"title"`
	Reason string `json:"reason"`
}
