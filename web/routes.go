package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// access says who may call a route.
type access int

const (
	guarded access = iota // with the token
	open                  // without it
	private               // over LocalHandler only
)

// route is one entry of the interface. GET routes never change state.
type route struct {
	pattern string
	access  access
	stream  bool // answers as it goes, for as long as it takes
	handle  func(http.ResponseWriter, *http.Request) error
}

func (s *Server) routes() []route {
	return []route{
		{"POST /api/v1/session", open, false, s.session},
		{"POST /api/v1/code", private, false, s.code},
		{"GET /api/v1/backup", private, true, s.backup},
		{"GET /api/v1/status", guarded, false, s.status},
		{"GET /api/v1/models", guarded, false, s.models},
		{"GET /api/v1/roots", guarded, false, s.roots},
		{"POST /api/v1/roots", guarded, false, s.addRoot},
		{"PATCH /api/v1/roots/{id}", guarded, false, s.setRoot},
		{"DELETE /api/v1/roots/{id}", guarded, false, s.removeRoot},
		{"POST /api/v1/roots/{id}/preview", guarded, false, s.preview},
		{"GET /api/v1/survey", guarded, false, s.survey},
		{"GET /api/v1/growth", guarded, false, s.growth},
		{"GET /api/v1/samples", guarded, false, s.samples},
		{"GET /api/v1/why", guarded, false, s.why},
		{"GET /api/v1/complete", guarded, false, s.complete},
		{"GET /api/v1/documents", guarded, false, s.documents},
		{"GET /api/v1/documents/{id}", guarded, false, s.document},
		{"GET /api/v1/documents/{id}/file", guarded, true, s.file},
		{"POST /api/v1/documents/{id}/open", guarded, false, s.launch},
		{"GET /api/v1/inbox", guarded, false, s.inbox},
		{"POST /api/v1/inbox/check", guarded, false, s.inspect},
		{uploadPattern, guarded, true, s.upload},
		{"GET /api/v1/search", guarded, false, s.search},
		{"GET /api/v1/trace", guarded, false, s.trace},
		{"GET /api/v1/duplicates", guarded, false, s.duplicates},
		{"GET /api/v1/scopes", guarded, false, s.scopes},
		{"GET /api/v1/tags", guarded, false, s.tags},
		{"POST /api/v1/scopes", guarded, false, s.saveScope},
		{"DELETE /api/v1/scopes/{name}", guarded, false, s.removeScope},
		{"POST /api/v1/ask", guarded, true, s.ask},
		{"GET /api/v1/runs", guarded, false, s.running},
		{"GET /api/v1/runs/{run}", guarded, true, s.followRun},
		{"DELETE /api/v1/runs/{run}", guarded, true, s.stopRun},
		{"GET /api/v1/conversations", guarded, false, s.conversations},
		{"DELETE /api/v1/conversations", guarded, true, s.removeConversations},
		{"GET /api/v1/conversations/{id}", guarded, true, s.conversation},
		{"PATCH /api/v1/conversations/{id}", guarded, false, s.changeConversation},
		{"DELETE /api/v1/conversations/{id}", guarded, true, s.removeConversation},
		{"GET /api/v1/conversations/{id}/export", guarded, true, s.exportConversation},
		{"POST /api/v1/sync", guarded, true, s.sync},
		{"POST /api/v1/retry", guarded, false, s.retry},
		{"POST /api/v1/retry/failed", guarded, false, s.retryFailed},
		{"GET /api/v1/evaluations", guarded, false, s.evaluations},
		{"POST /api/v1/evaluations", guarded, false, s.beginEvaluation},
		{"POST /api/v1/evaluations/halt", guarded, false, s.haltEvaluation},
		{"GET /api/v1/evaluations/{id}", guarded, false, s.evaluation},
		{"DELETE /api/v1/evaluations/{id}", guarded, false, s.forgetEvaluation},
		{"POST /api/v1/models/fetch", guarded, true, s.fetchModel},
		{"GET /api/v1/models/installed", guarded, false, s.installed},
		{"DELETE /api/v1/models/installed", guarded, false, s.removeModel},
		{"GET /api/v1/models/show", guarded, false, s.showModel},
		{"POST /api/v1/models/import", guarded, true, s.importModel},
		{"GET /api/v1/models/use", guarded, false, s.planUse},
		{"POST /api/v1/models/use", guarded, false, s.useModel},
		{"GET /api/v1/models/suggested", guarded, false, s.suggested},
		{"POST /api/v1/models/unload", guarded, false, s.unloadModel},
		{"GET /api/v1/models/downloads", guarded, false, s.downloads},
		{"POST /api/v1/models/downloads", guarded, false, s.startDownload},
		{"GET /api/v1/models/downloads/events", guarded, true, s.followDownloads},
		{"POST /api/v1/models/downloads/pause", guarded, false, s.steer(Pause)},
		{"POST /api/v1/models/downloads/resume", guarded, false, s.steer(Resume)},
		{"POST /api/v1/models/downloads/cancel", guarded, false, s.steer(Cancel)},
	}
}

// serve wraps a route: token, content type, deadlines, errors.
func (s *Server) serve(r route, guard bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if guard && r.access == guarded && !s.authorized(req) {
			s.refuse(w, req, &Problem{Status: http.StatusUnauthorized, Code: "token",
				Message: "this page has no valid token", Next: "run golocal open, or open the address that golocal up printed"})
			return
		}
		if r.uploads() && !s.bytesBody(req) {
			s.refuse(w, req, &Problem{Status: http.StatusUnsupportedMediaType, Code: "content_type", Message: "the body must be application/octet-stream"})
			return
		}
		if !r.uploads() {
			req.Body = http.MaxBytesReader(w, req.Body, maxBody)
		}
		if !r.uploads() && (req.Method == http.MethodPost || req.Method == http.MethodPatch || req.Method == http.MethodDelete && req.ContentLength != 0) && !s.jsonBody(req) {
			s.refuse(w, req, &Problem{Status: http.StatusUnsupportedMediaType, Code: "content_type", Message: "the body must be application/json"})
			return
		}
		// A body that trickles in must not hold a connection. Errors mean a
		// writer without deadlines, as in a test.
		rc := http.NewResponseController(w)
		if req.ContentLength != 0 {
			rc.SetReadDeadline(time.Now().Add(s.stall))
		}
		if !r.stream {
			rc.SetWriteDeadline(time.Now().Add(2 * s.stall))
		}
		if err := r.handle(w, req); err != nil {
			s.refuse(w, req, err)
		}
	})
}

func (s *Server) noRoute(w http.ResponseWriter, r *http.Request) error {
	return &Problem{Status: http.StatusNotFound, Code: "not_found", Message: "there is no such route", Next: "see web/openapi.yaml"}
}

// decode reads the body into v, whole, and refuses unknown fields. Then it lifts
// the read deadline: from there on only the connection's end is awaited.
func decode(w http.ResponseWriter, r *http.Request, v any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("more than one JSON value")
		}
	}
	if err == nil {
		http.NewResponseController(w).SetReadDeadline(time.Time{})
		return nil
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return err
	}
	return invalid("body: " + err.Error())
}

func invalid(message string) *Problem {
	return &Problem{Status: http.StatusBadRequest, Code: "invalid", Message: message}
}

// id reads the route's {id}.
func id(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || n <= 0 {
		return 0, invalid("id: not a positive number")
	}
	return n, nil
}

// number reads a query parameter between low and high; absent gives def.
func number(r *http.Request, name string, def, low, high int64) (int64, error) {
	v := r.URL.Query().Get(name)
	if v == "" {
		return def, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < low || n > high {
		return 0, invalid(name + ": not a number from " + strconv.FormatInt(low, 10) + " to " + strconv.FormatInt(high, 10))
	}
	return n, nil
}
