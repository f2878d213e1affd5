// The page: what is asked for, and what came of it. arnorm runs in worker.js.
const here = new URL(".", import.meta.url)
const by = id => document.getElementById(`pg-${id}`)
const form = by("form")

const EXAMPLES = {
  "typing errors": {
    text: "اختلفت الىراء حول هاذا الموضوع، و ذكر المدير ان المدرسه ستفتح ابوابها يوم الاحد انشاء الله.",
    mode: "profile", profile: "clean.v1", policy: "balanced",
  },
  "a page of a PDF": {
    text: "ﺍﻓﺘﺘﺢ ﺍﻟﻮﺯﻳﺮ ﺃﻣﺲ ﺍﻟﻤﻌـــﺮﺽ ﺍﻟﺴﻨﻮﻱ\u200b ﻟﻠﻜﺘﺎﺏ، ﻭﺷﺎﺭﻙ\u00a0ﻓﻴﻪ ٢٥٠ ﻧﺎﺷﺮﺍ.",
    mode: "profile", profile: "clean.v1", policy: "off",
  },
  "for a search index": {
    text: "ذَهَبَتِ الطَّالِبَةُ إِلَى المَكْتَبَةِ، وَاسْتَعَارَتْ ١٢ كِتَابًا.",
    mode: "profile", profile: "search.v1", policy: "off",
  },
  "a post": {
    text: "مبرووووك الفوووز!!!! 🎉 @salma_90 شاهدوا الهدف https://example.com/goal #كرة_القدم",
    mode: "profile", profile: "social.v1", policy: "off",
  },
}
const POLICIES = {
  off: "Words stay as they are written.",
  safe: "For text that nobody reads again: only what is nearly certain.",
  balanced: "For text as people type it.",
  thorough: "Where somebody looks over the result: more is repaired, and more of it wrongly.",
}
const LONGEST_LINK = 16000

let catalogue
let files
let worker
let ready = false
let busy = false // a request is with the worker
let waiting = false // and another is to follow it
let state = { text: "", mode: "profile", profile: "clean.v1", passes: [], policy: "off", undone: [] }
let answer = null

// --- Starting ------------------------------------------------------------------------------------------------------

async function begin() {
  try {
    if (location.protocol === "file:") {
      throw new Error("a page opened from a folder may not start Python. Serve the folder (python -m http.server) and open it from there")
    }
    catalogue ||= await fetched("catalogue.json")
    fillChoices()
    const shared = await fromFragment()
    state = { ...state, ...(state.text || shared ? shared : EXAMPLES["a page of a PDF"]) }
    showState()
    if (typeof WebAssembly !== "object") throw new Error("this browser does not run WebAssembly, or it is switched off")
    files = await fetched("files.json").catch(error => {
      throw error.status === 404 ? new Error("this copy of the site was built without Python for the browser (files.json is missing); see docs/build.sh") : error
    })
    await keepOffline()
    startWorker()
  } catch (error) {
    fail(error.message)
  }
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
      request()
    } else if (data.failed && !ready) fail(data.failed)
    else answered(data)
  }
  worker.postMessage({ start: files })
}

// A service worker keeps what was fetched. Where there cannot be one the page works all the same, with the network.
async function keepOffline() {
  if (!navigator.serviceWorker) return
  try {
    await navigator.serviceWorker.register(new URL("../playground.offline.js", here), { scope: new URL("../playground", here).pathname })
    const controlled = new Promise(done => {
      if (navigator.serviceWorker.controller) done()
      else navigator.serviceWorker.addEventListener("controllerchange", done, { once: true })
    })
    await Promise.race([controlled, new Promise(done => setTimeout(done, 3000))])
    const own = performance.getEntriesByType("resource").map(entry => entry.name).filter(url => url.startsWith(location.origin))
    navigator.serviceWorker.controller?.postMessage({
      fetched: [...new Set([location.origin + location.pathname, ...own])],
      current: [files.pyodide, files.arnorm, files.model],
    })
  } catch {
    // Private windows and plain http have none.
  }
}

function showProgress({ stage, loaded, total }) {
  by("loading").hidden = false
  const megabytes = number => (number / 1e6).toFixed(1)
  by("stage").textContent = total ? `${stage}: ${megabytes(loaded)} of ${megabytes(total)} MB` : `${stage} …`
  if (total) by("progress").value = loaded / total
  else by("progress").removeAttribute("value")
}

function fail(reason) {
  worker?.terminate()
  worker = null
  ready = busy = false
  by("loading").hidden = true
  by("what").textContent = `The playground could not start: ${reason.replace(/\.$/, "")}.`
  by("problem").hidden = false
}

by("again").addEventListener("click", () => {
  by("problem").hidden = true
  by("loading").hidden = false
  begin()
})

// --- Asking --------------------------------------------------------------------------------------------------------

let timer
function changed({ soon = false } = {}) {
  state.undone = []
  clearTimeout(timer)
  timer = setTimeout(request, soon ? 0 : 200)
}

function request() {
  if (!ready) return
  if (busy) {
    waiting = true
    return
  }
  busy = true
  const asked = performance.now()
  worker.postMessage({ id: asked, request: JSON.stringify(state) })
}

function answered({ id, answer: given, failed }) {
  busy = false
  by("loading").hidden = true
  if (waiting) {
    waiting = false
    request()
    return
  }
  if (failed || given.error) {
    by("results").hidden = true
    say(failed ? `That did not work: ${failed}. ` : given.error, failed)
    return
  }
  answer = given
  show(performance.now() - id)
  keepInFragment()
}

function say(text, again = false) {
  const status = by("status")
  status.textContent = text
  if (again) {
    const button = element("button", { type: "button", textContent: "Try again" })
    button.addEventListener("click", request)
    status.append(button)
  }
}

// --- Showing what came of it ---------------------------------------------------------------------------------------

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

function show(milliseconds) {
  const { count, undone } = answer
  const edits = count === 1 ? "1 edit" : `${count} edits`
  const back = undone.length ? `, ${undone.length} of them undone` : ""
  say(count ? `${edits}${back}.` : "Nothing to change.")
  by("status").dataset.milliseconds = Math.round(milliseconds)
  by("results").hidden = false
  by("hint").hidden = by("details").hidden = !count
  by("rest").textContent = answer.drawn ? "" : `Only the first ${answer.changes.length} changes are highlighted; the result has all.`
  by("redo").hidden = !undone.length
  const focused = document.activeElement?.dataset
  draw("source")
  draw("output")
  listEdits()
  by("code").replaceChildren(...isolated(answer.code))
  if (focused?.pane) by(focused.pane).querySelector(`[data-change="${focused.change}"]`)?.focus()
  if (focused?.edit) by("edits").querySelector(`[data-edit="${focused.edit}"]`)?.focus()
}

function draw(pane) {
  const pieces = answer[pane].flatMap(piece => (typeof piece === "string" ? drawn(piece) : [changeShown(pane, piece)]))
  by(pane).replaceChildren(...pieces)
}

function changeShown(pane, { change, text }) {
  const { edits, before, after } = answer.changes[change]
  const gone = edits.filter(number => answer.undone.includes(number)).length
  const made = element("span", { className: "pg-change", role: "button", tabIndex: 0 })
  made.append(...drawn(text || (pane === "source" ? "⟨added⟩" : "⟨deleted⟩")))
  made.dataset.change = change
  made.dataset.pane = pane
  made.setAttribute("aria-pressed", gone === 0 ? "false" : gone === edits.length ? "true" : "mixed")
  made.setAttribute("aria-label", `${made.textContent}: undo ${before || "nothing"} → ${after || "nothing"}`)
  made.title = [...new Set(answer.edits.filter(edit => edit.change === change).flatMap(edit => edit.passes))].join(", ")
  return made
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

// Names of characters that cannot be seen, ⟨ZWNJ⟩, are drawn as keys.
function drawn(text) {
  return text.split(/⟨([^⟨⟩]+)⟩/).map((part, odd) => (odd % 2 ? element("bdi", { className: "pg-key", textContent: part }) : part))
}

function listEdits() {
  by("edits").replaceChildren(...answer.edits.map(editShown))
  const rest = answer.count - answer.edits.length
  by("more").textContent = rest > 0 ? `And ${rest} more, not listed.` : ""
}

function editShown({ number, passes, before, after, codes, sure }) {
  const gone = answer.undone.includes(number)
  const button = element("button", { type: "button", textContent: gone ? "Redo" : "Undo" })
  button.dataset.edit = number
  button.setAttribute("aria-label", `${button.textContent} edit ${number + 1}, ${before || "nothing"} → ${after || "nothing"}`)
  const word = text => element("td", {}, element("bdi", {}, ...drawn(text || "–")))
  const who = passes.join(", ") + (sure === null ? "" : ` (${Math.floor(sure * 100)}\u00a0%\u00a0sure)`)
  const row = element("tr", { className: gone ? "pg-undone" : "" }, word(before), word(after))
  row.append(element("td", {}, button), element("td", { textContent: who }), element("td", { textContent: codes }))
  return row
}

function toggle(numbers) {
  const gone = new Set(answer.undone)
  const undo = !numbers.every(number => gone.has(number))
  for (const number of numbers) undo ? gone.add(number) : gone.delete(number)
  state.undone = [...gone].sort((a, b) => a - b)
  request()
}

for (const pane of ["source", "output"]) {
  const over = event => event.target.closest(".pg-change")
  by(pane).addEventListener("click", event => over(event) && toggle(answer.changes[over(event).dataset.change].edits))
  by(pane).addEventListener("keydown", event => {
    if (over(event) && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault()
      over(event).click()
    }
  })
  for (const [type, near] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    by(pane).addEventListener(type, event => {
      const number = over(event)?.dataset.change
      for (const each of by("results").querySelectorAll(`[data-change="${number}"]`)) each.classList.toggle("pg-near", near)
    })
  }
}
by("edits").addEventListener("click", event => {
  const { edit } = event.target.dataset
  if (edit !== undefined) toggle([Number(edit)])
})
by("redo").addEventListener("click", () => {
  state.undone = []
  request()
  by("output").querySelector(".pg-change")?.focus()
})

async function copy(button, text) {
  const title = (button.dataset.title ||= button.textContent)
  button.textContent = title
  try {
    await navigator.clipboard.writeText(text)
    button.textContent = "Copied"
  } catch {
    button.textContent = "Copying is not allowed here"
  }
  setTimeout(() => (button.textContent = title), 2000)
}
by("copy").addEventListener("click", event => copy(event.target, answer.text))
by("copy-code").addEventListener("click", event => copy(event.target, answer.code))
by("share").addEventListener("click", async event => {
  await keepInFragment()
  copy(event.target, location.href)
})

// --- What can be chosen --------------------------------------------------------------------------------------------

function fillChoices() {
  by("profile").replaceChildren(...catalogue.profiles.map(({ name }) => element("option", { value: name, textContent: name })))
  const topics = new Map()
  for (const pass of catalogue.passes) topics.set(pass.topic, [...(topics.get(pass.topic) || []), pass])
  by("add").replaceChildren(
    ...[...topics].map(([topic, passes]) => element("optgroup", { label: topic }, ...passes.map(passOption))),
  )
  by("examples").replaceChildren(
    ...Object.entries(EXAMPLES).map(([name, example]) => {
      const button = element("button", { type: "button", textContent: name })
      button.addEventListener("click", () => take(example))
      return button
    }),
  )
  aboutPass()
}

function passOption({ name, absent }) {
  return element("option", { value: name, textContent: absent ? `${name} (not in the browser)` : name, disabled: absent })
}

function take(example) {
  Object.assign(state, example)
  showState()
  changed({ soon: true })
}

function showState() {
  by("text").value = state.text
  form.elements.mode.value = state.mode
  form.elements.policy.value = state.policy
  by("profile").value = state.profile
  showChoice()
}

function showChoice() {
  by("by-profile").hidden = state.mode !== "profile"
  by("by-passes").hidden = state.mode !== "passes"
  const profile = catalogue.profiles.find(({ name }) => name === state.profile)
  by("about").textContent = profile ? sentence(profile.summary) : ""
  by("destroys").textContent = profile ? `What it destroys: ${profile.destroys}` : ""
  by("about-policy").textContent = POLICIES[state.policy] || ""
  by("chosen").replaceChildren(...state.passes.map(passShown))
  by("none").hidden = state.passes.length > 0
}

function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}.`
}

function passShown({ name, args }, place) {
  const row = element("div", {}, element("code", { textContent: name, title: known(name)?.summary || "" }))
  for (const [key, usual] of Object.entries(known(name)?.args || {})) row.append(argumentShown(place, key, args?.[key] ?? usual))
  const buttons = [
    ["↑", `Move ${name} up`, place > 0, () => move(place, place - 1)],
    ["↓", `Move ${name} down`, place < state.passes.length - 1, () => move(place, place + 1)],
    ["×", `Remove ${name}`, true, () => move(place, null)],
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
    changed()
  })
  return element("label", { textContent: key }, input)
}

function move(from, to) {
  const [pass] = state.passes.splice(from, 1)
  if (to !== null) state.passes.splice(to, 0, pass)
  showChoice()
  const row = by("chosen").children[Math.min(to ?? from, state.passes.length - 1)]
  const target = row && (row.querySelector(to === null ? "button:last-child" : `button:nth-of-type(${to < from ? 1 : 2}):enabled`) || row.querySelector("button:enabled"))
  ;(target || by("add")).focus()
  changed({ soon: true })
}

function aboutPass() {
  const pass = known(by("add").value)
  by("about-pass").textContent = pass ? `${sentence(pass.summary)}${pass.lossy ? " Lossy." : ""}` : ""
}

by("text").addEventListener("input", () => {
  state.text = by("text").value
  changed()
})
form.addEventListener("submit", event => event.preventDefault())
form.addEventListener("change", ({ target }) => {
  if (target.name === "mode" || target.name === "policy") state[target.name] = target.value
  else if (target === by("profile")) state.profile = target.value
  else if (target === by("add")) return aboutPass()
  else return
  showChoice()
  changed({ soon: true })
})
by("add-it").addEventListener("click", () => {
  state.passes.push({ name: by("add").value, args: {} })
  showChoice()
  changed({ soon: true })
})
by("from-profile").addEventListener("click", () => {
  state.passes = structuredClone(catalogue.profiles.find(({ name }) => name === state.profile).passes)
  showChoice()
  changed({ soon: true })
})

// --- Sharing -------------------------------------------------------------------------------------------------------
// The fragment is "1." and compressed, or "0." and plain JSON, in the letters of URLs; it is never sent to a server.

async function keepInFragment() {
  const packed = await pack(JSON.stringify(state))
  const fits = packed.length <= LONGEST_LINK
  by("share").disabled = !fits
  by("share").title = fits ? "" : "The text is too long for a link"
  history.replaceState(null, "", fits ? `#${packed}` : location.pathname + location.search)
}

async function fromFragment() {
  try {
    const given = JSON.parse(await unpack(location.hash.slice(1)))
    const passes = (Array.isArray(given.passes) ? given.passes : []).filter(pass => known(pass?.name))
    const undone = (Array.isArray(given.undone) ? given.undone : []).filter(Number.isInteger)
    return {
      text: String(given.text ?? "").slice(0, by("text").maxLength),
      mode: given.mode === "passes" ? "passes" : "profile",
      profile: catalogue.profiles.some(({ name }) => name === given.profile) ? given.profile : "clean.v1",
      policy: Object.hasOwn(POLICIES, given.policy) ? given.policy : "off",
      passes, undone,
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
  if (given) {
    Object.assign(state, given)
    showState()
    request()
  }
})

begin()
