package remark

import "golocal"

// failure is an error that can be said in several languages.
type failure struct {
	said golocal.Remark
	kind error
}

// Error is an error that says what New does; kind is what it is one of, nil for none.
func Error(kind error, code Code, values ...any) error {
	return &failure{New(code, values...), kind}
}

func (f *failure) Error() string { return Say("en", f.said) }

func (f *failure) Unwrap() error { return f.kind }

// Remark is what the error says.
func (f *failure) Remark() golocal.Remark { return f.said }
