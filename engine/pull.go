package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/fs/ggml"
	names "github.com/ollama/ollama/types/model"
)

// pull fetches a model from a registry: Ollama's by default, which speaks the
// OCI distribution protocol (github.com/opencontainers/distribution-spec).
func (s *Server) pull(w http.ResponseWriter, r *http.Request) error {
	var req api.PullRequest
	if err := decode(w, r, maxBody, &req); err != nil {
		return err
	}
	name, err := parseName(req.Model)
	if err != nil {
		return err
	}
	if s.offline {
		return &statusError{http.StatusForbidden, fmt.Sprintf("pull %s: refused, because golocal runs offline; fetch it elsewhere and import the file", name.DisplayShortest())}
	}
	base, err := s.registryOf(name, req.Insecure)
	if err != nil {
		return err
	}
	return s.progress(w, r, req.Stream, func(report func(api.ProgressResponse) error) error {
		p := puller{
			store: s.store, client: s.client, base: base, repository: name.DisplayNamespaceModel(),
			report: report, pause: time.Second, log: s.log,
		}
		return p.pull(r.Context(), name)
	})
}

// registryOf returns the base URL of a name's registry. It is HTTPS, or HTTP on
// this machine; insecure asks for that.
func (s *Server) registryOf(name names.Name, insecure bool) (*url.URL, error) {
	base := name.BaseURL()
	if name.Host == names.DefaultName().Host {
		var err error
		if base, err = url.Parse(s.registry); err != nil {
			return nil, fmt.Errorf("registry %s: %w", s.registry, err)
		}
	}
	local := loopback(base)
	if insecure && local {
		base.Scheme = "http"
	}
	if base.Scheme != "https" && !(base.Scheme == "http" && local) {
		return nil, badRequest("insecure protocol %s: models are fetched over https only", base.Scheme)
	}
	return base, nil
}

func loopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// outbound returns the client that pulls use. It goes out directly, whatever
// proxy the environment names, and never leaves HTTPS. It speaks HTTP/1.1, in
// which each part of a blob has a connection of its own.
func outbound() *http.Client {
	dialer := net.Dialer{Timeout: 15 * time.Second}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: 15 * time.Second,
			ResponseHeaderTimeout: 30 * time.Second, IdleConnTimeout: 30 * time.Second,
			MaxIdleConnsPerHost: connections, DisableCompression: true,
		},
		CheckRedirect: onlyHTTPS,
	}
}

// onlyHTTPS refuses every redirect that is not to HTTPS, but for those from HTTP
// on this machine to HTTP on this machine.
func onlyHTTPS(req *http.Request, via []*http.Request) error {
	within := req.URL.Scheme == "http" && loopback(req.URL) && via[len(via)-1].URL.Scheme == "http"
	if req.URL.Scheme != "https" && !within {
		return fmt.Errorf("%w to %s://%s", errRedirect, req.URL.Scheme, req.URL.Host)
	}
	if len(via) >= 5 {
		return fmt.Errorf("%w: more than 5", errRedirect)
	}
	return nil
}

var errRedirect = errors.New("refused redirect")

// pull fetches the manifest, then the blobs it names, then makes them a model.
func (p *puller) pull(ctx context.Context, name names.Name) error {
	if err := p.report(api.ProgressResponse{Status: "pulling manifest"}); err != nil {
		return err
	}
	raw, m, err := p.manifest(ctx, name.Tag)
	if errors.Is(err, fs.ErrNotExist) { // 500 and this text, as Ollama
		return &statusError{http.StatusInternalServerError, "pull model manifest: file does not exist"}
	}
	if err != nil {
		return fmt.Errorf("pull model manifest: %w", err)
	}
	lock, err := p.store.share(ctx)
	if err != nil {
		return err
	}
	defer lock.Close()

	var missing int64
	layers := m.all()
	for _, l := range layers {
		if _, ok := p.store.has(l.Digest); !ok {
			missing += l.Size - min(l.Size, p.store.partial(l))
		}
	}
	if err := p.store.room(missing); err != nil {
		return err
	}
	// The config comes first: it may say that the rest is of no use.
	if m.Config.Digest != "" {
		if err := p.blob(ctx, m.Config); err != nil {
			return err
		}
		if err := p.usable(m.Config); err != nil {
			return err
		}
	}
	for _, l := range m.Layers {
		if err := p.blob(ctx, l); err != nil {
			return err
		}
	}
	for _, status := range []string{"verifying sha256 digest", "writing manifest"} { // each blob was verified as it came
		if err := p.report(api.ProgressResponse{Status: status}); err != nil {
			return err
		}
	}
	old, oldErr := p.store.find(name)
	if oldErr == nil {
		name = old.name
	}
	if err := p.store.writeRaw(name, raw); err != nil {
		return fmt.Errorf("write manifest of %s: %w", name.DisplayShortest(), err)
	}
	_ = lock.Close() // prune must be alone
	if oldErr == nil {
		gone := slices.DeleteFunc(old.manifest.all(), func(l layer) bool { return slices.Contains(layers, l) })
		if err := p.store.prune(gone); err != nil {
			p.log.Warn("blobs of a replaced model stay", "model", name.DisplayShortest(), "err", err)
		}
	}
	return p.report(api.ProgressResponse{Status: "success"})
}

// manifest fetches and checks the list of blobs.
func (p *puller) manifest(ctx context.Context, tag string) ([]byte, manifest, error) {
	req, err := p.request(ctx, "manifests", tag)
	if err != nil {
		return nil, manifest{}, err
	}
	req.Header.Set("Accept", typeManifest)
	resp, err := p.client.Do(req)
	if err != nil {
		return nil, manifest{}, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotFound:
		return nil, manifest{}, fs.ErrNotExist
	case resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden:
		return nil, manifest{}, fmt.Errorf("the registry wants an account for it: %s", resp.Status)
	case resp.StatusCode != http.StatusOK:
		return nil, manifest{}, errors.New(resp.Status)
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxSmall+1))
	if err != nil {
		return nil, manifest{}, err
	}
	if len(raw) > maxSmall {
		return nil, manifest{}, errors.New("larger than 4 MiB")
	}
	m, err := parseManifest(raw)
	return raw, m, err
}

// usable refuses a model that the engine could not run, before its weights come.
func (p *puller) usable(config layer) error {
	b, err := p.store.read(config)
	if err != nil {
		return err
	}
	var c names.ConfigV2
	if err := json.Unmarshal(b, &c); err != nil {
		return fmt.Errorf("read config: %w", err)
	}
	if c.RemoteHost != "" {
		return badRequest("this model runs at %s, not on this machine", c.RemoteHost)
	}
	if c.ModelFormat == "gguf" && c.ModelFamily != "" {
		if err := checkArchitecture(ggml.KV{"general.architecture": c.ModelFamily}); err != nil {
			return badRequest("%v", err)
		}
	}
	return nil
}

func (p *puller) request(ctx context.Context, kind, reference string) (*http.Request, error) {
	u := p.base.JoinPath("v2", p.repository, kind, reference)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "golocal")
	return req, nil
}
