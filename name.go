package golocal

import (
	"encoding/json"
	"unicode/utf8"
)

// wireRef is a Ref in JSON. A path that is no UTF-8 cannot stand in a string
// there, so its bytes stand beside it.
type wireRef struct {
	Root  int64  `json:"root"`
	Path  string `json:"path"`
	Bytes []byte `json:"path_bytes,omitempty"`
}

// MarshalJSON writes {"root", "path"}, and "path_bytes" (base64) where the path
// is no UTF-8; "path" has U+FFFD in place of the bytes that are none then.
func (r Ref) MarshalJSON() ([]byte, error) {
	w := wireRef{Root: r.Root, Path: r.Path}
	if !utf8.ValidString(r.Path) {
		w.Bytes = []byte(r.Path)
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON writes; "path_bytes" wins over "path".
func (r *Ref) UnmarshalJSON(data []byte) error {
	var w wireRef
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	r.Root, r.Path = w.Root, w.Path
	if len(w.Bytes) > 0 {
		r.Path = string(w.Bytes)
	}
	return nil
}
