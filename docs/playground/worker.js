// Runs arnorm beside the page, so that typing stays smooth. Messages in: {start: files, model} once, then {ask, settings,
// units}, {call, name, args}. Messages out: {stage, loaded, total}, {ready}, {ask, found, left}, {call, answer}, and
// {failed} with the number of what was asked for.
const here = new URL(".", import.meta.url)
const KEPT = "arnorm-playground"
const SLICE = 120 // milliseconds of work after which the page is told, and may ask for something else
let files
let python
let model
let latest
let lost = () => {}
let first

self.onmessage = async ({ data }) => {
  try {
    if (data.start) {
      files = data.start
      first = Promise.withResolvers ? Promise.withResolvers() : resolvers()
      if (data.model) fetchModel().catch(() => {}) // told when it is needed
      // Pyodide waits for ever for a file that does not come.
      await Promise.race([start(), new Promise((_, reject) => (lost = reject))])
      first.resolve()
      postMessage({ ready: true })
    } else if (data.ask) {
      latest = data.ask
      await answer(data)
    } else {
      await first.promise
      if (data.name === "readings") await useModel()
      postMessage({ call: data.call, answer: called(data) })
    }
  } catch (error) {
    postMessage({ ask: data.ask, call: data.call, failed: told(error) })
  }
}

function resolvers() {
  const made = {}
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }))
  return made
}

// Of an error in Python the last line says what was wrong.
function told(error) {
  const lines = String((error && error.message) || error).trim().split("\n")
  return lines.at(-1).replace(/^\w+Error: /, "")
}

function called({ name, args }) {
  const given = args.map(value => (value instanceof Uint8Array ? python.toPy(value).tobytes() : value))
  const answered = python.globals.get(name)(...given)
  return answered?.toJs ? answered.toJs() : answered
}

async function answer({ ask, settings, units }) {
  await first.promise
  if (JSON.parse(settings).mode === "review") await useModel()
  const run = python.globals.get("found")
  let found = []
  let told = performance.now()
  const known = new Map() // lines that come again: empty ones, the numbers of subtitles
  for (let place = 0; place < units.length; place++) {
    const [key, text] = units[place]
    if (!known.has(text)) known.set(text, run(text, settings))
    found.push([key, JSON.parse(known.get(text))])
    if (performance.now() - told > SLICE || place === units.length - 1) {
      postMessage({ ask, found, left: units.length - place - 1 })
      found = []
      await new Promise(done => setTimeout(done))
      if (latest !== ask) return
      told = performance.now()
    }
  }
  if (!units.length) postMessage({ ask, found, left: 0 })
}

// --- Starting ------------------------------------------------------------------------------------------------------

async function start() {
  const count = counter("Fetching Python for the browser", files.size)
  const plain = self.fetch
  // Pyodide fetches its files itself; they pass through here to be counted and kept.
  self.fetch = (resource, options) => fetchFile(plain, String(resource.url || resource), options, count)
  // The memory of a Python that has started and imported arnorm: much faster read than made.
  const memory = files.snapshot ? unpacked(await self.fetch(new URL(files.snapshot, here))) : undefined
  const { loadPyodide } = await import(new URL(`${files.pyodide}pyodide.mjs`, here)).catch(() => {
    throw new Error(`${files.pyodide}pyodide.mjs could not be fetched`)
  })
  const archive = self.fetch(new URL(files.arnorm, here)).then(bytes)
  python = await loadPyodide({ indexURL: new URL(files.pyodide, here).href, packageBaseUrl: here.href, _loadSnapshot: await memory })
  postMessage({ stage: "Starting Python" })
  python.unpackArchive(await archive, "zip")
  if (!files.snapshot) {
    const source = await (await self.fetch(new URL("run.py", here))).text()
    python.runPython(source, { filename: "run.py" })
  }
  self.fetch = plain
}

async function unpacked(response) {
  return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer())
}

// The model is fetched while Python starts, and read once; a failed fetch may be tried again.
function fetchModel() {
  const count = counter("Fetching the spelling model", files.model_size)
  model ||= fetchFile(self.fetch, new URL(files.model, here).href, {}, count).then(bytes).catch(error => {
    model = null
    throw error
  })
  return model
}

async function useModel() {
  if (model === "read") return
  const content = await fetchModel()
  if (model === "read") return
  postMessage({ stage: "Reading the spelling model" })
  const place = python.runPython("str(__import__('pathlib').Path(arnorm.__file__).parent / 'data' / 'spelling.model')")
  python.FS.writeFile(place, content)
  model = "read"
}

async function fetchFile(fetcher, url, options, count) {
  const name = url.slice(url.lastIndexOf("/") + 1)
  // The names of these files change with their content: once kept they are not asked for again.
  const kept = await self.caches?.open(KEPT).catch(() => null)
  const response = (await kept?.match(url)) || (await fetcher(url, options).catch(() => null))
  if (!response?.ok) {
    const why = response ? `the site answered ${response.status}` : "there is no connection to the site"
    const error = new Error(`${name} could not be fetched: ${why}`)
    if (url !== new URL(files.model, here).href) lost(error)
    throw error
  }
  kept?.put(url, response.clone()).catch(() => {}) // where there is no room, nothing is kept
  const counted = new TransformStream({
    transform(chunk, out) {
      count(chunk.length)
      out.enqueue(chunk)
    },
  })
  const headers = new Headers(response.headers)
  // Compiled while it arrives, which needs the right type, whatever the server thinks.
  if (name.endsWith(".wasm")) headers.set("Content-Type", "application/wasm")
  return new Response(response.body.pipeThrough(counted), { headers })
}

async function bytes(response) {
  return new Uint8Array(await response.arrayBuffer())
}

function counter(stage, total) {
  let loaded = 0
  let told = 0
  postMessage({ stage, loaded, total })
  return length => {
    loaded += length
    if (loaded - told > total / 100) {
      told = loaded
      postMessage({ stage, loaded: Math.min(loaded, total), total })
    }
  }
}
