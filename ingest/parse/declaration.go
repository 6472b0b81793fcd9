package parse

import (
	"regexp"
	"strings"

	"golocal/ingest/normal"
)

// keyword matches what a programmer would look up, in most languages: modifiers,
// a keyword, a name.
var keyword = regexp.MustCompile(`^(?:(?:export|default|declare|pub(?:\([a-z]+\))?|public|private|protected|internal|fileprivate|static|final|abstract|async|unsafe|inline|virtual|override|sealed|partial|open|data|inner|suspend|readonly|mutating|extern(?: +"C")?|const) +)*` +
	`(func|fun|def|class|interface|struct|enum|fn|impl|trait|mod|module|namespace|type|function|sub|procedure|object|protocol|extension|message|service|record|union|defmodule|defp?|typedef +(?:struct|union|enum)|CREATE +(?:OR +REPLACE +)?(?:TABLE|VIEW|FUNCTION|PROCEDURE)|create +(?:or +replace +)?(?:table|view|function|procedure))\b[^\n]*`)

// assigned matches a function that JavaScript and TypeScript give a name to.
var assigned = regexp.MustCompile(`^(?:export +)?(?:default +)?(?:const|let|var) +[\w$]+(?: *:[^=]+)? *= *(?:async +)?(?:function\b|\([^)]*\)?[^;]*$|[\w$]+ *=>)`)

// cFunction matches a function in the C family: words, a name, parentheses and
// no semicolon.
var cFunction = regexp.MustCompile(`^[A-Za-z_][\w:<>,*&\[\] ]*[ *&][A-Za-z_~][\w:]*\([^;]*$`)

// method matches a function inside a class, which may have no type before it.
var method = regexp.MustCompile(`^(?:[\w$<>\[\],.?&*:@]+ +)*[*&#]?[A-Za-z_$~][\w$]*(?:<[^>(]*>)? *\([^;=]*(?:=>?[^;=]+)*(?:[{,(:]|\)|throws +[\w, .]+)$`)

// statement begins lines that look like a method and are none.
var statement = regexp.MustCompile(`^(?:if|else|elif|for|foreach|while|do|switch|case|catch|try|with|return|throw|new|await|yield|using|lock|match|when|unless|until|print|assert|raise|go|defer|delete|super|this)\b`)

// annotation matches annotations on the line of what they belong to.
var annotation = regexp.MustCompile(`^(?:@[\w.]+(?:\([^()]*\))? +)+`)

// declaration returns the title of the declaration that a line at an indent
// begins, without brace or colon; "" where it begins none.
func declaration(line string, indent int) string {
	line = line[len(annotation.FindString(line)):]
	switch {
	case keyword.MatchString(line), assigned.MatchString(line):
	case statement.MatchString(line):
		return ""
	case indent == 0 && cFunction.MatchString(line), indent > 0 && method.MatchString(line):
	default:
		return ""
	}
	return normal.Shorten(normal.OneLine(strings.TrimRight(line, "{:=( ")), 120)
}

func declares(line string, indent int) bool { return declaration(line, indent) != "" }

// holds reports whether what a title declares may hold declarations itself.
func holds(title string) bool {
	m := keyword.FindStringSubmatch(title)
	if m == nil {
		return false
	}
	switch m[1] {
	case "class", "interface", "struct", "enum", "impl", "trait", "mod", "module", "namespace", "object", "protocol", "extension", "record", "service", "union", "defmodule":
		return true
	}
	return false
}

// leads reports whether a line is a comment or an annotation, which belongs to
// what follows it.
func leads(line string) bool {
	if annotation.MatchString(line) {
		return false
	}
	return strings.ContainsRune("/#*@-;\"'%[", rune(line[0])) || strings.HasPrefix(line, "template")
}

// closes reports whether a line ends what stands above it.
func closes(line string) bool {
	if strings.ContainsRune("})]{", rune(line[0])) {
		return true
	}
	rest, ok := strings.CutPrefix(line, "end")
	return ok && (rest == "" || strings.ContainsRune(" ;.)", rune(rest[0])))
}
