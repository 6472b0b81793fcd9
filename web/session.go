package web

import "net/http"

// Session is what a code is exchanged for.
type Session struct {
	Token   string `json:"token"`
	Version string `json:"version"`
}

func (s *Server) session(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Code  string `json:"code"`
		Claim string `json:"claim"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if !s.redeem(in.Code, in.Claim) {
		return &Problem{Status: http.StatusUnauthorized, Code: "code",
			Message: "this code has been used or was never given", Next: "run golocal open for a new one"}
	}
	send(w, http.StatusOK, Session{Token: s.token, Version: s.o.Version})
	return nil
}

func (s *Server) code(w http.ResponseWriter, r *http.Request) error {
	var in struct{}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	send(w, http.StatusOK, struct {
		Code string `json:"code"`
	}{s.Code()})
	return nil
}
