package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"golocal"
	"golocal/chat"
	"golocal/chat/runs"
	"golocal/engine/runner"
	"golocal/index"
	"golocal/ingest"
	"golocal/ingest/child"
	"golocal/ingest/parse"
	"golocal/internal/remark"
	"golocal/models"
	"golocal/retrieve"
	"golocal/watch"
	"golocal/web"
)

// app is golocal at work: every room, wired. One process at a time holds it,
// by the index's lock.
type app struct {
	c         *cli
	index     *index.Index
	models    *models.Models
	watcher   *watch.Watcher
	strikes   *child.Strikes
	parser    *child.Parser
	ingester  *ingest.Ingester
	retriever *retrieve.Retriever
	server    *web.Server
	archive   archive
	runs      *runs.Runs
	downloads *models.Downloads
	turn      *turn         // work with vectors of the active space
	builds    *turn         // work with those of the one that is being built
	vectors   chan struct{} // a nudge: the embedding model may have changed
	builder   chan struct{} // another: a space may have to be built
	settings  sync.Mutex    // held while a root's are changed
	rest      rest          // of the paused roots
	manners   *manners
	count     counter
	rate      rate
	forecast  forecast
	stages    stages
	growth    *growth
	samples   samples
	evals     *evaluations
	embedding embedding
	built     built
	working   atomic.Int64          // files that a worker has
	finished  atomic.Int64          // files done since the start
	settled   atomic.Int64          // of them, when the queue was last empty
	refused   atomic.Pointer[error] // why the index does not take changes now, nil when it does
	damaged   atomic.Bool           // the index was found damaged; only a repair, which needs it closed, mends that
	scratch   string                // a folder that goes with the app, or ""
}

func (c *cli) indexOptions() index.Options {
	return index.Options{Logger: c.log, Small: c.config.Memory == "small"}
}

// openApp opens the index, finds the models and wires the rooms. Nothing runs
// before run.
// With reading an index that cannot be written is enough.
func openApp(ctx context.Context, c *cli, reading bool) (_ *app, err error) {
	lessGarbage()
	a := &app{c: c, manners: newManners(c.config.Polite), turn: newTurn(), builds: newTurn(), vectors: make(chan struct{}, 1), builder: make(chan struct{}, 1)}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	if a.index, err = c.openIndex(reading); err != nil {
		return nil, err
	}
	if a.index.ReadOnly() {
		if a.scratch, err = c.scratch(); err != nil {
			return nil, err
		}
	}
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program's file: %w", err)
	}
	options := c.modelOptions()
	options.Keep, _ = a.index.Space()
	a.models, err = models.Open(ctx, options)
	if err != nil {
		return nil, err
	}
	a.downloads = models.NewDownloads(a.models)
	if err := a.useSpace(ctx); err != nil { // before the first file is cut into passages
		return nil, err
	}
	a.watcher = watch.New(watch.Options{
		Quiet: c.config.Quiet, MaxWait: c.config.MaxWait, Rescan: c.config.Rescan,
		MaxSize: c.config.MaxFileMB << 20, Exclude: c.paths.own(), Kind: parse.TypeByName,
		Lanes:     watch.Lanes{Large: ingest.LargeFile, SmallFiles: ingest.SmallFiles, LargeFiles: ingest.LargeFiles},
		Catalogue: catalogue{a}, Tries: filepath.Join(c.paths.Run, "tries"), Log: c.log,
	})
	if a.strikes, err = child.OpenStrikes(filepath.Join(c.paths.Run, "strikes"), ingest.Version); err != nil {
		return nil, err
	}
	a.parser = child.New(child.Options{Command: []string{exe, "parse"}, Cache: c.paths.parserCache(), Aids: c.aids(), Nice: c.config.Polite != politeOff, Strikes: a.strikes, Log: c.log})
	a.ingester = ingest.New(ingest.Options{
		Store: a.index, Vectors: a.index, Embedder: paced{counted{live{a}, &a.embedding}, a.manners}, Opener: a.watcher, Parser: a.parser, Aids: a.parser.Aids.String(), Allowed: a.watcher.Allowed,
		Count: a.count.tokens, Stage: a.stages.step, Limit: c.limit, Log: c.log,
	})
	scopes := newScopes(c.paths)
	a.retriever = retrieve.New(retrieve.Options{
		Searcher: a.index, Embedder: asked{a}, Rarity: a.index, Speller: a.index, Surroundings: a.index, Vectors: a.index, Scopes: scopes.text, Log: c.log,
		Threshold: c.config.Evidence,
		Spread:    func(s golocal.Space) float64 { return models.Spread(s.Model) },
	})
	assistant := chat.New(a.chatOptions(a.models))
	a.archive = openArchive(ctx, a)
	a.growth = openGrowth(c.paths.Run)
	a.evals = newEvaluations(a)
	a.runs = runs.New(runs.Options{Answerer: assistant, Book: a.archive.book(), Support: c.config.Support, Log: c.log})
	post, err := openPostbox(a)
	if err != nil {
		return nil, err
	}
	token, err := pageToken(filepath.Join(c.paths.Run, "token"))
	if err != nil {
		return nil, err
	}
	a.server = web.New(web.Options{
		Known:  a.known,
		Token:  token,
		Runner: a.runs, Onlooker: a.runs, Conversations: a.archive, Archivist: a.archive,
		Searcher: showing{a.retriever}, Library: library{a}, Folders: folders{a}, Daemon: daemon{a}, Explainer: explainer{a}, Keeper: daemon{a}, Fetcher: downloader{a},
		Downloader: downloader{a}, Shelf: shelf{a}, Chooser: chooser{a}, Tracer: tracer{a, assistant}, Scopes: scopes, Tagger: a.index, Launcher: a.launcher(), Inbox: post,
		Surveyor: surveyor{a}, Chronicler: chronicler{a}, Suggester: suggester{a}, Evaluator: a.evals, Evaluations: a.evals,
		Version: version, Log: c.log,
	})
	return a, nil
}

// chatOptions wires an assistant whose answers generator writes.
func (a *app) chatOptions(generator chat.Generator) chat.Options {
	return chat.Options{
		Retriever: a.retriever, Refresher: freshener{a}, Generator: generator, Model: a.chatModel, Checker: a.ingester, Embedder: meanings{a}, Blocks: a.index,
		Pack: a.retriever.Pack, Count: a.count.tokens, Path: a.path, Files: files{a}, Folders: a.unread, Evidence: a.c.config.Evidence, Support: a.c.config.Support, Log: a.c.log,
	}
}

// run works until ctx ends: it watches, reads, embeds, and serves the interface
// on local without a guard. It joins everything that it starts. A daemon goes on
// with the downloads of the one before it; a command leaves them alone.
func (a *app) run(ctx context.Context, local net.Listener, daemon bool) error {
	roots, err := a.index.Roots(ctx)
	if err != nil {
		local.Close()
		if ctx.Err() != nil { // asked to stop before it began
			return nil
		}
		return err
	}
	for _, r := range roots {
		a.rest.set(r.ID, r.Paused)
		if err := a.watcher.Add(r); err != nil {
			a.c.log.Warn("root not watched", "root", r.ID, "err", err)
		}
	}
	g, group := errgroup.WithContext(ctx)
	g.Go(func() error { return web.Serve(group, local, a.server.LocalHandler()) })
	g.Go(func() error { // before the models and the files that answers are made with end
		<-group.Done()
		a.runs.Close()
		return nil
	})
	if a.index.ReadOnly() { // there is nothing else to do
		return g.Wait()
	}
	g.Go(func() error { return a.watcher.Run(group) })
	g.Go(func() error {
		a.ingester.Work(group, a.watcher.Queue().Next, a.work)
		return nil
	})
	g.Go(func() error { return a.downloads.Run(group, daemon) })
	g.Go(func() error { return a.keepVectors(group) })
	g.Go(func() error { return a.keepBuilding(group) })
	g.Go(func() error { return a.tidy(group) })
	g.Go(func() error { return a.grow(group) })
	g.Go(func() error { return a.evals.work(group) })
	g.Go(func() error { return a.archive.expire(group) })
	if err := g.Wait(); err != nil && ctx.Err() == nil { // group has always ended by now
		return err
	}
	return nil
}

// work applies a settled change.
func (a *app) work(ctx context.Context, change golocal.Change) {
	queue := a.watcher.Queue()
	a.working.Add(1)
	a.forecast.begin(change.Ref, fileLoad(change.Ref, queue.Size(change.Ref)), time.Now())
	if change.Op == golocal.Upsert { // the rest is done at once
		a.stages.begin(change.Ref, time.Now())
	}
	cut, err := a.rest.during(ctx, change.Ref.Root, func(ctx context.Context) error {
		return a.turn.run(ctx, func(ctx context.Context) error { return a.ingester.Apply(ctx, change) })
	})
	err = a.stored(err)
	a.working.Add(-1)
	a.stages.end(change.Ref)
	a.forecast.end(change.Ref, !cut && err == nil, time.Now())
	if cut || ctx.Err() != nil {
		queue.Done(change, context.Canceled)
		return
	}
	if errors.Is(err, golocal.ErrMissing) {
		err = nil // the comparison when the folder is back finds the change again
	}
	if err != nil && !errors.Is(err, golocal.ErrUnstable) { // that is recorded
		a.c.log.Warn("change not applied", "root", change.Ref.Root, "err", err)
	}
	if !queue.Done(change, err) && err != nil {
		a.giveUp(ctx, change, err)
	}
	done := a.finished.Add(1)
	if queue.Awake() == 0 {
		a.settled.Store(done)
	}
	a.rate.add(time.Now())
}

// giveUp records why a file could not be indexed when trying again has not
// helped.
func (a *app) giveUp(ctx context.Context, change golocal.Change, cause error) {
	reason := strings.ReplaceAll(cause.Error(), "\n", " ")
	doc := golocal.Document{Ref: change.Ref, State: golocal.StateFailed, Reason: reason, Indexed: time.Now()}
	if errors.Is(cause, golocal.ErrUnstable) {
		doc.State, doc.Why = golocal.StateUnstable, remark.New(remark.Moving)
		doc.Reason = remark.Say("en", doc.Why)
	}
	if err := a.index.Put(ctx, doc, nil, nil); err != nil {
		a.c.log.Error("failure not recorded", "root", change.Ref.Root, "err", err)
	}
}

// chatModel is the model that would write an answer: the one in use, or the one
// that the question names. Without a runner there is none.
func (a *app) chatModel(ctx context.Context, name string) (chat.Model, bool, error) {
	m, ok := a.models.ChatModel()
	if name != "" && !(ok && m.Name == name) {
		var err error
		m, err = a.models.Candidate(ctx, models.Chat, name)
		if _, away := errors.AsType[*models.Unavailable](err); away {
			return chat.Model{}, false, nil
		}
		if err != nil {
			return chat.Model{}, false, useProblem(err)
		}
		ok = true
	}
	return chat.Model{
		Name: m.Name, Family: m.Family, Base: m.Base, Tiny: m.Tiny, Thinks: m.Thinking, Always: m.AlwaysThinks,
		Tokens: a.models.PromptCounter(m), Window: func(ctx context.Context, need int) int { return a.models.Window(ctx, m, need) },
	}, ok, nil
}

// path is where a document lies, for people.
func (a *app) path(ref golocal.Ref) string {
	return filepath.Join(a.rootPath(ref.Root), filepath.FromSlash(ref.Path))
}

// close ends what openApp opened, in the opposite order.
func (a *app) close() error {
	var errs []error
	if a.runs != nil {
		a.runs.Close()
	}
	if a.archive.store != nil {
		errs = append(errs, a.archive.store.Close())
	}
	if a.parser != nil {
		errs = append(errs, a.parser.Close(), a.strikes.Close())
	}
	if a.models != nil {
		errs = append(errs, a.models.Close())
	}
	if a.index != nil {
		errs = append(errs, a.index.Close())
	}
	if a.scratch != "" {
		errs = append(errs, os.RemoveAll(a.scratch))
	}
	return errors.Join(errs...)
}

// modelOptions is what the config says of models.
func (c *cli) modelOptions() models.Options {
	host := c.config.Ollama
	if host == "auto" {
		host = ""
	}
	o := models.Options{
		OllamaHost: host, AllowRemote: c.config.AllowRemote,
		Store: c.paths.Models, OllamaStore: c.ollamaStore(), State: c.paths.Run,
		Offline: c.config.Offline, MaxContext: c.config.MaxContext, Embedding: c.config.EmbeddingModel, Chat: c.config.ChatModel,
		Prompts: c.config.prompts(),
		Log:     c.log,
	}
	if lack, ok := errors.AsType[*runner.Lack](runner.Usable()); ok {
		o.NoEngine = &models.Unavailable{Reason: lack.Of, Next: lack.Next}
	} else {
		o.Executable, _ = os.Executable() // without it there is no engine, and the models room says so
	}
	if c.config.NumGPU >= 0 {
		o.NumGPU = &c.config.NumGPU
	}
	return o
}
