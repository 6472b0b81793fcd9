package remark

// What of a file is secret.
const (
	SecretPrivateKey   Code = "secret.private_key"
	SecretPGP          Code = "secret.pgp"
	SecretPuTTY        Code = "secret.putty"
	SecretAge          Code = "secret.age"
	SecretAWS          Code = "secret.aws"
	SecretAWSAccess    Code = "secret.aws_access"
	SecretGitHub       Code = "secret.github"
	SecretGitLab       Code = "secret.gitlab"
	SecretSlack        Code = "secret.slack"
	SecretSlackHook    Code = "secret.slack_hook"
	SecretStripe       Code = "secret.stripe"
	SecretGoogle       Code = "secret.google"
	SecretGoogleClient Code = "secret.google_client"
	SecretOpenAI       Code = "secret.openai"
	SecretAnthropic    Code = "secret.anthropic"
	SecretSendGrid     Code = "secret.sendgrid"
	SecretNPM          Code = "secret.npm"
	SecretPyPI         Code = "secret.pypi"
	SecretHuggingFace  Code = "secret.hugging_face"
	SecretDigitalOcean Code = "secret.digitalocean"
	SecretAzure        Code = "secret.azure"
	SecretDatabricks   Code = "secret.databricks"
	SecretTelegram     Code = "secret.telegram"
	SecretVault        Code = "secret.vault"
	SecretSettings     Code = "secret.settings"
)

var secrets = map[Code]words{
	SecretPrivateKey: {"a private key",
		"einen privaten Schlüssel"},
	SecretPGP: {"a PGP private key",
		"einen privaten PGP-Schlüssel"},
	SecretPuTTY: {"a PuTTY private key",
		"einen privaten PuTTY-Schlüssel"},
	SecretAge: {"an age key",
		"einen age-Schlüssel"},
	SecretAWS: {"an AWS secret key",
		"einen geheimen AWS-Schlüssel"},
	SecretAWSAccess: {"an AWS access key",
		"einen AWS-Zugangsschlüssel"},
	SecretGitHub: {"a GitHub token",
		"ein GitHub-Token"},
	SecretGitLab: {"a GitLab token",
		"ein GitLab-Token"},
	SecretSlack: {"a Slack token",
		"ein Slack-Token"},
	SecretSlackHook: {"a Slack webhook",
		"einen Slack-Webhook"},
	SecretStripe: {"a Stripe key",
		"einen Stripe-Schlüssel"},
	SecretGoogle: {"a Google API key",
		"einen Google-API-Schlüssel"},
	SecretGoogleClient: {"a Google client secret",
		"ein Google-Client-Geheimnis"},
	SecretOpenAI: {"an OpenAI key",
		"einen OpenAI-Schlüssel"},
	SecretAnthropic: {"an Anthropic key",
		"einen Anthropic-Schlüssel"},
	SecretSendGrid: {"a SendGrid key",
		"einen SendGrid-Schlüssel"},
	SecretNPM: {"an npm token",
		"ein npm-Token"},
	SecretPyPI: {"a PyPI token",
		"ein PyPI-Token"},
	SecretHuggingFace: {"a Hugging Face token",
		"ein Hugging-Face-Token"},
	SecretDigitalOcean: {"a DigitalOcean token",
		"ein DigitalOcean-Token"},
	SecretAzure: {"an Azure storage key",
		"einen Azure-Speicherschlüssel"},
	SecretDatabricks: {"a Databricks token",
		"ein Databricks-Token"},
	SecretTelegram: {"a Telegram bot token",
		"ein Telegram-Bot-Token"},
	SecretVault: {"a Vault token",
		"ein Vault-Token"},
	SecretSettings: {"passwords or keys of a program's settings",
		"Kennwörter oder Schlüssel aus den Einstellungen eines Programms"},
}
