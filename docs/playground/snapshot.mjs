// Writes the memory of a Python that has started and imported arnorm, compressed: a browser that reads it starts in a
// quarter of the time. `node snapshot.mjs PYODIDE ARCHIVE RUN.PY OUT`
import { readFileSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { gzipSync } from "node:zlib"

const [pyodide, archive, source, out] = process.argv.slice(2)
const { loadPyodide } = await import(pathToFileURL(resolve(pyodide, "pyodide.mjs")))
// Of an error, what Python says: else Node.js prints the whole of Pyodide.
process.on("uncaughtException", error => {
  console.error(String(error.message).trim().split("\n").slice(-3).join("\n"))
  process.exit(1)
})
const python = await loadPyodide({ _makeSnapshot: true })
python.unpackArchive(new Uint8Array(readFileSync(archive)), "zip")
python.runPython(readFileSync(source, "utf8"), { filename: "run.py" })
// What is only imported or compiled when it is first needed, is there from the beginning.
python.runPython(`
import importlib, pkgutil, zipfile
import arnorm.spelling
for module in pkgutil.iter_modules(arnorm.spelling.__path__, "arnorm.spelling."):
    importlib.import_module(module.name)
for mode in ("profile", "passes"):
    found("\u0646\u0635", json.dumps({"mode": mode, "policy": "safe", "profile": "clean.v1", "passes": [], "words": []}))
arnorm.profile("clean.v1").trace("\u0627\u0644\u0633\u0644\u0640\u0640\u0627\u0645 \ufee3\ufecc\ufe8e")
`)
writeFileSync(out, gzipSync(python.makeMemorySnapshot(), { level: 9 }))
