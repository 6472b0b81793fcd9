package chat

import (
	"encoding/json"
	"fmt"
)

// tagged marshals body, an object, with a leading field "type".
func tagged(name string, body any) ([]byte, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	head := `{"type":"` + name + `"`
	if len(b) > 2 {
		head += ","
	}
	return append([]byte(head), b[1:]...), nil
}

// MarshalJSON adds the type.
func (e Status) MarshalJSON() ([]byte, error) {
	type plain Status
	return tagged(e.Name(), plain(e))
}

// MarshalJSON adds the type.
func (e Found) MarshalJSON() ([]byte, error) { return tagged(e.Name(), e.Found) }

// MarshalJSON adds the type.
func (e Sources) MarshalJSON() ([]byte, error) {
	type plain Sources
	return tagged(e.Name(), plain(e))
}

// MarshalJSON adds the type.
func (e Quotes) MarshalJSON() ([]byte, error) {
	type plain Quotes
	return tagged(e.Name(), plain(e))
}

// MarshalJSON adds the type.
func (e Token) MarshalJSON() ([]byte, error) {
	type plain Token
	return tagged(e.Name(), plain(e))
}

// MarshalJSON adds the type.
func (e Reasoning) MarshalJSON() ([]byte, error) {
	type plain Reasoning
	return tagged(e.Name(), plain(e))
}

// MarshalJSON adds the type. Sentences inside an Answer carry it too.
func (e Sentence) MarshalJSON() ([]byte, error) {
	type plain Sentence
	return tagged(e.Name(), plain(e))
}

// MarshalJSON adds the type.
func (e Answer) MarshalJSON() ([]byte, error) {
	type plain Answer
	return tagged(e.Name(), plain(e))
}

// Decode reads an event back from its JSON, by its field "type".
func Decode(data []byte) (Event, error) {
	var head struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("read an event: %w", err)
	}
	switch head.Type {
	case "run":
		return decode[Begun](data)
	case "standalone":
		return decode[Standalone](data)
	case "status":
		return decode[Status](data)
	case "found":
		return decode[Found](data)
	case "sources":
		return decode[Sources](data)
	case "quotes":
		return decode[Quotes](data)
	case "token":
		return decode[Token](data)
	case "reasoning":
		return decode[Reasoning](data)
	case "sentence":
		return decode[Sentence](data)
	case "answer":
		return decode[Answer](data)
	}
	return nil, fmt.Errorf("read an event: no event is called %q", head.Type)
}

func decode[E Event](data []byte) (Event, error) {
	var e E
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("read the event %s: %w", e.Name(), err)
	}
	return e, nil
}
