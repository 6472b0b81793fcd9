package models

import (
	"cmp"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/remark"
)

// chooseEmbedding picks the model that makes vectors: the configured one; else
// the one that the index was made with, so that a new model on the machine
// does not make every file be embedded again; else the first of the known
// families that is installed; else any embedding model. The error says why
// there is none.
func chooseEmbedding(models []Model, configured string, keep golocal.Space) (Model, error) {
	if configured != "" {
		return named(models, configured, Embedding)
	}
	var usable []Model
	for _, m := range models {
		if m.Capability == Embedding && m.Refused == "" {
			usable = append(usable, m)
		}
	}
	if len(usable) == 0 {
		return Model{}, remark.Error(ErrNoModel, remark.NoEmbeddingModel)
	}
	if keep.Digest != "" {
		if i := slices.IndexFunc(usable, func(m Model) bool { return m.Digest == keep.Digest }); i >= 0 {
			return usable[i], nil
		}
	}
	return slices.MinFunc(usable, func(a, b Model) int {
		return cmp.Or(cmp.Compare(preference(a), preference(b)), cmp.Compare(b.Size, a.Size), strings.Compare(a.Name, b.Name))
	}), nil
}

func preference(m Model) int {
	if f, ok := familyOf(m.Name, m.Family); ok {
		return f.preferred
	}
	return 1000
}

// chooseChat picks the model that writes answers: the configured one, else the
// best installed one that fits into memory (bytes; 0 is unknown). The error
// says why there is none.
func chooseChat(models []Model, configured string, memory int64) (Model, error) {
	if configured != "" {
		return named(models, configured, Chat)
	}
	best, most := Model{}, 0.0
	tooLarge := ""
	for _, m := range models {
		if m.Capability != Chat || m.Refused != "" || m.Base || notForAnswers(m.Name) {
			continue
		}
		if !m.Loaded && memory > 0 && m.Size > memory/10*7 {
			tooLarge = m.Name
			continue
		}
		if w := worth(m); w > most || w == most && best.Name != "" && m.Modified.After(best.Modified) {
			best, most = m, w
		}
	}
	switch {
	case best.Name != "":
		return best, nil
	case tooLarge != "":
		return Model{}, remark.Error(ErrNoModel, remark.ModelsTooLarge, tooLarge)
	}
	return Model{}, remark.Error(ErrNoModel, remark.NoChatModel)
}

// worth ranks chat models: more parameters answer better, up to about 9
// billion; beyond that a machine at home becomes too slow to wait for, unless
// the user names the model.
func worth(m Model) float64 {
	const enough = 9
	p := m.Parameters
	if p == 0 {
		p = float64(m.Size) / 0.6e9 // about 4.8 bits a parameter
	}
	if p > enough {
		p = enough * enough / p
	}
	name := lastSegment(m.Name)
	for _, special := range []string{"code", "math", "sql", "starcoder"} {
		if strings.Contains(name, special) {
			p *= 0.3
		}
	}
	return p
}

// notForAnswers recognises chat-shaped models that do another job.
func notForAnswers(name string) bool {
	name = lastSegment(name)
	for _, job := range []string{"guard", "shield", "rerank", "reader-lm", "ocr", "embed", "translate"} {
		if strings.Contains(name, job) {
			return true
		}
	}
	return false
}

// named finds a configured model and says what is wrong with it otherwise.
func named(models []Model, name string, want Capability) (Model, error) {
	for _, m := range models {
		if !sameModel(m.Name, importedName(name)) {
			continue
		}
		switch {
		case m.Refused != "":
			return Model{}, refused(m.Name, m.Why)
		case m.Capability != want && want == Embedding:
			return Model{}, remark.Error(ErrNoModel, remark.ModelWrites, m.Name)
		case m.Capability != want:
			return Model{}, remark.Error(ErrNoModel, remark.ModelEmbeds, m.Name)
		}
		return m, nil
	}
	if reason := remoteReason(name, "", ""); reason.Code != "" {
		return Model{}, refused(name, reason)
	}
	return Model{}, remark.Error(ErrNoModel, remark.NoModelNamed, name)
}
