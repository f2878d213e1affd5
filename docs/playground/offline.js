// Keeps what the playground has fetched, so that it works without the network from the second time on. Files whose
// names change with their content are taken from what is kept; everything else is asked for first.
const KEPT = "arnorm-playground"
const UNCHANGING = /\/playground\/(?:pyodide-[^/]+\/|arnorm-|spelling-|snapshot-)/

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()))

self.addEventListener("fetch", event => {
  const url = new URL(event.request.url)
  if (event.request.method === "GET" && url.origin === self.location.origin) {
    event.respondWith(UNCHANGING.test(url.pathname) ? keptFirst(event) : networkFirst(event))
  }
})

// What the page fetched before this worker was there, and the large files of this version: all others go.
self.addEventListener("message", event => event.waitUntil(tidy(event.data)))

async function tidy({ fetched, current }) {
  const kept = await caches.open(KEPT)
  for (const { url } of await kept.keys()) {
    if (UNCHANGING.test(url) && !current.some(name => url.includes(name))) await kept.delete(url)
  }
  await Promise.all(fetched.map(async url => (await kept.match(url)) || kept.add(url).catch(() => {})))
}

async function keptFirst(event) {
  const kept = await caches.open(KEPT)
  return (await kept.match(event.request.url)) || fetchAndKeep(event, kept)
}

async function networkFirst(event) {
  const kept = await caches.open(KEPT)
  try {
    return await fetchAndKeep(event, kept)
  } catch (error) {
    const copy = await kept.match(event.request.url, { ignoreSearch: true })
    if (copy) return copy
    throw error
  }
}

async function fetchAndKeep(event, kept) {
  const response = await fetch(event.request)
  if (response.status === 200) {
    const copy = response.clone()
    event.waitUntil(kept.put(event.request.url, copy).catch(() => {})) // where there is no room, nothing is kept
  }
  return response
}
