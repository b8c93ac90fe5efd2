// Package org knows the bodies (机构) that implement matters, the halls (大厅)
// and windows (窗口) where people meet them, and the divisions (区划) they
// belong to. Every row says where it comes from; a row without a public source
// is a sample and is shown as 示例.
package org

import "onewindow/internal/kit/db"

// Kind says what a body is.
type Kind string

// The kinds of body.
const (
	Department       Kind = "department"        // 政府工作部门
	HallOffice       Kind = "hall_office"       // 政务服务管理办公室
	Government       Kind = "government"        // 本级人民政府
	GovernmentOffice Kind = "government_office" // 政府办事机构，如督查室
	Township         Kind = "township"          // 乡镇人民政府、街道办事处
	Vertical         Kind = "vertical"          // 垂直管理或双重领导的机构
	PartyOrgan       Kind = "party_organ"       // 党委机构、纪委监委
	Institution      Kind = "institution"       // 事业单位、群团组织
	Enterprise       Kind = "enterprise"        // 公用企业
)

// Levels of 行使层级 (GB/T 39046-2020 A.2) that occur in the city.
const (
	LevelCounty   = 4
	LevelTownship = 5
)

// Origin says where a row comes from. Confidence is high, medium or low.
type Origin struct {
	Source     string `json:"source"`
	Confidence string `json:"confidence"`
	// Sample marks a row without a public source; pages show it as 示例.
	Sample bool `json:"sample"`
}

// Body (机构) implements matters in its own name.
type Body struct {
	ID         string
	USCC       string // 统一社会信用代码
	USCCSample bool   // the code is made up, with right check characters
	Name       string
	Short      string
	Kind       Kind
	Level      int // 行使层级
	ParentID   string
	Division   string // 12 digits
	Active     bool
	Position   int
	Remedies   Remedies
	Origin
}

// Hall (大厅) is a place where matters are received. Address, Hours and Phone
// are empty until they are known.
type Hall struct {
	ID          string
	BodyID      string // who runs it
	Name        string
	Division    string
	Address     string
	Hours       string
	HoursSample bool // the hours are an example, not the hall's own
	Phone       string
	Active      bool
	Position    int
	Origin
}

// WindowKind says which matters a window takes.
type WindowKind string

// The kinds of window.
const (
	Comprehensive WindowKind = "comprehensive" // 综合窗口: any matter
	Domain        WindowKind = "domain"        // 领域窗口: one body's matters
	Zone          WindowKind = "zone"          // 特色专区
)

// Window (窗口) is one counter of a hall.
type Window struct {
	ID     string
	HallID string
	BodyID string // empty at a comprehensive window
	Number string
	Name   string
	Kind   WindowKind
	Active bool
	Origin
}

// Division (区划) is the city or one of its townships.
type Division struct {
	Code   string // 12 digits
	Name   string
	Kind   string // 县级市 街道 镇 乡 民族乡
	Parent string
	Origin
}

// Service reads and seeds the organisation.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }
