package watch

import "fmt"

// Never tells why a file at path, below a root and with slashes, is indexed in no
// root, whatever its rules: by its name, or that of a folder that it lies in, it
// is a secret, or something that programs leave behind. "" is that it may be.
func Never(path string) (why string) {
	for at := range ancestors(path) {
		if rule, ok := secretFolder(at); ok {
			return fmt.Sprintf("it lies in a folder of secrets (%s), which are never indexed", rule)
		}
		if entry, ok := litterFolderList.match(at); ok {
			return fmt.Sprintf("it lies in a folder that programs make again (%s), which is never indexed", entry)
		}
	}
	if rule, ok := secretFile(path); ok {
		return fmt.Sprintf("its name is that of a file of keys or passwords (%s), which are never indexed", rule)
	}
	if entry, ok := litterList.match(path); ok {
		return fmt.Sprintf("its name is that of a file that programs leave behind (%s), which are never indexed", entry)
	}
	return ""
}
