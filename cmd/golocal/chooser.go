package main

import (
	"context"
	"net/http"
	"os"

	"golocal"
	"golocal/models"
	"golocal/web"
)

// chooser is the app as web.Chooser.
type chooser struct{ a *app }

// variables stand above the config's keys.
var variables = map[models.Capability]struct{ key, env string }{
	models.Embedding: {"embedding-model", "GOLOCAL_EMBEDDING_MODEL"},
	models.Chat:      {"chat-model", "GOLOCAL_CHAT_MODEL"},
}

func (c chooser) Switch(ctx context.Context, name, what string) (web.Switch, error) {
	plan, _, err := c.plan(ctx, name, what)
	return plan, err
}

// plan tells what using a model would mean, and its space if it makes vectors.
func (c chooser) plan(ctx context.Context, name, what string) (web.Switch, models.Model, error) {
	job := models.Capability(what)
	var m models.Model
	if name != "" {
		var err error
		if m, err = c.a.models.Candidate(ctx, job, name); err != nil {
			return web.Switch{}, m, useProblem(err)
		}
		name, job = m.Name, m.Capability
	}
	plan := web.Switch{Name: name, For: string(job)}
	if os.Getenv(variables[job].env) != "" {
		plan.Overridden = variables[job].env
	}
	if job == models.Chat {
		if now, ok := c.a.models.ChatModel(); ok {
			plan.Before = now.Name
		}
		return plan, m, nil
	}
	if space, ok := c.a.models.Space(); ok {
		plan.Before = space.Model
	}
	if name == "" || plan.Overridden != "" {
		return plan, m, nil
	}
	now, ok := c.a.index.Space()
	if b, building := c.a.index.Building(); building && !sameVectors(b.Space(), m) {
		plan.Stops = b.Space().Model
	}
	if ok && sameVectors(now, m) {
		return plan, m, nil
	}
	stats, err := c.a.index.Stats(ctx)
	if err != nil {
		return plan, m, err
	}
	if ok && stats.Vectors > 0 {
		plan.Meanwhile = now.Model
	}
	if plan.Passages, err = c.a.index.Lacking(ctx, spaceOf(m)); err != nil {
		return plan, m, err
	}
	if perSecond := c.a.embedding.perSecond(); perSecond > 0 {
		plan.Seconds = float64(plan.Passages) / perSecond
		if now, err := c.a.models.Find(ctx, plan.Before); err == nil && now.Parameters > 0 && m.Parameters > 0 {
			plan.Seconds *= m.Parameters / now.Parameters // the work of a pass grows with the weights
		}
	}
	return plan, m, nil
}

// sameVectors tells whether a model's vectors are those of a space.
func sameVectors(s golocal.Space, m models.Model) bool {
	return s.Digest == m.Digest && s.Dims == m.Dims && s.QueryPrefix == m.QueryPrefix && s.DocumentPrefix == m.DocumentPrefix
}

// spaceOf is what tells a model's vectors from others'.
func spaceOf(m models.Model) golocal.Space {
	return golocal.Space{Model: m.Name, Digest: m.Digest, Dims: m.Dims, QueryPrefix: m.QueryPrefix, DocumentPrefix: m.DocumentPrefix}
}

func (c chooser) Use(ctx context.Context, name, what string) (web.Switch, error) {
	plan, _, err := c.plan(ctx, name, what)
	if err != nil {
		return plan, err
	}
	job := models.Capability(plan.For)
	if err := setConfig(c.a.c.paths.Config, variables[job].key, plan.Name); err != nil {
		return plan, &web.Problem{Status: http.StatusInternalServerError, Code: "config", Message: err.Error(), Next: "mend the file, or set " + variables[job].key + " there yourself"}
	}
	if plan.Overridden != "" {
		return plan, nil
	}
	if job == models.Chat {
		if err := c.a.models.Use(ctx, job, plan.Name); err != nil {
			return plan, useProblem(err)
		}
		return plan, nil
	}
	err = c.a.change(func() error {
		if err := c.a.models.Use(ctx, job, plan.Name); err != nil {
			return useProblem(err)
		}
		return c.a.want(ctx)
	})
	c.a.nudge()
	if err == nil {
		err = c.remember(plan)
	}
	return plan, err
}

// remember keeps the model before, for going back. Giving up what is being built
// leaves none: the one before that answers again.
func (c chooser) remember(plan web.Switch) error {
	switch {
	case plan.Name == "" || plan.Before == plan.Name:
		return nil
	case plan.Stops != "" && plan.Passages == 0:
		return c.a.c.paths.noteBefore("")
	case plan.Stops != "" && plan.Meanwhile != "":
		return c.a.c.paths.noteBefore(plan.Meanwhile)
	}
	return c.a.c.paths.noteBefore(plan.Before)
}

func (c chooser) Unload(ctx context.Context, name string) error {
	if err := c.a.models.Unload(ctx, name); err != nil {
		return modelProblem(err)
	}
	return nil
}

// useProblem is modelProblem for a model that is there and cannot do the job.
func useProblem(err error) error {
	p, ok := modelProblem(err).(*web.Problem)
	if ok && p.Code == "not_found" {
		p.Next = "golocal models lists what is installed and what it can do; golocal models pull NAME fetches another"
	}
	if ok {
		return p
	}
	return err
}
