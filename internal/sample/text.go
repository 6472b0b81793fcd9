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
