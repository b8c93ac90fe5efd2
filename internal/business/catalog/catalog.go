// Package catalog is 事项: what the government handles and how. An Item is a
// matter of the basic directory (基本目录); an Implementation (实施清单) says how
// one body implements it, version by version. A version never changes once it
// is published, and a running case keeps the version it began with, so every
// question about a case can be answered from the text that was in force then.
//
// Guides, forms, check lists, printed notices and the API are all made from
// the same version: there is no second place where a limit or a material is
// written down.
package catalog

import "slices"

// Item is 政务服务事项: one matter of the basic directory.
type Item struct {
	// Code is the basic code (基本编码, 12 characters): 2 for the state or the
	// province, 2 for the kind, 5 for the main item, 3 for the sub-item.
	Code string `json:"code"`
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
	// Listed says that the matter stands in the public directory, also while
	// its guide is not complete.
	Listed bool `json:"listed"`
	// Split says that only the sub-items (子项) of this main item are handled.
	Split bool `json:"split,omitempty"`
	// Aliases are the words people use for the matter (开饭店).
	Aliases []string `json:"aliases,omitempty"`
	// Source says where the matter and its code come from.
	Source Provenance `json:"source"`
	// Version counts the saves of the entry; 0 while it is not in the directory.
	Version int64 `json:"-"`
}

// Main is the code of the main item (主项) that a sub-item belongs to.
func (i Item) Main() string { return i.Code[:9] + "000" }

// Kind is 事项类型 as GB/T 39046-2020 appendix A.1 numbers it.
type Kind string

// The kinds of matters.
const (
	Licensing     Kind = "01" // 行政许可
	Payment       Kind = "05" // 行政给付
	Confirmation  Kind = "07" // 行政确认
	Reward        Kind = "08" // 行政奖励
	Adjudication  Kind = "09" // 行政裁决
	OtherPower    Kind = "10" // 其他行政权力, 备案 among them
	PublicService Kind = "20" // 公共服务
)

var kindNames = map[Kind]string{
	Licensing: "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", Payment: "行政给付", "06": "行政检查",
	Confirmation: "行政确认", Reward: "行政奖励", Adjudication: "行政裁决", OtherPower: "其他行政权力", PublicService: "公共服务",
}

// Name is the Chinese name of the kind, "" for an unknown one.
func (k Kind) Name() string { return kindNames[k] }

// Level is 行使层级: "1" state to "6" village, "7" shared among levels.
type Level string

// County is the level of Dingzhou, a county-level city under the province.
const County Level = "4"

var levelNames = map[Level]string{"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "镇（乡、街道）级", "6": "村（社区）级", "7": "分级管理"}

// Name is the Chinese name of the level.
func (l Level) Name() string { return levelNames[l] }

// Audience is 服务对象.
type Audience string

// Who may apply.
const (
	Person     Audience = "person"     // 自然人
	Enterprise Audience = "enterprise" // 法人和非法人组织
)

// Name is the Chinese name of the audience.
func (a Audience) Name() string {
	if a == Person {
		return "自然人"
	}
	return "法人和其他组织"
}

// Theme is 主题, by which people look for matters.
type Theme struct{ Key, Name string }

var themes = []Theme{
	{"start", "开办企业"}, {"trade", "经营许可"}, {"food", "餐饮食品"}, {"health", "医疗卫生"}, {"build", "工程建设"},
	{"land", "规划用地"}, {"transport", "交通运输"}, {"culture", "文化体育"}, {"press", "新闻出版"}, {"farm", "农林水利"},
	{"labour", "就业社保"}, {"education", "教育科研"}, {"society", "社会组织"}, {"religion", "民族宗教"}, {"safety", "安全生产"},
	{"police", "公安消防"}, {"environment", "生态环境"}, {"city", "城市管理"}, {"invest", "投资立项"},
}

// Themes are all themes in the order in which they are shown.
func Themes() []Theme { return slices.Clone(themes) }

// ThemeName is the Chinese name of a theme, "" for an unknown key.
func ThemeName(key string) string {
	for _, t := range themes {
		if t.Key == key {
			return t.Name
		}
	}
	return ""
}
