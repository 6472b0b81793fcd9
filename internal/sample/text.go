package sample

// Note is a Markdown note as Obsidian writes them.
const Note = `---
title: Garden plan
author: Ann Lee
date: 2024-05-02
tags: [garden, spring]
aliases: Bed plan
lang: en
---

# [[Plan of beds|Beds]] {#beds}

The beds are drawn in ![[beds.png]]. <!-- ask Bob -->

- [ ] dig the *first* bed

## Roses ^r1

> [!warning] Thorns
> Wear gloves. #todo/soon

` + "```mermaid\ngraph TD\n```" + `

<h1 align="center">In <b>short</b></h1>

$$
a = b
$$

Nothing more.[^1] %%hidden when rendered%%

[^1]: A note.
`

// CSV has a record over two lines, a blank line and quotes that are not needed.
const CSV = "Name,Address,Since\nAnn Lee,\"1 Main Street\nSpringfield\",2019\n\nBob \"Bo\" Ray,\"2 High Street, flat 3\",2020\nEve,,2021\n"

// JSON is minified, with words behind escapes.
const JSON = `{"title":"Caf\u00e9 plan","menu":[{"dish":"Soup","price":4.5},{"dish":"Br\u00f6tchen","note":"only\nin the morning"}],"open":[8,9,10]}`

// JSONL is a chat with a blank and a broken line.
const JSONL = `{"role": "user", "content": "Hello\n\"you\" there", "tags": ["a", "b"]}

{"role": "model", "meta": {"n": 1, "x": null}, "content": "Fine"}
not json
`

// Notebook has notes, code, what it printed, an error and a picture.
const Notebook = `{"cells": [
 {"cell_type": "markdown", "source": ["# Growth\n", "\n", "How *fast*?"]},
 {"cell_type": "code", "source": "\nx = 1\n\nprint(x)", "outputs": [
  {"output_type": "stream", "name": "stdout", "text": ["1\n", "2\n"]},
  {"output_type": "display_data", "data": {"image/png": "aGk=", "text/plain": ["<Figure size 640x480>"]}},
  {"output_type": "error", "ename": "ValueError", "evalue": "no such bed", "traceback": ["\u001b[31mtrace\u001b[0m"]}]},
 {"cell_type": "markdown", "source": "## Next\n- a\n- b"}],
 "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4, "nbformat_minor": 5}`

// SRT has a pause, tags and an entity.
const SRT = "1\n00:00:01,000 --> 00:00:02,000\n<i>Good</i> morning.\n\n2\n00:00:02,100 --> 00:00:04,500\nHow are you\n&amp; yours?\n\n3\n00:00:10,000 --> 00:00:12,000\n{\\an8}After a pause.\n"

// VTT has two speakers, settings, a note and a style.
const VTT = "WEBVTT\nKind: captions\nLanguage: en\n\nSTYLE\n::cue { color: red }\n\nNOTE not shown\n\nfirst\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hello\n\n00:02.000 --> 00:03.000\n<v.loud Ann>there, <c.x>my</c> friend.\n\n00:03.000 --> 01:01:01.000\n<v Bob>Hi!</v>\n"

// YAML has two documents, comments and a list that is not indented.
const YAML = "# who it is\nname: Ann\nage: 5\n\naddress:\n  street: Main\n  # nested\n  no: 1\nnote: last\nlist:\n- a\n- b\n---\nother: document\n"

// Calendar has one event with folded and escaped lines.
const Calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240502T090000Z\r\nSUMMARY:Board meeting\r\nLOCATION:Room 1\\, upstairs\r\nDESCRIPTION:Bring the plan\\nand a \r\n pen.\r\nORGANIZER;CN=\"Ann Lee\":mailto:ann@example.org\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// DocBook is prose in XML.
const DocBook = `<?xml version="1.0"?>
<book><title>The manual</title>
<chapter><title>First &amp; foremost</title>
<para>Press the <emphasis>red</emphasis> button
twice, caf&eacute;.</para>
<itemizedlist><listitem><para>one thing</para></listitem></itemizedlist>
<table><row><entry>Name</entry><entry>Age</entry></row>
<row><entry>Ann</entry><entry>5</entry></row></table>
</chapter></book>
`

// Text is plain text with headings of three kinds.
const Text = "The Rules\n=========\nRules are\nfor all.\n\n1. Terms\n\nA word is a word.\n\n1.1 Names\n\nA name is a name.\n\n2. Fees\n\n- one\n- two\n\nLATE PAYMENT\n\nIt costs more.\n"
