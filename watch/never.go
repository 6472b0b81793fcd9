package watch

import (
	"strings"

	"golocal"
	"golocal/internal/remark"
)

// Never tells why a file at path, below a root and with slashes, is indexed in no
// root, whatever its rules: by its name, or that of a folder that it lies in, it
// is a secret, or something that programs leave behind. The zero Remark is that it
// may be.
func Never(path string) golocal.Remark {
	for at := range ancestors(path) {
		name := at[strings.LastIndexByte(at, '/')+1:]
		if rule, ok := secretFolder(at); ok {
			return remark.New(remark.RuleSecretOf, rule, name)
		}
		if entry, ok := litterFolderList.match(at); ok {
			return remark.New(remark.RuleLitterOf, entry, name)
		}
	}
	if rule, ok := secretFile(path); ok {
		return remark.New(remark.RuleSecret, rule)
	}
	if entry, ok := litterList.match(path); ok {
		return remark.New(remark.RuleLitter, entry)
	}
	return golocal.Remark{}
}
