package casework

// Citations of the rules that refuse.
const (
	lawFive          = "行政许可法第三十二条第一款"
	lawNotRequired   = "行政许可法第三十二条第一款第（一）项"
	lawCompetent     = "行政许可法第三十二条第一款第（二）项"
	lawCorrect       = "行政许可法第三十二条第一款第（三）项"
	lawSupplement    = "行政许可法第三十二条第一款第（四）项"
	lawAccept        = "行政许可法第三十二条第一款第（五）项"
	lawTruth         = "行政许可法第三十一条"
	lawReasons       = "行政许可法第三十八条第二款"
	lawVisit         = "行政许可法第三十四条第三款"
	lawTogether      = "行政许可法第二十六条第二款"
	lawDelivery      = "行政许可法第四十四条"
	lawChange        = "行政许可法第四十九条"
	lawSilentRenewal = "行政许可法第五十条第二款"
	lawPost          = "民事诉讼法第九十一条"
	lawLeave         = "民事诉讼法第八十九条"
	lawElectronic    = "民事诉讼法第九十条"
	lawAnnounce      = "民事诉讼法第九十五条"
	lawFalse         = "行政许可法第七十八条"
	lawResult        = "行政许可法第五十五条第一款"
	lawExamine       = "行政许可法第五十四条第一款"
	lawCompete       = "行政许可法第五十三条第三款"
	lawOrder         = "行政许可法第五十七条"
)
