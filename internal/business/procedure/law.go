package procedure

// Citations of the rules that refuse.
const (
	lawStop     = "行政许可法第四十五条"
	lawVisit    = "行政许可法第三十四条第三款"
	lawCompete  = "行政许可法第五十三条"
	lawExamine  = "行政许可法第五十四条第一款"
	lawInspect  = "行政许可法第五十五条第二款"
	lawResult   = "行政许可法第五十五条第一款"
	lawStandard = "行政许可法第五十五条第四款"
	lawOrder    = "行政许可法第五十七条"
)
