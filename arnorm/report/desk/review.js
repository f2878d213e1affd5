// Reviewing: a text with what arnorm would change and what it suggests, each to be decided by a reader. The playground
// and the pages that `arnorm repair --html` writes are drawn by this one file; it asks nothing of the network.
//
// A text is units (its lines, or the whole of it); a unit is {text, found, decided}. A finding has `start` and `end`
// within its unit, `before`, `after`, `kind`, `decision` ("change" or "suggest"), `score`, `other`, `passes`, `codes`.
// `decided` maps the start of a finding to {before, choice}: the text that the reader wants there.

const BLOCK = 1200 // letters drawn together: some three screens of a phone
const CUT = 2400 // a paragraph longer than that is drawn in several blocks
const SHOWN = new Map([["\t", "TAB"], ["\u00a0", "NBSP"], ["\u00ad", "SHY"], ["\u061c", "ALM"], ["\u200b", "ZWSP"], ["\u200c", "ZWNJ"], ["\u200d", "ZWJ"], ["\u200e", "LRM"], ["\u200f", "RLM"], ["\u2060", "WJ"], ["\ufeff", "BOM"]])
// What would reorder the page, or cannot be seen at all, is shown as a key, and copied as what it is.
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

export function code(character) {
  return SHOWN.get(character) || `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`
}

// A text of the interface, from the table that the site and the reports share.
export function speaker(texts, language) {
  return (name, values = {}) =>
    (texts.interface[name]?.[language] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""))
}

// Text for the page: what cannot be seen stands in an element that draws it by its style, so that a copy is the text.
export function drawn(text) {
  const pieces = []
  let last = 0
  for (const match of text.matchAll(UNSAFE)) {
    if (match.index > last) pieces.push(text.slice(last, match.index))
    const key = element("span", { className: "rv-key" })
    key.dataset.shown = code(match[0])
    pieces.push(key)
    last = match.index + match[0].length
  }
  if (last < text.length) pieces.push(text.slice(last))
  return pieces
}

// A sentence in which each run of Arabic stands by itself.
function isolated(text) {
  return text.split(/([\u0620-\u06d3«](?:[\u0620-\u06d3 «»]*[\u0620-\u06d3»])?)/).map((part, odd) => (odd % 2 ? element("bdi", { textContent: part }) : part))
}

export const chosen = (unit, finding) => {
  const made = unit.decided.get(finding.start)
  if (made) return made.choice
  return finding.decision === "change" ? finding.after : finding.before
}

// What a unit becomes; decisions on words that nothing is found for any more hold too.
export function outcome(unit) {
  let text = ""
  let last = 0
  for (const finding of all(unit)) {
    text += unit.text.slice(last, finding.start) + chosen(unit, finding)
    last = finding.end
  }
  return text + unit.text.slice(last)
}

// The findings of a unit, and what the reader has decided where there is none, in order.
export function all(unit) {
  const own = []
  for (const [start, { before, choice }] of unit.decided) {
    if (choice === before || unit.found.some(finding => finding.start === start)) continue
    const end = start + before.length
    if (unit.found.some(finding => finding.start < end && start < finding.end)) continue
    own.push({ start, end, before, after: choice, kind: "own", decision: "suggest", score: null, other: "", passes: [], codes: "" })
  }
  return own.length ? [...unit.found, ...own].sort((a, b) => a.start - b.start) : unit.found
}

// The units of a new text: those that are as they were keep what was found and decided; of the one between that was
// typed in, the decisions before and behind what was typed.
export function retold(units, texts) {
  let head = 0
  while (head < units.length && head < texts.length && units[head].text === texts[head]) head++
  let tail = 0
  while (tail < units.length - head && tail < texts.length - head && units.at(-1 - tail).text === texts.at(-1 - tail)) tail++
  const gone = units.slice(head, units.length - tail)
  const known = new Map(gone.map(unit => [unit.text, unit]))
  const made = texts.slice(head, texts.length - tail).map((text, place, all) => {
    const old = all.length === gone.length ? gone[place] : known.get(text) || (place === 0 ? gone[0] : gone.at(-1))
    return old ? shifted(old, text) : { text, found: [], decided: new Map(), stale: true }
  })
  return [...units.slice(0, head), ...made, ...units.slice(units.length - tail)]
}

function shifted(unit, text) {
  let head = 0
  const most = Math.min(unit.text.length, text.length)
  while (head < most && unit.text[head] === text[head]) head++
  let tail = 0
  while (tail < most - head && unit.text.at(-1 - tail) === text.at(-1 - tail)) tail++
  const by = text.length - unit.text.length
  const moved = (start, length) => (start + length <= head ? start : start >= unit.text.length - tail ? start + by : null)
  // Where more was typed than at one place, a word is known by what stands around it, if that is there once.
  const again = (start, length) => {
    const from = Math.max(start - 6, 0)
    const around = unit.text.slice(from, start + length + 6).trimEnd()
    const place = text.indexOf(around)
    return place < 0 || text.indexOf(around, place + 1) >= 0 ? null : place + start - from
  }
  const decided = new Map()
  for (const [start, made] of unit.decided) {
    const place = moved(start, made.before.length) ?? again(start, made.before.length)
    if (place !== null) decided.set(place, made)
  }
  const found = unit.found.flatMap(finding => {
    const start = moved(finding.start, finding.end - finding.start)
    return start === null ? [] : [{ ...finding, start, end: start + finding.end - finding.start }]
  })
  return { ...unit, text, found, decided, stale: true }
}

// What was decided, as `arnorm repair --apply` reads it: for each text what is to be put where, in code points.
export function decisions(units) {
  return units.flatMap(unit => {
    const source = unit.text.replace(/\n$/, "")
    const place = offset => [...source.slice(0, offset)].length
    const changes = all(unit).map(finding => {
      const made = unit.decided.get(finding.start)
      const after = made && made.choice !== finding.before ? made.choice : finding.after
      const usual = finding.decision === "change" ? "replace" : "suggest"
      const decision = made ? (made.choice === finding.before ? "keep" : "replace") : usual
      return { start: place(finding.start), end: place(finding.end), before: finding.before, after, kind: finding.kind, decision }
    })
    return changes.length ? [{ ...(unit.file ? { file: unit.file } : {}), line: unit.line, source, changes }] : []
  })
}

// Takes over what is decided in such rows, where the units have their texts; how many places that were.
export function decide(units, rows) {
  const known = new Map()
  for (const row of Array.isArray(rows) ? rows : [rows]) known.set(row.source, [...(row.changes || []), ...(row.suggestions || [])])
  let count = 0
  for (const unit of units) {
    const source = unit.text.replace(/\n$/, "")
    for (const { start, end, before, after, decision } of known.get(source) || []) {
      const points = [...source]
      if (decision === "suggest" || points.slice(start, end).join("") !== before) continue
      unit.decided.set(points.slice(0, start).join("").length, { before, choice: decision === "keep" ? before : after })
      count++
    }
  }
  return count
}

export class Review {
  // `root` is an empty element; `readings` may give more readings of a finding, `leave` keeps a word for ever, `changed`
  // is told of decisions.
  constructor(root, { texts, language, readings, leave, changed, label, words, cardRoot }) {
    Object.assign(this, { texts, language, readings, leave, changed: changed || (() => {}), say: speaker(texts, language) })
    this.words = words || null // summaries of passes, in the language of the page
    this.units = []
    this.blocks = []
    this.current = null // [unit, finding]
    this.pane = element("div", { className: "rv-pane", lang: "ar", dir: "auto", tabIndex: -1 })
    this.pane.setAttribute("role", "region")
    this.pane.setAttribute("aria-label", label || this.say("after"))
    this.status = element("p", { className: "rv-status" })
    this.status.setAttribute("role", "status")
    this.card = element("div", { className: "rv-card", hidden: true })
    this.card.setAttribute("role", "group")
    root.append(this.pane, this.status)
    ;(cardRoot || root).append(this.card)
    this.watch = new IntersectionObserver(seen => seen.forEach(entry => this.appear(entry)), { root: this.pane, rootMargin: "800px 0px" })
    this.listen()
  }

  get all() {
    return this.units
  }

  set(units) {
    this.units = units
    this.layOut()
    this.tell()
  }

  found(unit, found) {
    unit.found = found
    unit.stale = false
    this.counted = null
    for (const block of unit.blocks || []) if (block.shown) this.draw(block)
  }

  result() {
    return this.units.map(outcome).join("")
  }

  count() {
    let changes = 0
    let suggestions = 0
    let decided = 0
    for (const unit of this.units) {
      for (const finding of unit.found) finding.decision === "change" ? changes++ : suggestions++
      decided += unit.decided.size
    }
    return { changes, suggestions, decided }
  }

  tell() {
    const count = this.count()
    const nothing = !count.changes && !count.suggestions && !count.decided
    this.status.textContent = nothing ? this.say("nothing") : this.say("counts", count)
  }

  // --- Drawing: only what can be seen ------------------------------------------------------------------------------

  layOut() {
    const focused = this.focusedPlace()
    const scrolled = this.pane.scrollTop
    this.watch.disconnect()
    const old = new Map(this.blocks.map(block => [block.key, block]))
    for (const unit of this.units) unit.blocks = []
    this.blocks = cut(this.units).map(slices => {
      const key = slices.map(({ unit, from, to }) => unit.text.slice(from, to)).join("")
      const height = old.get(key)?.height
      const place = element("div", { className: "rv-block", dir: "auto" })
      const block = { slices, key, place, shown: false, height }
      place.style.height = `${height || 30 * Math.max(slices.length, Math.ceil(key.length / 60))}px`
      place.block = block
      for (const { unit } of slices) unit.blocks.push(block)
      return block
    })
    this.pane.replaceChildren(...this.blocks.map(block => block.place))
    this.pane.scrollTop = scrolled
    // What is at the place where the reader looks is there at once, the rest when it comes near.
    let top = 0
    for (const block of this.blocks) {
      const height = parseFloat(block.place.style.height)
      if (top < scrolled + 900 && top + height > scrolled - 300) this.draw(block)
      if ((top += height) > scrolled + 900) break
    }
    for (const { place } of this.blocks) this.watch.observe(place)
    if (this.current && !this.units.includes(this.current[0])) this.show(null)
    if (focused) this.focusAt(...focused)
  }

  appear({ target, isIntersecting }) {
    const { block } = target
    if (isIntersecting && !block.shown) this.draw(block)
    else if (!isIntersecting && block.shown && !target.contains(document.activeElement)) {
      block.height = target.offsetHeight
      target.style.height = `${block.height}px`
      target.replaceChildren()
      block.shown = false
    }
  }

  draw(block) {
    const focused = block.place.contains(document.activeElement) && this.focusedPlace()
    const pieces = []
    for (const { unit, from, to } of block.slices) {
      if (unit.heading && from === 0) pieces.push(element("div", { className: "rv-place", dir: "ltr" }, element("bdi", { textContent: unit.heading })))
      const findings = all(unit)
      let last = from
      let at = firstBehind(findings, from)
      if (at < findings.length && findings[at].start < from) last = findings[at++].end // drawn in the block before
      for (; at < findings.length && findings[at].start < to; at++) {
        pieces.push(...drawn(unit.text.slice(last, findings[at].start)), this.mark(unit, findings[at]))
        last = findings[at].end
      }
      if (last < to) pieces.push(...drawn(unit.text.slice(last, to)))
    }
    block.place.replaceChildren(...pieces)
    block.place.style.height = ""
    block.shown = true
    if (focused) this.focusAt(...focused)
  }

  state(unit, finding) {
    const made = unit.decided.get(finding.start)
    if (!made) return finding.decision
    return made.choice === finding.before ? "rejected" : "accepted"
  }

  mark(unit, finding) {
    const text = chosen(unit, finding)
    const state = this.state(unit, finding)
    const made = element("span", { className: `rv-mark rv-${state}`, tabIndex: 0 }, ...drawn(text))
    made.setAttribute("role", "button")
    if (/^\s*$/.test(text)) made.dataset.shown = text ? [...text].map(c => (c === " " ? "␣" : code(c))).join(" ") : this.say("deleted")
    if (this.current && this.current[0] === unit && this.current[1].start === finding.start) made.classList.add("rv-current")
    made.setAttribute("aria-label", `${this.say(state)}: ${finding.before || this.say("nothing to see")} ← ${finding.after || this.say("nothing to see")}. ${this.why(finding)}`)
    made.at = [unit, finding]
    return made
  }

  why(finding) {
    if (finding.kind === "pass") {
      const told = finding.passes.map(name => this.words?.[name]).filter(Boolean)
      return told.length ? `${told.join(this.language === "ar" ? "؛ " : "; ")}.` : this.texts.kinds.pass[this.language]
    }
    return (this.texts.kinds[finding.kind] || this.texts.kinds.own)[this.language]
  }

  // --- Going from one to the next ----------------------------------------------------------------------------------

  focusedPlace() {
    return this.pane.contains(document.activeElement) && document.activeElement.at ? [document.activeElement.at[0], document.activeElement.at[1].start] : null
  }

  focusAt(unit, start, options = { preventScroll: true }) {
    const mark = this.markAt(unit, start)
    mark?.focus(options)
    return mark
  }

  markAt(unit, start) {
    for (const block of unit.blocks || []) {
      for (const mark of block.place.querySelectorAll(".rv-mark")) {
        if (mark.at[0] === unit && mark.at[1].start === start) return mark
      }
    }
    return null
  }

  // The finding `by` places from the current one.
  step(by) {
    let place = this.current ? this.units.indexOf(this.current[0]) : by > 0 ? 0 : this.units.length - 1
    let start = this.current ? this.current[1].start : by > 0 ? -1 : Infinity
    for (; place >= 0 && place < this.units.length; place += by) {
      const findings = all(this.units[place])
      const next = by > 0 ? findings.find(finding => finding.start > start) : findings.findLast(finding => finding.start < start)
      if (next) return [this.units[place], next]
      start = by > 0 ? -1 : Infinity
    }
    return null
  }

  go(by, { focus = true } = {}) {
    const target = this.step(by)
    if (!target) return false
    this.show(target)
    const block = (target[0].blocks || []).find(block => block.slices.some(({ unit, from, to }) => unit === target[0] && from <= target[1].start && target[1].start < Math.max(to, from + 1)))
    if (block && !block.shown) {
      block.place.scrollIntoView({ block: "nearest" })
      this.draw(block)
    }
    const mark = this.markAt(target[0], target[1].start)
    mark?.scrollIntoView({ block: "nearest", inline: "nearest" })
    if (focus) mark?.focus({ preventScroll: true })
    return true
  }

  // --- Deciding ----------------------------------------------------------------------------------------------------

  decide(unit, finding, choice) {
    if (choice === null) unit.decided.delete(finding.start)
    else unit.decided.set(finding.start, { before: finding.before, choice })
    this.refresh(unit, finding)
  }

  refresh(unit, finding) {
    for (const block of unit.blocks || []) if (block.shown) this.draw(block)
    if (this.current && this.current[0] === unit && this.current[1].start === finding.start) this.fill()
    this.tell()
    this.changed()
  }

  accept() {
    this.choose(this.current?.[1].after)
  }

  reject() {
    this.choose(this.current?.[1].before)
  }

  choose(text) {
    if (!this.current || text === undefined) return
    const [unit, finding] = this.current
    const same = unit.decided.get(finding.start)?.choice === text
    this.decide(unit, finding, same ? null : text) // once more takes it back
  }

  leaveAlways() {
    if (!this.current || !this.leave || !oneWord(this.current[1].before)) return
    const [unit, finding] = this.current
    const word = finding.before
    const next = this.step(1)
    for (const each of this.units) {
      if (!each.text.includes(word)) continue
      each.found = each.found.filter(other => other.before !== word)
      for (const [start, made] of each.decided) if (made.before === word) each.decided.delete(start)
      each.stale = true
      for (const block of each.blocks || []) if (block.shown) this.draw(block)
    }
    this.leave(word)
    this.show(null)
    if (next && all(next[0]).includes(next[1])) this.show(next)
    else if (this.step(1)) this.show(this.step(1))
    if (this.current) this.focusAt(this.current[0], this.current[1].start)
    this.tell()
    this.changed()
  }

  // --- The card of the current finding -----------------------------------------------------------------------------

  show(target) {
    const same = target && this.current && target[0] === this.current[0] && target[1].start === this.current[1].start
    const old = this.current
    this.current = target
    this.pane.querySelector(".rv-current")?.classList.remove("rv-current")
    if (target) this.markAt(target[0], target[1].start)?.classList.add("rv-current")
    if (!same || !old) this.more = null
    this.fill()
    if (target && !same && this.readings && target[1].kind !== "pass") {
      const asked = target
      this.readings(...target).then(more => {
        if (this.current !== asked) return
        this.more = more
        this.fill()
      }, () => {})
    }
  }

  fill() {
    const { say, card } = this
    card.hidden = !this.current
    if (!this.current) return card.replaceChildren()
    const [unit, finding] = this.current
    const inCard = card.contains(document.activeElement) && document.activeElement.dataset.action
    const state = this.state(unit, finding)
    const word = (text, tag) => element(tag, { className: "rv-word", lang: "ar", dir: "auto" }, ...(text ? drawn(text.replaceAll(" ", finding.before.trim() && finding.after.trim() ? " " : "␣")) : [say("nothing to see")]))
    const pair = element("p", { className: "rv-pair" }, word(finding.before, "del"), element("span", { className: "rv-arrow" }), word(finding.after, "ins"))
    const sure = finding.score === null || finding.score === undefined ? "" : say("sure", { percent: Math.floor(finding.score * 100) })
    const how = finding.codes ? element("bdi", { className: "rv-how", dir: "ltr", textContent: `${finding.passes.join(", ")}: ${finding.codes}` }) : ""
    const why = element("p", { className: "rv-why" }, element("b", { textContent: `${say(state)}. ` }), ...isolated(this.why(finding)), sure ? ` ${sure}` : "", how ? " " : "", how)
    const button = (action, text, run, pressed) => {
      const made = element("button", { type: "button", textContent: text })
      made.dataset.action = action
      if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed))
      made.addEventListener("click", run)
      return made
    }
    const made = unit.decided.get(finding.start)?.choice
    const buttons = element("div", { className: "rv-buttons" },
      button("previous", say("previous"), () => this.go(-1)),
      button("next", say("next"), () => this.go(1)),
      button("accept", say("accept"), () => this.accept(), made === finding.after),
      button("reject", say("reject"), () => this.reject(), made === finding.before),
      ...(this.leave && finding.kind !== "pass" && oneWord(finding.before) ? [button("leave", say("leave"), () => this.leaveAlways())] : []))
    card.setAttribute("aria-label", say("card"))
    card.replaceChildren(pair, why, buttons, ...(finding.kind === "pass" ? [] : [this.choices(unit, finding, button, made)]))
    if (inCard) card.querySelector(`[data-action="${inCard}"]`)?.focus({ preventScroll: true })
  }

  others(finding) {
    const known = [finding.other, ...(this.more || [])].filter(text => text && text !== finding.after && text !== finding.before)
    return [...new Set(known)].slice(0, 6)
  }

  choices(unit, finding, button, made) {
    const { say } = this
    const others = this.others(finding).map((text, place) => {
      const choice = button(`other-${place}`, "", () => this.choose(text), made === text)
      choice.append(element("bdi", { lang: "ar", textContent: text }))
      return choice
    })
    const own = element("input", { type: "text", lang: "ar", dir: "auto", autocomplete: "off", spellcheck: false })
    own.dataset.action = "own"
    own.setAttribute("aria-label", say("own reading"))
    own.placeholder = say("own reading")
    if (made !== undefined && made !== finding.after && made !== finding.before && !this.others(finding).includes(made)) own.value = made
    const take = () => own.value.trim() && this.decide(unit, finding, own.value.trim())
    own.addEventListener("keydown", event => {
      if (event.key !== "Enter") return
      event.preventDefault()
      take()
    })
    return element("div", { className: "rv-buttons rv-others" }, element("span", { textContent: say("others") }), ...others, own, button("take", say("take"), take))
  }

  // --- Keys, clicks, copies ----------------------------------------------------------------------------------------

  listen() {
    const { pane, card } = this
    pane.addEventListener("focusin", ({ target }) => target.at && this.show(target.at))
    pane.addEventListener("click", ({ target }) => {
      const mark = target.closest?.(".rv-mark")
      if (!mark) return
      mark.focus({ preventScroll: true })
      this.show(mark.at)
    })
    pane.addEventListener("keydown", event => this.key(event))
    card.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !this.current) return
      event.preventDefault()
      this.focusAt(this.current[0], this.current[1].start)
    })
    pane.addEventListener("copy", event => {
      const text = this.selected()
      if (text === null) return
      event.clipboardData.setData("text/plain", text)
      event.preventDefault()
    })
  }

  key(event) {
    if (!event.target.at || event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    const digit = /^[1-9]$/.test(key) ? this.others(this.current[1])[Number(key) - 1] : undefined
    const run = {
      Tab: () => this.go(event.shiftKey ? -1 : 1),
      ArrowDown: () => this.go(1), ArrowLeft: () => this.go(1), ArrowUp: () => this.go(-1), ArrowRight: () => this.go(-1),
      Enter: () => this.accept(), Delete: () => this.reject(), Backspace: () => this.reject(),
      " ": () => this.card.querySelector("[data-action=accept]")?.focus(),
      Escape: () => this.after?.focus(),
    }[key]
    const letters = { KeyA: () => this.accept(), KeyR: () => this.reject(), KeyL: () => this.leaveAlways(), KeyN: () => this.go(1), KeyP: () => this.go(-1) }
    const action = run || (digit !== undefined && (() => this.choose(digit))) || (!event.shiftKey && letters[event.code])
    if (!action) return
    // Tab leaves the text where there is no other change; arrows never leave the page.
    if (action() === false && key === "Tab") return
    event.preventDefault()
    event.stopPropagation()
  }

  // What is selected, as text: from the places in the result, however little of it is drawn.
  selected() {
    const selection = getSelection()
    if (!selection.rangeCount || selection.isCollapsed) return null
    const range = selection.getRangeAt(0)
    if (!this.pane.contains(range.commonAncestorContainer)) return null
    const starts = []
    let at = 0
    for (const block of this.blocks) {
      starts.push(at)
      at += this.length(block)
    }
    const place = (node, offset) => {
      const inner = (node.nodeType === 1 ? node : node.parentElement).closest(".rv-block")
      if (!inner) return node === this.pane && offset < this.blocks.length ? starts[offset] : at
      const before = document.createRange()
      before.selectNodeContents(inner)
      before.setEnd(node, offset)
      return starts[this.blocks.indexOf(inner.block)] + textLength(before.cloneContents())
    }
    return this.result().slice(place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset))
  }

  length(block) {
    let length = 0
    for (const { unit, from, to } of block.slices) {
      const findings = all(unit)
      let last = from
      let at = firstBehind(findings, from)
      if (at < findings.length && findings[at].start < from) last = findings[at++].end
      for (; at < findings.length && findings[at].start < to; at++) {
        length += findings[at].start - last + chosen(unit, findings[at]).length
        last = findings[at].end
      }
      length += Math.max(to - last, 0)
    }
    return length
  }
}

// The characters of drawn text: a key stands for one, a heading for none.
function textLength(node) {
  let length = 0
  for (const child of node.childNodes) {
    if (child.nodeType === 3) length += child.data.length
    else if (child.classList?.contains("rv-key")) length += 1
    else if (!child.classList?.contains("rv-place")) length += textLength(child)
  }
  return length
}

function firstBehind(findings, from) {
  let low = 0
  let high = findings.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (findings[middle].end <= from) low = middle + 1
    else high = middle
  }
  return low
}

const oneWord = text => /^[\u0620-\u065f\u0670-\u06d3]+$/.test(text)

// Blocks of some thousand letters, cut where a line ends, or, within very long lines, after a space.
function cut(units) {
  const blocks = []
  let block = []
  let size = 0
  const close = () => {
    if (block.length) blocks.push(block)
    block = []
    size = 0
  }
  for (const unit of units) {
    if (unit.heading) close()
    let from = 0
    while (from < unit.text.length || (from === 0 && !unit.text)) {
      const line = unit.text.indexOf("\n", from)
      let to = line < 0 ? unit.text.length : line + 1
      if (to - from > CUT) {
        const space = unit.text.lastIndexOf(" ", from + BLOCK)
        to = space > from ? space + 1 : from + BLOCK
        if (/[\ud800-\udbff]/.test(unit.text[to - 1])) to++
      }
      const last = block.at(-1)
      if (last && last.unit === unit && last.to === from) last.to = to
      else block.push({ unit, from, to })
      size += to - from
      if (size >= BLOCK) close()
      if (to === from) break
      from = to
    }
  }
  close()
  return blocks
}
