package chat

// Begun is the first event of a run: what it is called, so that a reader who left
// can come back to it.
type Begun struct {
	Run          string `json:"run"`
	Conversation string `json:"conversation"` // "" when it is not kept
	Turn         string `json:"turn"`
}

// Standalone says what a question that leans on the conversation before it was
// taken for. Whoever finds it wrong asks again with Request.Standalone.
type Standalone struct {
	Text string `json:"text"` // as it is searched
	By   string `json:"by"`   // ByModel, ByRules or ByUser
}

// Who put a question into words that stand alone.
const (
	ByModel = "model"
	ByRules = "rules"
	ByUser  = "user"
)

// Name is "run".
func (Begun) Name() string { return "run" }

// Name is "standalone".
func (Standalone) Name() string { return "standalone" }

// MarshalJSON adds the type.
func (e Begun) MarshalJSON() ([]byte, error) {
	type plain Begun
	return tagged(e.Name(), plain(e))
}

// MarshalJSON adds the type.
func (e Standalone) MarshalJSON() ([]byte, error) {
	type plain Standalone
	return tagged(e.Name(), plain(e))
}
