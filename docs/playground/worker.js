// Runs arnorm beside the page, so that typing stays smooth. Messages in: {start: files} once, then requests
// {id, request}. Messages out: {stage, loaded, total}, {ready}, {id, answer} and {id, failed} or {failed}.
const here = new URL(".", import.meta.url)
let files
let run
let model
let lost = () => {}

self.onmessage = async ({ data }) => {
  try {
    if (data.start) {
      files = data.start
      // Pyodide waits for ever for a file that does not come.
      await Promise.race([start(), new Promise((_, reject) => (lost = reject))])
      postMessage({ ready: true })
    } else {
      if (JSON.parse(data.request).policy !== "off") await fetchModel()
      postMessage({ id: data.id, answer: JSON.parse(run(data.request)) })
    }
  } catch (error) {
    postMessage({ id: data.id, failed: String((error && error.message) || error) })
  }
}

async function start() {
  const count = counter("Fetching Python for the browser", files.size)
  const plain = self.fetch
  // Pyodide fetches its files itself; they pass through here to be counted.
  self.fetch = (resource, options) => fetchFile(plain, String(resource.url || resource), options, count)
  const { loadPyodide } = await import(new URL(`${files.pyodide}pyodide.mjs`, here)).catch(() => {
    throw new Error(`${files.pyodide}pyodide.mjs could not be fetched`)
  })
  const [python, archive] = await Promise.all([
    loadPyodide({ indexURL: new URL(files.pyodide, here).href, packageBaseUrl: here.href }),
    bytes(await self.fetch(new URL(files.arnorm, here))),
  ])
  const source = await (await self.fetch(new URL("run.py", here))).text()
  self.fetch = plain
  postMessage({ stage: "Starting Python" })
  python.unpackArchive(archive, "zip")
  python.runPython(source, { filename: "run.py" })
  run = python.globals.get("run")
  model = { python, place: python.runPython("str(__import__('pathlib').Path(arnorm.__file__).parent / 'data' / 'spelling.model')") }
}

async function fetchModel() {
  if (!model) return
  const count = counter("Fetching the spelling model", files.model_size)
  const content = await bytes(await fetchFile(self.fetch, new URL(files.model, here).href, {}, count))
  postMessage({ stage: "Reading the spelling model" })
  model.python.FS.writeFile(model.place, content)
  model = null
}

async function fetchFile(fetcher, url, options, count) {
  const name = url.slice(url.lastIndexOf("/") + 1)
  const response = await fetcher(url, options).catch(() => null)
  if (!response?.ok) {
    const why = response ? `the site answered ${response.status}` : "there is no connection to the site"
    const error = new Error(`${name} could not be fetched: ${why}`)
    lost(error)
    throw error
  }
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
