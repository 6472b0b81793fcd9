package report

import "golocal/eval"

func Run(run eval.Run, before *eval.Run, against *eval.Comparison, worst []eval.Question) ([]byte, error) {
	return nil, nil
}
