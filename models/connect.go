package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// ready returns the runner, and connects when there is none and the last
// attempt is long enough ago. Its error is an *Unavailable, or ctx's.
func (m *Models) ready(ctx context.Context) (*connection, error) {
	if c, err := m.current(); c != nil || err != nil {
		return c, err
	}
	select {
	case m.gate <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-m.gate }()
	if c, err := m.current(); c != nil || err != nil {
		return c, err
	}
	return m.connect(ctx)
}

// current returns the connection, or an error when it is not yet time to look
// for one, or neither.
func (m *Models) current() (*connection, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, unavailable(nil, remark.New(remark.Shutting), "")
	}
	if m.conn != nil && m.child != nil && m.child.ended() {
		m.loseLocked(fmt.Errorf("the engine ended: %w", m.child.reason()))
	}
	if m.conn == nil && time.Now().Before(m.retry) {
		return nil, m.why
	}
	return m.conn, nil
}

// connect looks for a runner once; the caller holds the gate.
func (m *Models) connect(ctx context.Context) (*connection, error) {
	c, notes, why := m.find(ctx)
	if ctx.Err() != nil {
		if c != nil {
			c.http.CloseIdleConnections()
		}
		return nil, ctx.Err()
	}
	if c != nil {
		if err := m.adopt(ctx, c); err != nil {
			c.http.CloseIdleConnections()
			why = unavailable(err, remark.New(remark.NoModelList, c.at.String()), "")
			c = nil
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notes = notes
	if c == nil {
		m.pauseLocked()
		if m.why == nil || m.why.Reason != why.Reason {
			m.log.Warn("no model runner", "reason", why.Reason)
		}
		m.why = why
		return nil, why
	}
	m.conn, m.why, m.kind = c, nil, c.kind
	m.swaps.forget("") // nothing of before is loaded in a new runner
	m.log.Info("model runner found", "kind", c.kind, "address", c.at.String(), "version", c.version)
	return c, nil
}

// find tries Ollama, then the engine. Once one of them has served, the other
// is not tried any more: its vectors would be of another space.
func (m *Models) find(ctx context.Context) (*connection, []golocal.Remark, *Unavailable) {
	m.mu.Lock()
	kind := m.kind
	m.mu.Unlock()
	var notes []golocal.Remark
	var ollama *Unavailable
	if kind != "engine" && m.o.OllamaHost != "none" {
		c, told, why := m.findOllama(ctx)
		notes = append(notes, told...)
		if c != nil {
			return c, notes, nil
		}
		ollama = why
		if kind == "ollama" || m.o.OllamaHost != "" {
			return nil, notes, why
		}
		if why.Next != "" { // something is there and cannot be used
			notes = append(notes, remark.New(remark.OllamaUnused, why.Remark()))
		}
	}
	if m.o.Executable == "" {
		return nil, notes, noEngine(m.o.NoEngine, ollama)
	}
	theirs, err := usableStore(m.o.OllamaStore)
	if err != nil {
		notes = append(notes, remark.New(remark.OllamaStoreUnused, m.o.OllamaStore, err))
	}
	c, err := m.startEngine(ctx, theirs)
	if errors.Is(err, errNoEngine) {
		return nil, notes, noEngine(m.o.NoEngine, ollama)
	}
	if err != nil {
		return nil, notes, unavailable(err, remark.New(remark.EngineStarts, remark.AsIs(err.Error())), remark.NextDoctor)
	}
	return c, notes, nil
}

var errNoEngine = errors.New("this build of golocal has no engine")

// noEngine says what to do without Ollama and without engine.
func noEngine(lack, ollama *Unavailable) *Unavailable {
	why := unavailable(errNoEngine, remark.New(remark.NoEngine), remark.NextInstall)
	if lack != nil {
		why.Reason, why.Next, why.Why, why.Then = lack.Reason, lack.Next, remark.AsIs(lack.Reason), remark.AsIs(lack.Next)
	}
	if ollama != nil {
		why.Why = remark.New(remark.BothLack, ollama.Why, why.Why)
		why.Reason = remark.Say("en", why.Why)
	}
	return why
}

// startEngine starts the engine child, ending an older one first. theirs is
// Ollama's store for it, or "".
func (m *Models) startEngine(ctx context.Context, theirs string) (*connection, error) {
	m.mu.Lock()
	old, before := m.child, m.kind == "engine"
	m.child = nil
	m.mu.Unlock()
	if old != nil {
		if err := old.close(); err != nil {
			m.log.Debug("engine ended", "err", err)
		}
	}
	socket, folder, err := socketPath(m.o.State)
	if err != nil {
		return nil, err
	}
	ch, err := startChild(m.o, theirs, socket, folder, m.log)
	if err != nil {
		return nil, err
	}
	at := socketAddress(socket)
	client, h := newClient(at)
	deadline := time.Now().Add(m.t.start)
	for {
		var said struct {
			Version   string `json:"version"`
			Build     string `json:"build"`
			Supported *bool  `json:"supported"`
		}
		if err = m.engineVersion(ctx, h, at, &said); err == nil {
			if said.Supported != nil && !*said.Supported {
				h.CloseIdleConnections()
				return nil, errors.Join(errNoEngine, ch.close())
			}
			m.mu.Lock()
			if m.closed {
				m.mu.Unlock()
				return nil, errors.Join(errors.New("golocal is shutting down"), ch.close())
			}
			m.child = ch
			if before {
				m.restarts++
			}
			m.mu.Unlock()
			return &connection{kind: "engine", at: at, version: said.Version, build: said.Build, theirs: theirs, client: client, http: h}, nil
		}
		select {
		case <-time.After(20 * time.Millisecond):
			if time.Now().Before(deadline) {
				continue
			}
			err = fmt.Errorf("it does not listen after %v: %w", m.t.start, err)
		case <-ch.done:
			err = ch.reason()
		case <-ctx.Done():
			err = ctx.Err()
		}
		h.CloseIdleConnections()
		ch.close() // its error is the one that is reported, or less telling
		return nil, err
	}
}

// adopt reads the runner's models and chooses among them.
func (m *Models) adopt(ctx context.Context, c *connection) error {
	models, err := m.list(ctx, c)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	keep := m.o.Keep
	if m.embedding.ok {
		keep = golocal.Space{Digest: m.embedding.model.Digest}
	}
	before := m.embedding
	clear(m.others)
	m.embedding = chosen(chooseEmbedding(models, m.o.Embedding, keep))
	m.chat = chosen(chooseChat(models, m.o.Chat, m.memory))
	m.checked = time.Now()
	if !before.ok || before.model.Digest != m.embedding.model.Digest {
		clear(m.canaries)
		clear(m.batch)
	}
	return nil
}

func chosen(model Model, err error) use { return use{model: model, ok: err == nil, why: err} }

// Refresh reads the runner's models again and takes up new weights: Space and
// ChatModel may differ afterwards.
func (m *Models) Refresh(ctx context.Context) error {
	c, err := m.ready(ctx)
	if err != nil {
		return err
	}
	return m.adopt(ctx, c)
}

// lose notes that the connection broke. The next call reconnects.
func (m *Models) lose(c *connection, err error) *Unavailable {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.conn == c {
		m.loseLocked(err)
	}
	if m.why != nil {
		return m.why
	}
	return unavailable(err, remark.New(remark.RunnerSilent), "")
}

func (m *Models) loseLocked(err error) {
	c := m.conn
	c.http.CloseIdleConnections()
	m.conn = nil
	then := remark.NextStartsAgain
	if c.kind == "ollama" {
		then = remark.NextSeeOllama
	}
	m.why = unavailable(err, remark.New(remark.RunnerSilentAt, c.at.String()), then)
	m.pauseLocked()
	m.log.Warn("model runner lost", "kind", c.kind, "err", err)
}

// pauseLocked puts off the next attempt: none after the first failure, then
// longer each time. m.mu is held.
func (m *Models) pauseLocked() {
	m.failures++
	pause := time.Duration(0)
	if m.failures > 1 {
		pause = min(m.t.backoff<<min(m.failures-2, 16), m.t.longest)
	}
	m.retry = time.Now().Add(pause)
}

// worked notes that the runner did its work, which ends the backoff.
func (m *Models) worked() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failures = 0
}

// do runs one request against the runner, and a second time on a new
// connection when the first broke: a crash costs one request, not the work.
func (m *Models) do(ctx context.Context, request func(*connection) error) error {
	for again := false; ; again = true {
		c, err := m.ready(ctx)
		if err != nil {
			return err
		}
		err = request(c)
		switch {
		case err == nil:
			m.worked()
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case !broken(err):
			return err
		}
		why := m.lose(c, err)
		if again || errors.Is(err, context.DeadlineExceeded) {
			return why
		}
	}
}
