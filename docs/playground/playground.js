// The page: a text, what arnorm finds in it, and what the reader decides. arnorm runs in worker.js, review.js draws.
import { Review, decide, decisions as rowsOf, element, speaker, retold } from "./review.js"

const here = new URL(".", import.meta.url)
const by = id => document.getElementById(`pg-${id}`)
const form = by("form")
const language = document.documentElement.lang === "ar" ? "ar" : "en"
// The Arabic desk is a page of its own; a link to this one may ask for it.
if (language === "en" && new URLSearchParams(location.search).get("lang") === "ar") {
  location.replace(new URL("../ar/desk.html", here).href + location.hash)
}

const EXAMPLES = {
  "example typing": {
    text: "اختلفت الىراء حول هاذا الموضوع، و ذكر المدير ان المدرسه ستفتح ابوابها يوم الاحد انشاء الله.\nلم يكن المعلم مسئولا عن التاخير، لاكنه اعتذر الى الاهالي وشكرهم علي صبرهم.",
    mode: "review", policy: "safe",
  },
  "example pdf": {
    text: "ﺍﻓﺘﺘﺢ ﺍﻟﻮﺯﻳﺮ ﺃﻣﺲ ﺍﻟﻤﻌـــﺮﺽ ﺍﻟﺴﻨﻮﻱ\u200b ﻟﻠﻜﺘﺎﺏ، ﻭﺷﺎﺭﻙ\u00a0ﻓﻴﻪ ٢٥٠ ﻧﺎﺷﺮﺍ.",
    mode: "review", policy: "safe",
  },
  "example search": {
    text: "ذَهَبَتِ الطَّالِبَةُ إِلَى المَكْتَبَةِ، وَاسْتَعَارَتْ ١٢ كِتَابًا.",
    mode: "profile", profile: "search.v1",
  },
  "example post": {
    text: "مبرووووك الفوووز!!!! 🎉 @salma_90 شاهدوا الهدف https://example.com/goal #كرة_القدم",
    mode: "profile", profile: "social.v1",
  },
}
const POLICIES = ["safe", "balanced", "thorough"]
const LONGEST_LINK = 16000
const KEPT = { words: "arnorm.words", keep: "arnorm.keep", text: "arnorm.text" }

let catalogue
let files
let worker
let say
let review
let ready = false
let asked = 0
let file = null // the file that was opened: {name, ending, bytes, crlf}
const state = { text: "", mode: "review", profile: "clean.v1", passes: [], policy: "safe" }
const words = new Set(JSON.parse(stored(KEPT.words) || "[]"))

// --- Starting ------------------------------------------------------------------------------------------------------

async function begin() {
  try {
    if (location.protocol === "file:") {
      throw new Error("a page opened from a folder may not start Python. Serve the folder (python -m http.server) and open it from there")
    }
    const listed = fetched("files.json").catch(error => error)
    catalogue ||= await fetched("catalogue.json")
    say = speaker(catalogue.texts, language)
    if (!review) await dress()
    if (typeof WebAssembly !== "object") throw new Error("this browser does not run WebAssembly, or it is switched off")
    files = await listed
    if (files instanceof Error) {
      throw files.status === 404 ? new Error("this copy of the site was built without Python for the browser (files.json is missing); see docs/build.sh") : files
    }
    by("licence").replaceChildren(
      say("licence", { size: (files.model_size / 1e6).toFixed(1), licence: files.licence }),
      element("a", { href: new URL(files.notice, here), textContent: say("licence link") }))
    startWorker()
  } catch (error) {
    fail(error.message)
  }
}

async function dress() {
  const after = by("copy")
  review = new Review(by("review"), {
    texts: catalogue.texts, language, readings, leave, changed: decided, label: say("after"), cardRoot: by("card"),
    words: Object.fromEntries(catalogue.passes.map(pass => [pass.name, summary(pass)])),
  })
  review.after = after
  window.arnormReview = review // for whoever looks into the page
  fillChoices()
  const kept = JSON.parse(stored(KEPT.text) || "null")
  by("keep").checked = stored(KEPT.keep) === "yes"
  take((await fromFragment()) || kept || { ...EXAMPLES["example typing"] })
}

async function fetched(name) {
  const response = await fetch(new URL(name, here)).catch(() => {
    throw new Error(`${name} could not be fetched: there is no connection to the site`)
  })
  if (!response.ok) {
    throw Object.assign(new Error(`${name} could not be fetched: the site answered ${response.status}`), { status: response.status })
  }
  return response.json()
}

function startWorker() {
  worker = new Worker(new URL("worker.js", here), { type: "module" })
  worker.onerror = event => fail(event.message || "worker.js could not be fetched or started")
  worker.onmessage = ({ data }) => {
    if (data.stage) showProgress(data)
    else if (data.ready) {
      ready = true
      by("loading").hidden = true
      keepOffline()
    } else if (data.call) settle(data)
    else if (data.failed && !ready) fail(data.failed)
    else answered(data)
  }
  worker.postMessage({ start: files, model: state.mode === "review" })
  request()
}

// A service worker keeps the page itself; the large files are kept by worker.js. Where there cannot be one the page
// works all the same, with the network.
async function keepOffline() {
  if (!navigator.serviceWorker) return
  try {
    await navigator.serviceWorker.register(new URL("../playground.offline.js", here), { scope: location.pathname.replace(/\.html$/, "") })
    const { active } = await navigator.serviceWorker.ready
    const own = performance.getEntriesByType("resource").map(entry => entry.name).filter(url => url.startsWith(location.origin))
    const more = ["worker.js", `${files.pyodide}pyodide.mjs`, `${files.pyodide}pyodide.asm.mjs`].map(name => new URL(name, here).href)
    active.postMessage({
      fetched: [...new Set([location.origin + location.pathname, ...own, ...more])],
      current: [files.pyodide, files.arnorm, files.model, files.snapshot || files.arnorm],
    })
  } catch {
    // Private windows and plain http have none.
  }
}

function showProgress({ stage, loaded, total }) {
  by("loading").hidden = false
  const megabytes = number => (number / 1e6).toFixed(1)
  by("stage").textContent = total ? say("loaded", { stage: say(stage), loaded: megabytes(loaded), total: megabytes(total) }) : `${say(stage)} …`
  if (total) by("progress").value = loaded / total
  else by("progress").removeAttribute("value")
}

function fail(reason) {
  worker?.terminate()
  worker = null
  ready = false
  by("loading").hidden = true
  const why = reason.replace(/\.$/, "")
  by("what").textContent = say ? say("not started", { why }) : `The review desk could not start: ${why}.`
  by("problem").hidden = false
}

by("again").addEventListener("click", () => {
  by("problem").hidden = true
  by("loading").hidden = false
  begin()
})

// --- Asking --------------------------------------------------------------------------------------------------------

const settings = () => JSON.stringify({ mode: state.mode, policy: state.policy, profile: state.profile, passes: state.passes, words: [...words].sort() })

// A review goes line by line, as the command line does; passes may join and part lines, so that they see the whole.
function parted(text) {
  return state.mode === "review" ? text.match(/[^\n]*\n|[^\n]+$/g) || [""] : [text]
}

let timer
function edited(soon = false) {
  clearTimeout(timer)
  timer = setTimeout(request, soon ? 0 : 150)
}

let pending = new Map()
function request() {
  if (!worker) return
  const stale = review.all.filter(unit => unit.stale)
  asked += 1
  pending = new Map(stale.map((unit, place) => [place, unit]))
  const units = stale.map((unit, place) => [place, unit.text.replace(/\n$/, state.mode === "review" ? "" : "\n")])
  begun = performance.now()
  worker.postMessage({ ask: asked, settings: settings(), units })
}

let begun = 0
function answered({ ask, found, left, failed }) {
  if (ask !== asked) return
  if (failed) return tell(say("failed", { why: failed.replace(/\.$/, "") }), true)
  for (const [place, findings] of found) {
    if (findings.error) return tell(findings.error)
    review.found(pending.get(place), findings)
  }
  by("loading").hidden = true
  tell(left ? say("working", { left }) : "")
  review.tell()
  if (left) return
  by("status").dataset.milliseconds = Math.round(performance.now() - begun)
  by("status").dataset.answered = asked
  aboutDecisions()
  showCode()
}

function tell(text, again = false) {
  const status = by("status")
  status.textContent = text
  by("loading").hidden = true
  if (!again) return
  const button = element("button", { type: "button", textContent: say("again") })
  button.addEventListener("click", request)
  status.append(" ", button)
}

// A function of run.py, called in the worker.
const calls = new Map()
function call(name, ...args) {
  if (!worker) return Promise.reject(new Error("arnorm is not running"))
  return new Promise((resolve, reject) => {
    const number = (call.last = (call.last || 0) + 1)
    calls.set(number, { resolve, reject })
    worker.postMessage({ call: number, name, args })
  })
}

function settle({ call, answer, failed }) {
  const { resolve, reject } = calls.get(call)
  calls.delete(call)
  failed ? reject(new Error(failed)) : resolve(answer)
}

async function readings(unit, finding) {
  const before = unit.text.slice(Math.max(finding.start - 200, 0), finding.start)
  const after = unit.text.slice(finding.end, finding.end + 200)
  return JSON.parse(await call("readings", finding.before, before, after, settings()))
}

// --- Text and decisions --------------------------------------------------------------------------------------------

function decided() {
  aboutDecisions()
  keep()
}

function aboutDecisions() {
  by("redo").hidden = !review.all.some(unit => unit.decided.size)
}

// Decisions by their place in the whole text, as they are kept and sent.
function decisions() {
  const out = []
  let at = 0
  for (const unit of review.all) {
    for (const [start, { before, choice }] of [...unit.decided].sort((a, b) => a[0] - b[0])) out.push([at + start, before, choice])
    at += unit.text.length
  }
  return out
}

function withDecisions(text, made) {
  const units = parted(text).map(text => ({ text, found: [], decided: new Map(), stale: true }))
  let place = 0
  let at = 0
  for (const [start, before, choice] of made) {
    while (place < units.length && start >= at + units[place].text.length) at += units[place++].text.length
    const unit = units[place]
    if (unit && unit.text.startsWith(before, start - at)) unit.decided.set(start - at, { before, choice })
  }
  return units
}

function take(given) {
  Object.assign(state, given)
  delete state.decided
  by("text").value = state.text
  form.elements.mode.value = state.mode
  form.elements.policy.value = state.policy
  by("profile").value = state.profile
  review.set(withDecisions(state.text, given.decided || []))
  if (!ready) review.status.textContent = ""
  showChoice()
  edited(true)
  aboutLink()
}

// Other settings find other things in the same text; what was decided stays decided, and what is shown stays until
// there is an answer.
function reset() {
  const texts = parted(state.text)
  const same = texts.length === review.all.length && texts.every((text, place) => text === review.all[place].text)
  if (same) for (const unit of review.all) unit.stale = true
  else review.set(withDecisions(state.text, decisions()))
  showChoice()
  edited(true)
  keep()
}

by("text").addEventListener("input", () => {
  state.text = by("text").value
  review.units = retold(review.all, parted(state.text))
  review.layOut()
  edited()
  aboutLink()
  keep()
})
// Browsers take minutes to paste what a text area can be given in a second.
const LONG_PASTE = 20000
by("text").addEventListener("paste", event => {
  const text = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n")
  if (text.length < LONG_PASTE) return
  event.preventDefault()
  by("text").setRangeText(text, by("text").selectionStart, by("text").selectionEnd, "end")
  by("text").dispatchEvent(new Event("input"))
})
by("redo").addEventListener("click", () => {
  for (const unit of review.all) unit.decided.clear()
  review.show(null)
  review.layOut()
  review.tell()
  decided()
  by("copy").focus()
})

function leave(word) {
  words.add(word)
  listWords()
  store(KEPT.words, JSON.stringify([...words]))
  edited(true)
}

function listWords() {
  by("words-count").textContent = words.size
  by("save-words").disabled = !words.size
  by("words").replaceChildren(...[...words].map(word => {
    const button = element("button", { type: "button", textContent: "×" })
    button.setAttribute("aria-label", say("forget word", { word }))
    button.addEventListener("click", () => {
      words.delete(word)
      listWords()
      store(KEPT.words, JSON.stringify([...words]))
      reset()
    })
    return element("li", {}, element("bdi", { lang: "ar", textContent: word }), " ", button)
  }))
}

// --- Kept in the browser, if the reader allows it ------------------------------------------------------------------

function stored(name) {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function store(name, value) {
  try {
    value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value)
    return true
  } catch {
    return false
  }
}

let keeping
function keep() {
  if (!by("keep").checked) return
  clearTimeout(keeping)
  keeping = setTimeout(keepNow, 400)
}

function keepNow() {
  clearTimeout(keeping)
  if (by("keep").checked && !store(KEPT.text, JSON.stringify({ ...state, decided: decisions() }))) tell(say("no room"))
}

by("keep").addEventListener("change", () => {
  store(KEPT.keep, by("keep").checked ? "yes" : null)
  by("keep").checked ? keepNow() : store(KEPT.text, null)
})
addEventListener("pagehide", keepNow)

// --- Taking the result away, and files -----------------------------------------------------------------------------

async function copy(button, text) {
  const title = (button.dataset.title ||= button.textContent)
  button.textContent = title
  try {
    await navigator.clipboard.writeText(text)
    button.textContent = say("copied")
  } catch {
    button.textContent = say("not copied")
  }
  setTimeout(() => (button.textContent = title), 2000)
}
by("copy").addEventListener("click", event => copy(event.target, review.result()))
by("copy-code").addEventListener("click", event => copy(event.target, by("code").textContent))
by("share").addEventListener("click", async event => {
  const packed = await pack(JSON.stringify({ ...state, decided: decisions() }))
  const fits = packed.length <= LONGEST_LINK
  by("too-long").hidden = fits
  by("share").disabled = !fits
  if (!fits) return
  history.replaceState(null, "", `${location.pathname}${location.search}#${packed}`)
  copy(event.target, location.href)
})

// Whether a link can hold the text is known before it is asked for, where that is certain.
function aboutLink() {
  by("too-long").hidden = state.text.length < 4 * LONGEST_LINK
  by("share").disabled = state.text.length >= 4 * LONGEST_LINK
}

function download(name, content, type = "text/plain;charset=utf-8") {
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}

const ending = () => file?.ending || ".txt"
const stem = () => file?.name.replace(/\.\w+$/, "") || "text"

by("save").addEventListener("click", async () => {
  const text = review.result()
  if (ending() !== ".docx") return download(stem() + ending(), asFile(text))
  try {
    const content = await call("saved", file.bytes, text)
    download(`${stem()}.docx`, content, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
  } catch (error) {
    tell(say("not saved", { why: error.message }))
  }
})
by("save-text").addEventListener("click", () => download(`${stem()}.txt`, review.result()))
by("save-words").addEventListener("click", () => download("lexicon.txt", `${[...words].sort().join("\n")}\n`))

// The file that `arnorm repair --apply` carries out, and that this page takes up again.
by("save-decisions").addEventListener("click", () => {
  review.all.forEach((unit, place) => (unit.line = place + 1))
  download("decisions.json", JSON.stringify(rowsOf(review.all), null, 1), "application/json")
})

function openDecisions(rows) {
  const count = decide(review.all, rows)
  review.layOut()
  review.tell()
  decided()
  tell(say("decisions read", { count }))
}

const asFile = text => (file?.crlf ? text.replaceAll("\n", "\r\n") : text)

async function open(given) {
  try {
    const bytes = new Uint8Array(await given.arrayBuffer())
    const kind = (given.name.match(/\.\w+$/) || [".txt"])[0].toLowerCase()
    if (kind === ".json") return openDecisions(JSON.parse(new TextDecoder().decode(bytes)))
    const text = kind === ".docx" ? await call("opened", bytes) : decoded(bytes)
    file = { name: given.name, ending: kind, bytes, crlf: text.includes("\r\n") }
    showEnding()
    take({ text: text.replaceAll("\r\n", "\n"), decided: [] })
    keep()
  } catch (error) {
    tell(say("not read", { name: given.name, why: error.message.replace(/\.$/, "") }))
  }
}

// UTF-8, UTF-16 with its mark, and else the code page of Arabic Windows.
function decoded(bytes) {
  const wide = { 0xfffe: "utf-16le", 0xfeff: "utf-16be" }[(bytes[0] << 8) | bytes[1]]
  try {
    return new TextDecoder(wide || "utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1256").decode(bytes)
  }
}

function showEnding() {
  by("save").textContent = say("save", { name: ending() })
  by("save").dataset.title = by("save").textContent
  by("save-text").hidden = ending() === ".txt"
}

by("open").addEventListener("click", () => by("file").click())
by("file").addEventListener("change", () => by("file").files[0] && open(by("file").files[0]))
for (const type of ["dragover", "drop"]) {
  document.getElementById("pg").addEventListener(type, event => {
    if (![...event.dataTransfer.types].includes("Files")) return
    event.preventDefault()
    if (type === "drop" && event.dataTransfer.files[0]) open(event.dataTransfer.files[0])
  })
}

// --- What can be chosen --------------------------------------------------------------------------------------------

function fillChoices() {
  by("profile").replaceChildren(...catalogue.profiles.map(({ name }) => element("option", { value: name, textContent: name })))
  const topics = new Map()
  for (const pass of catalogue.passes) topics.set(pass.topic, [...(topics.get(pass.topic) || []), pass])
  by("add").replaceChildren(
    ...[...topics].map(([topic, passes]) => element("optgroup", { label: arabic()?.topics[topic] || topic }, ...passes.map(passOption))),
  )
  by("examples").replaceChildren(
    ...Object.entries(EXAMPLES).map(([name, example]) => {
      const button = element("button", { type: "button", textContent: say(name) })
      button.addEventListener("click", () => {
        file = null
        showEnding()
        take({ ...example, decided: [] })
        keep()
      })
      return button
    }),
  )
  showEnding()
  listWords()
  aboutPass()
}

function passOption({ name, absent }) {
  return element("option", { value: name, textContent: absent ? say("not here", { name }) : name, disabled: absent })
}

function showChoice() {
  for (const mode of ["review", "profile", "passes"]) by(`by-${mode}`).hidden = state.mode !== mode
  const profile = catalogue.profiles.find(({ name }) => name === state.profile)
  const [about, destroys] = profile ? arabic()?.profiles[profile.name] || [sentence(profile.summary), profile.destroys] : ["", ""]
  by("about").textContent = about
  by("destroys").textContent = profile ? say("destroys", { what: destroys }) : ""
  by("about-policy").textContent = say(`policy ${state.policy}`)
  by("chosen").replaceChildren(...state.passes.map(passShown))
  by("none").hidden = state.passes.length > 0
}

// What passes, topics and profiles are, where the page is Arabic.
const arabic = () => (language === "ar" ? catalogue.texts.arabic : null)
const summary = pass => arabic()?.passes[pass.name] || pass.summary

function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}.`
}

function passShown({ name, args }, place) {
  const row = element("div", {}, element("code", { textContent: name, title: known(name) ? summary(known(name)) : "", dir: "ltr" }))
  for (const [key, usual] of Object.entries(known(name)?.args || {})) row.append(argumentShown(place, key, args?.[key] ?? usual))
  const buttons = [
    ["↑", say("move up", { name }), place > 0, () => move(place, place - 1)],
    ["↓", say("move down", { name }), place < state.passes.length - 1, () => move(place, place + 1)],
    ["×", say("remove", { name }), true, () => move(place, null)],
  ]
  const shown = buttons.map(([sign, label, enabled, action]) => {
    const button = element("button", { type: "button", textContent: sign, disabled: !enabled })
    button.setAttribute("aria-label", label)
    button.addEventListener("click", action)
    return button
  })
  row.append(element("span", { className: "pg-moves" }, ...shown))
  return element("li", {}, row)
}

function known(name) {
  return catalogue.passes.find(pass => pass.name === name)
}

function argumentShown(place, key, value) {
  const kind = { boolean: "checkbox", number: "number" }[typeof value] || "text"
  const input = element("input", { type: kind, dir: "auto" })
  if (kind === "checkbox") input.checked = value
  else input.value = value
  input.addEventListener("input", () => {
    const given = kind === "checkbox" ? input.checked : kind === "number" ? Number(input.value) : input.value
    state.passes[place] = { ...state.passes[place], args: { ...state.passes[place].args, [key]: given } }
    for (const unit of review.all) unit.stale = true
    edited()
  })
  return element("label", { textContent: key }, input)
}

function move(from, to) {
  const [pass] = state.passes.splice(from, 1)
  if (to !== null) state.passes.splice(to, 0, pass)
  reset()
  const row = by("chosen").children[Math.min(to ?? from, state.passes.length - 1)]
  const target = row && (row.querySelector(to === null ? "button:last-child" : `button:nth-of-type(${to < from ? 1 : 2}):enabled`) || row.querySelector("button:enabled"))
  ;(target || by("add")).focus()
}

function aboutPass() {
  const pass = known(by("add").value)
  by("about-pass").textContent = pass ? `${sentence(summary(pass))}${pass.lossy ? ` ${say("lossy")}.` : ""}` : ""
}

form.addEventListener("submit", event => event.preventDefault())
form.addEventListener("change", ({ target }) => {
  if (target.name === "mode" || target.name === "policy") state[target.name] = target.value
  else if (target === by("profile")) state.profile = target.value
  else if (target === by("add")) return aboutPass()
  else return
  reset()
})
by("add-it").addEventListener("click", () => {
  state.passes.push({ name: by("add").value, args: {} })
  reset()
})
by("from-profile").addEventListener("click", () => {
  state.passes = structuredClone(catalogue.profiles.find(({ name }) => name === state.profile).passes)
  reset()
})

// --- The program ---------------------------------------------------------------------------------------------------

by("code-details").addEventListener("toggle", showCode)
async function showCode() {
  if (!by("code-details").open || !ready) return
  by("code").replaceChildren(...isolated(await call("code", state.text, settings())))
}

// The content of a string stands by itself, so that Arabic moves none of the code around it.
function isolated(code) {
  const pieces = code.split(/((['"])(?:\\.|(?!\2).)*\2)/)
  return pieces.flatMap((piece, place) => {
    if (place % 3 === 2) return [] // the quote that the pattern remembers
    if (place % 3 === 0 || /^[ -~]*$/.test(piece)) return [piece]
    const content = piece.slice(1, -1).split(/(\\(?:x..|u....|U.{8}|.))/)
    const shown = content.map((part, odd) => (odd % 2 ? element("bdi", { dir: "ltr", textContent: part }) : part))
    return [piece[0], element("bdi", {}, ...shown), piece[0]]
  })
}

// --- Sharing -------------------------------------------------------------------------------------------------------
// The fragment is "1." and compressed, or "0." and plain JSON, in the letters of URLs; it is never sent to a server.

async function fromFragment() {
  try {
    const given = JSON.parse(await unpack(location.hash.slice(1)))
    const passes = (Array.isArray(given.passes) ? given.passes : []).filter(pass => known(pass?.name))
    const made = (Array.isArray(given.decided) ? given.decided : []).filter(each => Array.isArray(each) && Number.isInteger(each[0]) && typeof each[1] === "string" && typeof each[2] === "string")
    return {
      text: String(given.text ?? ""),
      mode: ["profile", "passes"].includes(given.mode) ? given.mode : "review",
      profile: catalogue.profiles.some(({ name }) => name === given.profile) ? given.profile : "clean.v1",
      policy: POLICIES.includes(given.policy) ? given.policy : "safe",
      passes, decided: made,
    }
  } catch {
    return null // no fragment, or none of ours
  }
}

async function pack(text) {
  const content = new TextEncoder().encode(text)
  const compressed = await through("CompressionStream", content)
  return compressed ? `1.${toLetters(compressed)}` : `0.${toLetters(content)}`
}

async function unpack(fragment) {
  const content = fromLetters(fragment.slice(2))
  return new TextDecoder().decode(fragment.startsWith("1.") ? await through("DecompressionStream", content) : content)
}

// Nothing where the browser has no such stream.
async function through(name, content) {
  try {
    const stream = new Blob([content]).stream().pipeThrough(new globalThis[name]("deflate-raw"))
    return new Uint8Array(await new Response(stream).arrayBuffer())
  } catch {
    return null
  }
}

function toLetters(content) {
  const letters = Array.from(content, byte => String.fromCharCode(byte)).join("")
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

function fromLetters(letters) {
  return Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0))
}

addEventListener("hashchange", async () => {
  const given = await fromFragment()
  if (given) take(given)
})

begin()
