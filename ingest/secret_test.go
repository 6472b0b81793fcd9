package ingest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"strings"
	"sync"
	"testing"

	"golocal"
	"golocal/internal/remark"
)

// drawn is n random characters of an alphabet. Secrets are made while the test
// runs, so that none stands in the repository.
func drawn(n int, alphabet string) string {
	b := make([]byte, n)
	rand.Read(b)
	for i := range b {
		b[i] = alphabet[int(b[i])%len(alphabet)]
	}
	return string(b)
}

const (
	digits  = "0123456789"
	capital = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lower   = "abcdefghijklmnopqrstuvwxyz"
	letters = capital + lower
	mixed   = letters + digits
)

// slower is by what long texts are shorter with the race detector.
var slower = map[bool]int{false: 1, true: 20}[raced]

// rsaKey is one for all tests: to make it takes long with the race detector.
var rsaKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func pemKey(t *testing.T, kind string) string {
	t.Helper()
	key, err := rsaKey()
	if err != nil {
		t.Fatal(err)
	}
	switch kind {
	case "RSA PRIVATE KEY":
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	case "legacy encrypted":
		return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key),
			Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC," + strings.ToUpper(hex.EncodeToString([]byte(drawn(16, mixed))))}}))
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func ecKey(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}))
}

func TestFindSecret(t *testing.T) {
	bits := func(n int) string { return base64.StdEncoding.EncodeToString([]byte(drawn(n, mixed))) }
	for _, c := range []struct{ what, text string }{
		{"a private key", pemKey(t, "RSA PRIVATE KEY")},
		{"a private key", pemKey(t, "PRIVATE KEY")},
		{"a private key", pemKey(t, "ENCRYPTED PRIVATE KEY")},
		{"a private key", pemKey(t, "OPENSSH PRIVATE KEY")},
		{"a private key", pemKey(t, "legacy encrypted")},
		{"a private key", ecKey(t)},
		{"a private key", strings.ReplaceAll(ecKey(t), "\n", "\r\n")},
		{"a private key", `{"type": "service_account", "private_key": "` + strings.ReplaceAll(pemKey(t, "PRIVATE KEY"), "\n", `\n`) + `"}`},
		{"a PGP private key", "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n" + bits(300)},
		{"a PuTTY private key", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: k\nPublic-Lines: 1\n" + bits(40) + "\nPrivate-Lines: 1\n" + bits(45)},
		{"an age key", "AGE-SECRET-KEY-1" + drawn(58, "023456789ACDEFGHJKLMNPQRSTUVWXYZ")},
		{"an AWS secret key", "aws_secret_access_key = " + drawn(40, mixed)},
		{"an AWS secret key", `"awsSecretAccessKey": "` + drawn(40, mixed) + `"`},
		{"an AWS access key", "AKIA" + drawn(16, "ABCDEFGHIJKLMNOPQRSTUVWYZ234567")},
		{"a GitHub token", "git clone https://ghp_" + drawn(36, mixed) + "@host"},
		{"a GitHub token", "github_pat_" + drawn(22, mixed) + "_" + drawn(59, mixed)},
		{"a GitLab token", "glpat-" + drawn(20, mixed)},
		{"a Slack token", "xoxb-" + drawn(12, digits) + "-" + drawn(12, digits) + "-" + drawn(24, mixed)},
		{"a Slack webhook", "https://hooks.slack.com/services/T" + drawn(9, capital) + "/B" + drawn(9, capital) + "/" + drawn(24, mixed)},
		{"a Stripe key", "sk_live_" + drawn(24, mixed)},
		{"a Google API key", "key=AIza" + drawn(35, mixed)},
		{"an OpenAI key", "sk-proj-" + drawn(30, mixed) + "T3BlbkFJ" + drawn(30, mixed)},
		{"an Anthropic key", "sk-ant-api03-" + drawn(93, mixed)},
		{"a SendGrid key", "SG." + drawn(22, mixed) + "." + drawn(43, mixed)},
		{"an npm token", "//registry/:_authToken=npm_" + drawn(36, mixed)},
		{"a PyPI token", "pypi-AgEIcHlwaS5vcmc" + drawn(60, mixed)},
		{"a Hugging Face token", "hf_" + drawn(34, letters)},
		{"a DigitalOcean token", "dop_v1_" + drawn(64, "0123456789abcdef")},
		{"an Azure storage key", "AccountKey=" + drawn(86, mixed) + "=="},
		{"a Databricks token", "dapi" + drawn(32, "0123456789abcdef")},
		{"a Telegram bot token", "bot " + drawn(9, "123456789") + ":AA" + drawn(33, mixed)},
		{"passwords or keys of a program's settings", "# production\nDB_HOST=db\nDB_PASSWORD=" + drawn(12, mixed) + "\n"},
		{"passwords or keys of a program's settings", "export API_TOKEN='" + drawn(20, mixed) + "'\nexport PORT=80\n"},
	} {
		before := "A note.\nIt is about a server, its password and its private key.\n"
		if strings.Contains(c.what, "settings") {
			before = "# A note.\n# It is about a server.\n"
		}
		text := before + c.text
		what, at, found := findSecret(text)
		if !found || remark.Text(what) != c.what || at < len(before) || at > len(before)+len(c.text) {
			t.Errorf("%.60q: found %t, %q at %d", c.text, found, what, at)
		}
		// However much stands before it.
		filler := strings.Repeat("words without any meaning, the secret of a token, AKIA, xox, SG. and hf_\n", 2000/slower)
		if strings.Contains(c.what, "settings") {
			continue
		}
		if what, at, found := findSecret(filler + text + "\n" + filler); !found || remark.Text(what) != c.what || at < len(filler) {
			t.Errorf("in a long text: %.60q: found %t, %q at %d", c.text, found, what, at)
		}
	}
}

func TestFindSecret_NotInTextsAboutSecrets(t *testing.T) {
	for _, text := range []string{
		"My password is long. The API_KEY and the token are in the safe, the secret is with Ann.",
		"Set DB_PASSWORD to the value from the vault:\n\n    DB_PASSWORD=changeme\n    API_TOKEN=<your token>\n",
		"DB_HOST=localhost\nDB_PASSWORD=changeme\nAPI_TOKEN=${API_TOKEN}\nSECRET_KEY=your-secret-here\nTOKEN=xxxxxxxxxxxx\nPASSWORD=\nPRIVATE_KEY=/etc/ssl/key\n",
		"Begin the file with -----BEGIN RSA PRIVATE KEY----- and end it with -----END RSA PRIVATE KEY-----.",
		"-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n",
		"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg...\n-----END PRIVATE KEY-----\n",
		"-----BEGIN CERTIFICATE-----\n" + base64.StdEncoding.EncodeToString([]byte(drawn(300, mixed))) + "\n-----END CERTIFICATE-----\n",
		"-----BEGIN PUBLIC KEY-----\n" + base64.StdEncoding.EncodeToString([]byte(drawn(300, mixed))) + "\n-----END PUBLIC KEY-----\n",
		"aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
		"ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx and xoxb-123456789012-123456789012-XXXXXXXXXXXXXXXXXXXXXXXX",
		"ghp_" + strings.Repeat("ab", 18),
		"AIza is how keys of Google begin, sk-ant- those of Anthropic, SG. those of SendGrid.",
		"The commit is " + drawn(40, "0123456789abcdef") + ", the tree " + drawn(64, "0123456789abcdef") + ".",
		"data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte(drawn(4000, mixed))),
		"PATH=/usr/bin\nHOME=/root\nLANG=C\n",
		"Notes\n=====\nTOKEN=" + drawn(20, mixed) + "\nand some more prose that is no settings file\nof several lines\nof words\n",
		"", "\n", "=", strings.Repeat("secret", 1000),
	} {
		if what, at, found := findSecret(text); found {
			t.Errorf("%.80q: %s at %d", text, what, at)
		}
	}
}

// TestFindSecret_IsQuick goes through a text of marks alone; with a look for each
// of them it would take hours.
func TestFindSecret_IsQuick(t *testing.T) {
	var marks strings.Builder
	for _, k := range secretKinds {
		marks.WriteString(strings.Join(k.marks, " "))
	}
	if what, _, found := findSecret(strings.Repeat(marks.String(), 1<<20/slower/marks.Len())); found {
		t.Errorf("found %s", what)
	}
}

func FuzzFindSecret(f *testing.F) {
	f.Add("-----BEGIN PRIVATE KEY-----\nMIIE", "AKIA")
	f.Add("A_TOKEN=1\nB=2", "ghp_")
	f.Fuzz(func(t *testing.T, a, b string) {
		text := a + b
		what, at, found := findSecret(text)
		if found && (what == "" || at < 0 || at >= len(text)) {
			t.Errorf("%q: %q at %d", text, what, at)
		}
	})
}

// TestApply_Secret indexes a note, puts a key into it, allows it, and takes that
// back: each time the next reading decides anew, though the bytes are the same.
func TestApply_Secret(t *testing.T) {
	allowed := map[string]bool{}
	b := newBench(t, func(o *Options) { o.Allowed = func(ref golocal.Ref) bool { return allowed[ref.Path] } })
	note := "# Server\n\nThe password is in the safe.\n\n" + prose("Server", 20)
	b.write("note.md", note)
	if doc := b.apply("note.md"); doc.State != golocal.StateReady {
		t.Fatalf("%s, %q", doc.State, doc.Reason)
	}
	key := ecKey(t)
	b.write("server.txt", key)
	if doc := b.apply("server.txt"); doc.State != golocal.StateSkipped || doc.Reason != "skipped as secret: holds a private key (line 1)" {
		t.Errorf("a key and nothing else: %s, %q", doc.State, doc.Reason)
	}
	b.write("note.md", note+"\n"+key)
	line := 1 + strings.Count(note+"\n", "\n")
	doc := b.apply("note.md")
	if want := fmt.Sprintf("skipped as secret: holds a private key (line %d)", line); doc.State != golocal.StateSkipped || doc.Reason != want {
		t.Errorf("%s, %q; want %q", doc.State, doc.Reason, want)
	}
	if n := len(b.store.chunks[doc.Ref]); n != 0 || doc.Text != "" || doc.Sum == (golocal.Sum{}) {
		t.Errorf("%d passages, text %q, sum %x", n, doc.Text, doc.Sum)
	}
	for _, in := range b.model.inputs {
		if strings.Contains(in, "PRIVATE KEY") {
			t.Error("the key went to the model")
		}
	}
	puts := b.store.puts
	if b.apply("note.md"); b.store.puts != puts {
		t.Error("what is known already was written again")
	}
	if !b.Current(doc) {
		t.Error("the document counts as another version's")
	}
	allowed["note.md"] = true
	if b.Current(doc) {
		t.Error("a document that is allowed now counts as current, so that nothing reads it again")
	}
	if doc = b.apply("note.md"); doc.State != golocal.StateReady || !strings.Contains(doc.Text, "PRIVATE KEY") {
		t.Errorf("allowed: %s, %q", doc.State, doc.Reason)
	}
	allowed["note.md"] = false
	if b.Current(doc) {
		t.Error("a document that is allowed no more counts as current")
	}
	if doc = b.apply("note.md"); doc.State != golocal.StateSkipped || len(b.store.chunks[doc.Ref]) != 0 {
		t.Errorf("allowed no more: %s, %d passages", doc.State, len(b.store.chunks[doc.Ref]))
	}
}
