"""How a report looks: one style sheet for light, dark, narrow and printed pages."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c1d1f; --paper: #fbfbf9; --card: #ffffff; --dim: #5d6166; --line: #dfdfda;
  --bar: #2f6f8f; --track: #e8ebec; --warn: #7a4a00; --warn-paper: #fff1d6;
  --del: #8c1010; --del-paper: #ffe5e2; --ins: #0b5a26; --ins-paper: #dcf5e1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e6; --paper: #15171a; --card: #1c1f23; --dim: #a3a8ae;
  --line: #33383e; --bar: #6fb3d2; --track: #2a2f35; --warn: #ffd591; --warn-paper: #3b2c0c;
  --del: #ffb3aa; --del-paper: #4a1714; --ins: #a5ecb9; --ins-paper: #10391d; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 68rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 2.75rem 0 .25rem; font-size: 1.25rem; }
p { margin: .4rem 0; }
.dim, .note { color: var(--dim); }
.note { max-width: 46rem; font-size: .9rem; }
.warn { padding: .6rem .9rem; border-radius: .4rem; color: var(--warn); background: var(--warn-paper); }
code, .codes { font: .8125rem/1.4 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
.codes { color: var(--dim); overflow-wrap: anywhere; }
bdi { unicode-bidi: isolate; }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0;
  padding: 0; }
.figures div { padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); }
.figures dt { color: var(--dim); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; }
.figures small { display: block; color: var(--dim); font-size: .8rem; font-weight: 400; }

table { width: 100%; margin-top: .75rem; border-collapse: collapse; font-size: .95rem; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: start;
  vertical-align: baseline; }
thead th { color: var(--dim); font-size: .85rem; font-weight: 400; }
tbody th { font-weight: 400; }
th.number, td.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
th:last-child, td:last-child { padding-inline-end: 0; }
td.bar { width: 26%; }
.track { display: block; height: .6rem; border-radius: .3rem; background: var(--track); overflow: hidden; }
.track i { display: block; height: 100%; min-width: 2px; border-radius: .3rem; background: var(--bar); }
.summary { display: block; color: var(--dim); font-size: .85rem; }
.lossy { padding: 0 .4em; border: 1px solid var(--line); border-radius: 1em; color: var(--dim); font-size: .75rem;
  white-space: nowrap; }
.spread { display: inline-flex; gap: 2px; align-items: flex-end; height: 1.5rem; border-bottom: 1px solid var(--dim); }
.spread i { width: .8rem; background: var(--bar); }
.track i, .spread i, del, ins, .warn { -webkit-print-color-adjust: exact; print-color-adjust: exact; }

.changes { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: 0 2rem; margin: .75rem 0 0;
  padding: 0; list-style: none; }
.changes li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem; align-items: baseline;
  padding: .35rem 0; border-bottom: 1px solid var(--line); }
.changes .count { font-variant-numeric: tabular-nums; white-space: nowrap; }
.changes .how { grid-column: 1 / -1; margin-top: .25rem; font-size: .8rem; color: var(--dim); overflow-wrap: anywhere; }
.pair { font: 1.15rem/1.7 "Noto Naskh Arabic", "Amiri", "Geeza Pro", "Segoe UI", "Times New Roman", serif;
  overflow-wrap: anywhere; }
.pair .dim { font: .85rem system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
.often { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; margin: .3rem 0 0; }
.arrow { color: var(--dim); margin: 0 .2em; }

small.codes, .pair small { font: .75rem ui-monospace, monospace; color: var(--dim); margin-inline-start: .3em; }
del, ins { padding: .05em .25em; border-radius: .25em; }
/* Not struck through: a line through «أ» or «ي» hides what was changed. */
del { color: var(--del); background: var(--del-paper); text-decoration: none; border-bottom: 1px dashed; }
ins { color: var(--ins); background: var(--ins-paper); text-decoration: none; font-weight: 600;
  border-bottom: 1px solid; }
del + ins { margin-inline-start: .15em; }
/* For screen readers, which seldom say that text is deleted or inserted. */
del::before, ins::before { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
del::before { content: " deleted: "; }
ins::before { content: " inserted: "; }
.rv-pane { max-height: 62vh; }
.note bdi[dir="ltr"] { white-space: nowrap; }

@media (max-width: 34rem) {
  body { padding: 1.25rem 1rem 2rem; }
  .figures { grid-template-columns: 1fr 1fr; }
  .figures div:last-child:nth-child(odd) { grid-column: 1 / -1; }
  td.bar, th.bar, td.wide, th.wide { display: none; }
  th, td { padding-inline-end: .5rem; }
  td:has(+ td.bar), th:has(+ th.bar) { padding-inline-end: 0; }
  .spread i { width: .5rem; }
  .often { display: none; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --dim: #444; --line: #bbb; --bar: #2f6f8f; --track: #e8ebec;
    --del: #8c1010; --del-paper: #ffe5e2; --ins: #0b5a26; --ins-paper: #dcf5e1; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .figures div, tr, .changes li { break-inside: avoid; }
  h2, h3, thead { break-after: avoid; }
}
"""
