package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"

	"golocal/internal/remark"
	"golocal/models"
	"golocal/web"
)

// shelf is the app as web.Shelf.
type shelf struct{ a *app }

func (s shelf) Installed(ctx context.Context) ([]web.Installed, error) {
	st, err := s.a.models.Status(ctx)
	if err != nil {
		return nil, err
	}
	return installedModels(st), nil
}

// jobs are the words for what models do.
var jobs = map[string]string{string(models.Embedding): "search by meaning", string(models.Chat): "writing answers"}

// inUse says of a model that it has a job.
var inUse = map[string]remark.Code{string(models.Embedding): remark.ModelInUseSearch, string(models.Chat): remark.ModelInUseAnswers}

func (s shelf) Remove(ctx context.Context, name string, force bool) (int64, error) {
	st, err := s.a.models.Status(ctx)
	if err != nil {
		return 0, err
	}
	m, err := s.a.models.Find(ctx, name)
	if err != nil {
		return 0, modelProblem(err)
	}
	if _, building := s.a.index.Building(); building && !force {
		if space, ok := s.a.index.Serving(); ok && sameVectors(space, m) {
			return 0, &web.Problem{Status: http.StatusConflict, Code: "in_use",
				Message: remark.Text(remark.ModelAnswers, m.Name), Remark: remark.New(remark.ModelAnswers, m.Name),
				Next: fmt.Sprintf("golocal status tells how far that is; or all the same: golocal models rm --force %s", m.Name)}
		}
	}
	freed := m.Size
	for _, other := range installedModels(st) {
		switch {
		case other.Name == m.Name && other.Use != "" && !force:
			return 0, &web.Problem{Status: http.StatusConflict, Code: "in_use",
				Message: remark.Text(inUse[other.Use], m.Name), Remark: remark.New(inUse[other.Use], m.Name),
				Next: fmt.Sprintf("use another first: golocal models use NAME; or all the same: golocal models rm --force %s", m.Name)}
		case other.Name != m.Name && other.Digest == m.Digest:
			freed = 0 // the same weights under another name
		}
	}
	if err := s.a.models.Remove(ctx, m.Name); err != nil {
		return 0, modelProblem(err)
	}
	return freed, nil
}

func (s shelf) Import(ctx context.Context, path, name string) iter.Seq2[web.FetchStep, error] {
	return func(yield func(web.FetchStep, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		steps := make(chan web.FetchStep)
		done := make(chan error, 1)
		go func() {
			done <- s.a.models.Import(ctx, name, path, func(p models.Progress) {
				select {
				case steps <- webStep(p):
				case <-ctx.Done():
				}
			})
		}()
		finished := false
		defer func() {
			cancel()
			if !finished {
				<-done
			}
		}()
		last := web.FetchStep{Stage: string(models.StageReady)}
		for {
			select {
			case step := <-steps:
				if step.Stage == string(models.StageReady) {
					last = step
				} else if !yield(step, nil) {
					return
				}
			case err := <-done:
				finished = true
				if err != nil {
					yield(web.FetchStep{}, modelProblem(err))
					return
				}
				s.a.nudge()
				yield(last, nil)
				return
			}
		}
	}
}

// installedModels is the list of the models room, as the interface shows it.
func installedModels(st models.Status) []web.Installed {
	out := make([]web.Installed, len(st.Models))
	for i, m := range st.Models {
		out[i] = web.Installed{
			Name: m.Name, Digest: m.Digest, Bytes: m.Size, Family: m.Family, Architecture: m.Architecture, Quant: m.Quantization,
			Context: m.Context, Capability: string(m.Capability), Template: m.Template, Thinking: m.Thinking, Base: m.Base, Tiny: m.Tiny,
			Refused: m.Refused, Note: m.Note, Modified: m.Modified, RefusedRemark: m.Why, NoteRemark: m.NoteRemark,
			Dims: m.Dims, MaxTokens: m.MaxTokens, Pooling: m.Pooling,
			QueryPrefix: m.QueryPrefix, DocumentPrefix: m.DocumentPrefix, PromptSource: m.PromptSource,
			Loaded: m.Loaded, Where: m.Where,
		}
		if m.Parameters > 0 {
			out[i].Parameters = parametersText(m.Parameters)
		}
		switch m.Name {
		case st.Embedding.Model:
			out[i].Use = string(models.Embedding)
		case st.Chat.Model:
			out[i].Use = string(models.Chat)
		}
	}
	return out
}

// modelProblem keeps what the models room says for the user.
func modelProblem(err error) error {
	if p, ok := errors.AsType[*web.Problem](err); ok {
		return p
	}
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, models.ErrRefused):
		return &web.Problem{Status: http.StatusForbidden, Code: "refused", Message: err.Error(), Remark: remark.By(err), Next: "choose a model that runs on this machine"}
	}
	if _, ok := errors.AsType[*models.Unavailable](err); !ok && errors.Is(err, models.ErrNoModel) {
		return &web.Problem{Status: http.StatusNotFound, Code: "not_found", Message: err.Error(), Remark: remark.By(err), Next: "golocal models lists what is installed"}
	}
	return &web.Problem{Status: http.StatusServiceUnavailable, Code: "model", Message: err.Error(), Remark: remark.By(err)}
}
