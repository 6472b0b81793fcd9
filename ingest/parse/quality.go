package parse

type verdict int

const (
	readable verdict = iota
	blank
	garbled
)

func judge(lines []string) verdict {
	if len(lines) == 0 {
		return blank
	}
	return readable
}
