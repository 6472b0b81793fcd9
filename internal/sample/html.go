package sample

import "strings"

// SavedPage is a page as a browser saves it from a website: an article with
// what websites put around it. Each of these parts holds the word furniture,
// each hidden one the word unseen.
func SavedPage(title, article string) string {
	var related strings.Builder
	for _, s := range []string{"One", "Two", "Three", "Four", "Five"} {
		related.WriteString(`<li><a href="/` + s + `">Furniture ` + s + `</a></li>`)
	}
	return `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>` + title + `</title>
<meta property="og:title" content="` + title + `"><meta name="author" content="Ann Lee"><meta name="keywords" content="harbour, ferries">
<meta property="article:published_time" content="2024-03-05T09:30:00Z"><link rel="canonical" href="https://example.com/a">
<style>.menu-closed { display: none } @media print { p { display: none } } /* p{display:none} */ #tracker{position:absolute;left:-9999px}</style>
<script src="app.js"></script></head><body>
<a href="#main" class="skip">Skip to content</a>
<header class="site-header"><div class="logo">Furniture Daily</div><nav><ul>` + related.String() + `</ul></nav></header>
<div class="menu-closed">unseen menu</div><div id="tracker">unseen words for machines</div>
<div id="cookie-consent"><p>This furniture asks whether you accept all cookies, which we value highly.</p><button>Accept</button></div>
<main id="main"><article><h1>` + title + `</h1>` + article + `</article></main>
<aside class="related"><h2>Furniture to read next</h2><ul>` + related.String() + `</ul></aside>
<footer><p>Furniture of the last page, all rights reserved.</p><a href="/terms">Furniture terms</a></footer>
</body></html>`
}
