package runner

// Lack is why this build cannot run models on this machine.
type Lack struct {
	Of   string // what is lacking, for users
	Next string // what the user can do
}

func (l *Lack) Error() string { return l.Of + ": " + l.Next }
