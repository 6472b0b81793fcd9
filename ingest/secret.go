package ingest

import (
	"regexp"
	"strings"

	"golocal"
	"golocal/ingest/parse"
	"golocal/internal/place"
	"golocal/internal/remark"
)

// secretKind is one form that secrets have. Those here are given out by
// programs and begin with a mark of their own, so that a text which only speaks
// of passwords does not match.
type secretKind struct {
	what  remark.Code
	marks []string       // one of them stands in every match
	form  *regexp.Regexp // its first group, or all of it, is the secret
	loose bool           // the form alone may be an example: it must look random as well
}

var secretKinds = []secretKind{
	// RFC 7468 and what OpenSSH and OpenSSL write; "\n" spelled out is how JSON and .env hold it.
	{what: remark.SecretPrivateKey, marks: []string{"PRIVATE KEY-----"},
		form: regexp.MustCompile(`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:\s|\\[nr])+(?:(?:Proc-Type|DEK-Info): [^\n]*(?:\s|\\n)+)*([A-Za-z0-9+/=]{60,})`)},
	{what: remark.SecretPGP, marks: []string{"PGP PRIVATE KEY BLOCK-----"},
		form: regexp.MustCompile(`-----BEGIN PGP PRIVATE KEY BLOCK-----\s+(?:[A-Z][A-Za-z]+: [^\n]*\s+)*([A-Za-z0-9+/=]{60,})`)},
	{what: remark.SecretPuTTY, marks: []string{"Private-Lines:"}, form: regexp.MustCompile(`Private-Lines: \d+\s+[A-Za-z0-9+/=]{40,}`)},
	{what: remark.SecretAge, marks: []string{"AGE-SECRET-KEY-1"}, form: regexp.MustCompile(`\bAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\b`)},
	{what: remark.SecretAWS, marks: []string{"secret", "Secret", "SECRET"}, loose: true,
		form: regexp.MustCompile(`(?i)aws_?(?:secret)?_?(?:access)?_?key\s*["']?\s*(?:=>|[:=])\s*["']?([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)`)},
	{what: remark.SecretAWSAccess, marks: []string{"AKIA", "ASIA"}, loose: true, form: regexp.MustCompile(`\b(?:AKIA|ASIA)[A-Z2-7]{16}\b`)},
	{what: remark.SecretGitHub, marks: []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}, loose: true, form: regexp.MustCompile(`\bgh[pousr]_[A-Za-z0-9]{36,251}\b`)},
	{what: remark.SecretGitHub, marks: []string{"github_pat_"}, loose: true, form: regexp.MustCompile(`\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b`)},
	{what: remark.SecretGitLab, marks: []string{"glpat-", "gldt-", "glrt-"}, loose: true, form: regexp.MustCompile(`\bgl(?:pat|dt|rt)-[A-Za-z0-9_-]{20,}`)},
	{what: remark.SecretSlack, marks: []string{"xox"}, loose: true, form: regexp.MustCompile(`\bxox[abeoprs]-(?:\d+-)+[A-Za-z0-9-]{16,}`)},
	{what: remark.SecretSlackHook, marks: []string{"hooks.slack.com/"}, loose: true, form: regexp.MustCompile(`https://hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/([A-Za-z0-9]{24})`)},
	{what: remark.SecretStripe, marks: []string{"k_live_"}, loose: true, form: regexp.MustCompile(`\b[sr]k_live_[A-Za-z0-9]{24,}\b`)},
	{what: remark.SecretGoogle, marks: []string{"AIza"}, loose: true, form: regexp.MustCompile(`\bAIza[A-Za-z0-9_-]{35}(?:[^A-Za-z0-9_-]|$)`)},
	{what: remark.SecretGoogleClient, marks: []string{"GOCSPX-"}, loose: true, form: regexp.MustCompile(`\bGOCSPX-[A-Za-z0-9_-]{28}`)},
	{what: remark.SecretOpenAI, marks: []string{"T3BlbkFJ"}, form: regexp.MustCompile(`\bsk-[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}`)},
	{what: remark.SecretAnthropic, marks: []string{"sk-ant-"}, loose: true, form: regexp.MustCompile(`\bsk-ant-[a-z]+\d\d-[A-Za-z0-9_-]{80,}`)},
	{what: remark.SecretSendGrid, marks: []string{"SG."}, loose: true, form: regexp.MustCompile(`\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?:[^A-Za-z0-9_-]|$)`)},
	{what: remark.SecretNPM, marks: []string{"npm_"}, loose: true, form: regexp.MustCompile(`\bnpm_[A-Za-z0-9]{36}\b`)},
	{what: remark.SecretPyPI, marks: []string{"pypi-AgEIcHlwaS5vcmc"}, form: regexp.MustCompile(`\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}`)},
	{what: remark.SecretHuggingFace, marks: []string{"hf_"}, loose: true, form: regexp.MustCompile(`\bhf_[A-Za-z]{34}\b`)},
	{what: remark.SecretDigitalOcean, marks: []string{"dop_v1_", "doo_v1_", "dor_v1_"}, loose: true, form: regexp.MustCompile(`\bdo[opr]_v1_[a-f0-9]{64}\b`)},
	{what: remark.SecretAzure, marks: []string{"AccountKey="}, loose: true, form: regexp.MustCompile(`\bAccountKey=([A-Za-z0-9+/]{86}==)`)},
	{what: remark.SecretDatabricks, marks: []string{"dapi"}, loose: true, form: regexp.MustCompile(`\bdapi[a-f0-9]{32}\b`)},
	{what: remark.SecretTelegram, marks: []string{":AA"}, loose: true, form: regexp.MustCompile(`\b\d{8,10}:AA[A-Za-z0-9_-]{33}(?:[^A-Za-z0-9_-]|$)`)},
	{what: remark.SecretVault, marks: []string{"hvs."}, loose: true, form: regexp.MustCompile(`\bhvs\.[A-Za-z0-9_-]{90,}`)},
}

// findSecret looks for a secret in a text and returns what it is and where it
// begins, the first one of several.
func findSecret(text string) (what remark.Code, at int, found bool) {
	at = len(text)
	for _, k := range secretKinds {
		if i := k.find(text[:at]); i >= 0 {
			what, at = k.what, i
		}
	}
	if at < len(text) {
		return what, at, true
	}
	at, found = settingsSecret(text)
	return remark.SecretSettings, at, found
}

const (
	reach = 5 << 10    // bytes from a mark to the end of the form that holds it
	span  = 16 * reach // of text that is looked at in one go
)

// find returns where the first secret of this kind begins, -1 for none. It goes
// through a text once however many marks stand in it.
func (k secretKind) find(text string) int {
	for from := 0; ; {
		i := k.mark(text[from:])
		if i < 0 {
			return -1
		}
		i += from
		low, high := max(i-128, 0), min(i+span, len(text))
		if at := k.match(text[low:high]); at >= 0 {
			return low + at
		}
		if high == len(text) {
			return -1
		}
		from = high - reach
	}
}

// mark returns where the first mark stands, -1 for none.
func (k secretKind) mark(text string) int {
	first := -1
	for _, m := range k.marks {
		if first >= 0 {
			text = text[:min(first+len(m), len(text))]
		}
		if i := strings.Index(text, m); i >= 0 && (first < 0 || i < first) {
			first = i
		}
	}
	return first
}

// match returns where the first secret of this kind begins, -1 for none.
func (k secretKind) match(text string) int {
	for from := 0; ; {
		m := k.form.FindStringSubmatchIndex(text[from:])
		if m == nil {
			return -1
		}
		secret := m[len(m)-2:]
		if !k.loose || random(text[from+secret[0]:from+secret[1]]) {
			return from + m[0]
		}
		from += m[1]
	}
}

// random tells whether a secret looks like one that was drawn: examples in
// handbooks say so, or repeat letters.
func random(secret string) bool {
	upper := strings.ToUpper(secret)
	for _, word := range []string{"EXAMPLE", "XXXX", "SAMPLE", "DUMMY", "FAKE", "REDACTED", "PLACEHOLDER", "YOUR", "12345678", "ABCDEFGH", "00000000"} {
		if strings.Contains(upper, word) {
			return false
		}
	}
	seen := map[rune]bool{}
	for _, c := range secret {
		seen[c] = true
	}
	return len(seen) >= min(10, len(secret)/2)
}

var (
	settingLine = regexp.MustCompile(`^(?:export )?([A-Z][A-Z0-9_]*)=(.*)$`)
	secretName  = regexp.MustCompile(`PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL`)
	placeholder = regexp.MustCompile(`(?i)^(?:<.*>|\$.*|%.*%|\{\{.*|\.\.\.|x+|\*+|true|false|none|null|change.?me.*|your.*|my.*|example.*|secret|password|todo|insert.*|replace.*)$`)
)

// settingsSecret tells whether a text is a file of settings, as .env is, that
// gives a password or a key; at is where.
func settingsSecret(text string) (at int, found bool) {
	if len(text) > 256<<10 {
		return 0, false
	}
	settings, others, began := 0, 0, 0
	for l := range strings.Lines(text) {
		here := began
		began += len(l)
		l = strings.TrimSpace(l)
		if l == "" || l[0] == '#' {
			continue
		}
		m := settingLine.FindStringSubmatch(l)
		if m == nil {
			others++
			continue
		}
		settings++
		value := strings.Trim(m[2], `"' `)
		if !found && secretName.MatchString(m[1]) && len(value) >= 8 && !strings.ContainsAny(value, " \t") && !placeholder.MatchString(value) && value[0] != '/' {
			at, found = here, true
		}
	}
	return at, found && settings >= 2 && settings >= 5*others
}

// secretIn returns the Failure of a document whose text holds a secret, nil for
// any other. Mailboxes are not looked through: one message must not cost all
// others.
func secretIn(doc golocal.Document) *parse.Failure {
	if doc.Type == parse.Mailbox {
		return nil
	}
	what, at, found := findSecret(doc.Text)
	if !found {
		return nil
	}
	if where := place.NewRuler(doc.Marks, doc.Text).At(at); place.Name(where) != "" {
		return parse.Because(golocal.StateSkipped, doc.Type, remark.SecretAt, remark.New(what), where)
	}
	return parse.Because(golocal.StateSkipped, doc.Type, remark.SecretIn, remark.New(what))
}
