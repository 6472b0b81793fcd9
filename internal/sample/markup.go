package sample

// LaTeX is a short paper.
const LaTeX = `% a comment
\documentclass[11pt]{article}
\usepackage{graphicx}
\newcommand{\sys}{Gr\"oße}
\newcommand{\twice}[2][x]{#1 and #2}
\title{On \emph{Sea} Levels\thanks{Paid by nobody.}}
\author{Ann Lee\\ University \and Bob~Ray}
\date{2 May 2024}
\begin{document}
\maketitle
\begin{abstract}
We measure. % not this
\end{abstract}

\section{Introduction}\label{sec:in}
The \sys\ rises --- as ` + "``said''" + ` in \cite[p.~2]{lee,ray} and Section~\ref{sec:in}.
Second line\footnote{A note.} costs 5\,\% of $x^2 \le 3$.

\subsection*{Data \& tools}
\begin{itemize}
  \item First \textbf{bold}
    item
  \item[Key] \twice{y}, \twice[a]{b}
\end{itemize}
\begin{table}[h]
\begin{tabular}{l|r}
\hline
Place & Level \\
Caf\'e & \multicolumn{1}{c}{2 \textmu m} \\
\end{tabular}
\caption{Levels}
\end{table}
\begin{verbatim}
\raw{code} % stays
\end{verbatim}
\begin{equation}\label{eq:a}
  a = b
\end{equation}
\iffalse never \fi
\input{appendix}
\end{document}
`

// Org is a plan in Org mode.
const Org = `#+TITLE: House plan
#+AUTHOR: Ann Lee
#+DATE: <2024-05-02 Thu>
#+FILETAGS: :home:

Before all.
* TODO [#A] Buy [[https://x.org][paint]] [1/2] :shop:red:
:PROPERTIES:
:ID: 1
:ROAM_ALIASES: "Our house"
:END:
Text of
two lines.

- one
  more
- two

** Budget
| Item | Cost |
|------+------|
| Oil  | 5    |

#+CAPTION: How to mix
#+begin_src sh
* not a heading
#+end_src
#+begin_quote
Said.
#+end_quote
: fixed
#+INCLUDE: "other.org"
`

// AsciiDoc is a guide.
const AsciiDoc = `= The Guide
Ann Lee <ann@example.org>; Bob Ray
v1.0, 2024-05-02
:keywords: one, two

First words.

== Install *now*

.Steps
. Unpack
+
----
tar x
----
. Run

[NOTE]
====
Mind the step.
====

[source,sh]
----
== not a heading
----

|===
|Name |Age

|Ann |5
|===

term:: what it means
include::more.adoc[]

Deep
~~~~

// a comment
Last.
`

// RST is a manual.
const RST = "======\nManual\n======\n\n:Author: Ann Lee\n:Date: 2024-05-02\n:Tags: one, two\n\nWords of *one*\nparagraph::\n\n    code here\n\n    more\n\nUse of :ref:`tools <t>`\n----------------------\n\n- item\n\n  goes on\n- next\n\n.. _name:\n\n.. code-block:: go\n\n   x := 1\n\n.. note:: Mind\n   this.\n\n+-----+-----+\n| A   | B   |\n+=====+=====+\n| 1   | 2   |\n+-----+-----+\n\n==  ==\nC   D\n==  ==\n3   4\n==  ==\n\nDeeper\n~~~~~~\n\n.. include:: more.rst\n\nNext\n----\nEnd.\n"
