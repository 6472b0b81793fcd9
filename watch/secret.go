package watch

import (
	"strings"
)

// The names below are compared without regard to case. No ignore file takes
// them back in: a file found in a folder must not weaken what protects it.

// litter are names that programs leave beside people's files.
var litter = []string{
	"~$*", ".~lock.*#", "*.swp", "*.swo", "*.swx", "*~", "4913", ".#*", "#*#", "*.sb-????????-??????",
	".goutputstream-*", ".nfs????????*", ".fuse_hidden*", "*.crdownload", "*.part", "*.partial", "*.opdownload", "~wr*.tmp", "*.laccdb",
	".ds_store", "._*", "thumbs.db", "desktop.ini", ".git",
}

// litterFolders hold what programs can make again.
var litterFolders = []string{
	".git", ".hg", ".svn", ".bzr", "node_modules", ".venv", "__pycache__", ".tox", ".mypy_cache", ".pytest_cache",
	".trash", ".trashes", ".trash-*", "$recycle.bin", "system volume information",
	".spotlight-v100", ".fseventsd", ".temporaryitems", ".documentrevisions-v100", "lost+found",
}

// secretFiles are names of files that hold keys, passwords or tokens.
var secretFiles = []string{
	".env*", "id_rsa*", "id_dsa*", "id_ecdsa*", "id_ed25519*", "identity.asc", "secring.*",
	"*.pem", "*.key", "*.p12", "*.pfx", "*.pkcs12", "*.ppk", "*.jks", "*.keystore", "*.bks",
	"*.kdb", "*.kdbx", "*.1pif", "*.agilekeychain", "*.keychain", "*.keychain-db", "*.opvault", "wallet.dat",
	".netrc", "_netrc", ".npmrc", ".yarnrc.yml", ".pypirc", ".git-credentials", ".pgpass", ".my.cnf", ".mylogin.cnf",
	".htpasswd", ".dockercfg", ".vault-token", ".terraformrc", "*.tfstate", "*.tfstate.backup", ".s3cfg", ".boto",
	"rclone.conf", "*.ovpn", "authinfo", ".authinfo", ".authinfo.gpg", ".rhosts", "krb5.keytab", "*.keytab",
	".bash_history", ".zsh_history", ".python_history", ".psql_history", ".mysql_history",
	"logins.json", "key3.db", "key4.db", "cookies.sqlite", "login data", "login data for account", "web data",
}

// patternEndings are the endings of files that show what a file of secrets looks
// like, without any: their content decides.
var patternEndings = []string{".example", ".sample", ".template", ".dist"}

// secretFolders are folders, by the end of their path, that hold such files.
var secretFolders = []string{
	".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker", ".gcloud", ".config/gcloud", ".config/gh",
	".password-store", ".local/share/keyrings", "library/keychains", "*.agilekeychain", "*.opvault",
	".mozilla", ".thunderbird", ".config/google-chrome", ".config/chromium", ".config/bravesoftware",
	".config/microsoft-edge", ".config/vivaldi", ".config/opera",
	"library/application support/google/chrome", "library/application support/firefox",
	"library/application support/bravesoftware", "library/application support/microsoft edge", "library/safari", "library/cookies",
	"appdata/local/google/chrome", "appdata/local/microsoft/edge", "appdata/local/bravesoftware",
	"appdata/roaming/mozilla", "appdata/roaming/microsoft/credentials", "appdata/roaming/microsoft/protect",
}

// nameList is a list of names that is quick to ask.
type nameList struct {
	exact  map[string]string // by the whole name or path end
	suffix map[string]string // "*.pem" by "pem"
	globs  []string          // the rest
	deep   []string          // with a slash
}

func newNameList(names []string) nameList {
	l := nameList{exact: make(map[string]string), suffix: make(map[string]string)}
	for _, n := range names {
		switch ext := strings.TrimPrefix(n, "*."); {
		case strings.Contains(n, "/"):
			l.deep = append(l.deep, n)
		case !strings.ContainsAny(n, "*?["):
			l.exact[n] = n
		case ext != n && !strings.ContainsAny(ext, "*?[."):
			l.suffix[ext] = n
		default:
			l.globs = append(l.globs, n)
		}
	}
	return l
}

var (
	litterList       = newNameList(litter)
	litterFolderList = newNameList(litterFolders)
	secretFileList   = newNameList(secretFiles)
	secretFolderList = newNameList(secretFolders)
)

// match returns the entry that path, with forward slashes, falls under.
func (l *nameList) match(path string) (entry string, ok bool) {
	path = strings.ToLower(path)
	name := path[strings.LastIndexByte(path, '/')+1:]
	if entry, ok = l.exact[name]; ok {
		return entry, true
	}
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		if entry, ok = l.suffix[name[dot+1:]]; ok {
			return entry, true
		}
	}
	for _, g := range l.globs {
		if matchName(g, name) {
			return g, true
		}
	}
	for _, d := range l.deep {
		if path == d || strings.HasSuffix(path, "/"+d) {
			return d, true
		}
	}
	return "", false
}

// secretFile returns the name rule under which the file at path is a secret.
func secretFile(path string) (rule string, ok bool) {
	lower := strings.ToLower(path)
	for _, ending := range patternEndings {
		if strings.HasSuffix(lower, ending) {
			return "", false
		}
	}
	return secretFileList.match(path)
}

// secretFolder returns the rule under which the folder at path holds secrets.
func secretFolder(path string) (rule string, ok bool) { return secretFolderList.match(path) }
