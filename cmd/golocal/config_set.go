package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// setConfig writes one text value into the config file, and leaves everything
// else of it, comments and order included, as it is. A missing file is made.
func setConfig(path, key, value string) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // a link to the file stays one
	}
	mode := fs.FileMode(0o600)
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("write %s to config: %w", key, err)
	default:
		if info, err := os.Stat(path); err == nil {
			mode = info.Mode().Perm()
		}
	}
	out, err := withValue(data, key, value)
	if err != nil {
		return fmt.Errorf("write %s to %s: %w", key, path, err)
	}
	if bytes.Equal(out, data) {
		return nil
	}
	if err := replaceFile(path, out, mode); err != nil {
		return fmt.Errorf("write %s to config: %w", key, err)
	}
	return nil
}

// withValue is a YAML document with a key set. One line is changed or added
// where that gives the wanted document; else, in flow style for example, the
// document is written anew.
func withValue(data []byte, key, value string) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	text, err := yaml.Marshal(value)
	if err != nil {
		return nil, err
	}
	scalar := strings.TrimSpace(string(text))
	var top *yaml.Node
	if len(doc.Content) > 0 {
		top = doc.Content[0]
	}
	if top != nil && top.Kind != yaml.MappingNode {
		return nil, errors.New("it is no list of keys and values")
	}
	at := -1
	if top != nil {
		for i := 0; i+1 < len(top.Content); i += 2 {
			if top.Content[i].Value == key {
				at = i
			}
		}
	}
	var edited []byte
	if at < 0 {
		edited = bytes.Clone(data)
		if len(edited) > 0 && edited[len(edited)-1] != '\n' {
			edited = append(edited, '\n')
		}
		edited = fmt.Appendf(edited, "%s: %s\n", key, scalar)
	} else {
		edited = inLine(data, top.Content[at], top.Content[at+1], scalar)
	}
	if holds(edited, data, key, value) {
		return edited, nil
	}
	fresh := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	switch {
	case top == nil:
		return nil, errors.New("it cannot be changed")
	case at < 0:
		top.Content = append(top.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, fresh)
	default:
		old := top.Content[at+1]
		fresh.LineComment, fresh.HeadComment, fresh.FootComment = old.LineComment, old.HeadComment, old.FootComment
		top.Content[at+1] = fresh
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(&doc), enc.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// inLine replaces the value that stands on its key's line.
func inLine(data []byte, key, value *yaml.Node, scalar string) []byte {
	lines := strings.SplitAfter(string(data), "\n")
	if key.Line < 1 || key.Line > len(lines) {
		return nil
	}
	line := strings.TrimRight(lines[key.Line-1], "\r\n")
	end := lines[key.Line-1][len(line):]
	colon := key.Column - 1 + len(key.Value)
	if colon >= len(line) || line[colon] != ':' {
		return nil
	}
	rest := line[colon+1:]
	comment := ""
	if value.LineComment != "" {
		i := strings.LastIndex(rest, value.LineComment)
		if i < 0 {
			return nil
		}
		for i > 0 && (rest[i-1] == ' ' || rest[i-1] == '\t') {
			i--
		}
		comment = rest[i:]
		// The comments of a file often stand below each other.
		if pad := len(rest[:i]) - len(" "+scalar); pad < 0 {
			spaces := len(comment) - len(strings.TrimLeft(comment, " "))
			comment = comment[min(-pad, max(spaces-1, 0)):]
		} else {
			comment = strings.Repeat(" ", pad) + comment
		}
	}
	lines[key.Line-1] = line[:colon+1] + " " + scalar + comment + end
	return []byte(strings.Join(lines, ""))
}

// holds tells whether edited is before with the key's value changed.
func holds(edited, before []byte, key, value string) bool {
	var a, b map[string]any
	if yaml.Unmarshal(edited, &a) != nil || yaml.Unmarshal(before, &b) != nil || a[key] != value {
		return false
	}
	delete(a, key)
	delete(b, key)
	x, err1 := yaml.Marshal(a)
	y, err2 := yaml.Marshal(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}

// replaceFile writes a file in one step: it is old or new, never half.
func replaceFile(path string, data []byte, mode fs.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
