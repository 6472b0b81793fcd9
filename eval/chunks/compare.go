package chunks

import "math"

// Difference compares two runs question by question, which tells smaller
// differences from chance than the spread of each run would.
type Difference struct {
	Questions int    `json:"questions"` // that both runs asked
	Better    int    `json:"better"`    // by recall
	Worse     int    `json:"worse"`
	Recall    Paired `json:"recall"`
	Precision Paired `json:"precision"`
	IoU       Paired `json:"iou"`
}

// Paired is the mean of the differences and its uncertainty.
type Paired struct {
	Mean  float64 `json:"mean"`
	SD    float64 `json:"sd"`    // standard deviation of the differences
	Error float64 `json:"error"` // standard error of Mean: SD / √questions
}

// Compare returns by how much report is above other, over the questions (by
// their ids) that both asked.
func (r Report) Compare(other Report) Difference {
	before := make(map[string]Figures, len(other.Asked))
	for _, a := range other.Asked {
		before[a.ID] = a.Figures
	}
	var d Difference
	var recall, precision, iou []float64
	for _, a := range r.Asked {
		b, ok := before[a.ID]
		if !ok {
			continue
		}
		d.Questions++
		recall, precision, iou = append(recall, a.Recall-b.Recall), append(precision, a.Precision-b.Precision), append(iou, a.IoU-b.IoU)
		switch {
		case a.Recall > b.Recall:
			d.Better++
		case a.Recall < b.Recall:
			d.Worse++
		}
	}
	d.Recall, d.Precision, d.IoU = paired(recall), paired(precision), paired(iou)
	return d
}

func paired(values []float64) Paired {
	if len(values) == 0 {
		return Paired{}
	}
	n := float64(len(values))
	var p Paired
	for _, v := range values {
		p.Mean += v / n
	}
	for _, v := range values {
		p.SD += (v - p.Mean) * (v - p.Mean) / n
	}
	p.SD = math.Sqrt(p.SD)
	p.Error = p.SD / math.Sqrt(n)
	return p
}
