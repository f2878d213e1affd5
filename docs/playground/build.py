"""Puts what `playground.html` runs into a built site: `python docs/playground/build.py docs/_build/html`.

Python for the browser comes from its npm package, which `sh docs/playground/fetch.sh` fetches. Without it the page is
there and says that it cannot run.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import json
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

import arnorm  # noqa: E402
from arnorm import passes  # noqa: E402
from arnorm.core import Pass  # noqa: E402

PYODIDE = HERE.parents[1] / ".venv" / "playground" / "node_modules" / "pyodide"
#: All that Pyodide needs to start.
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
OWN = ("playground.js", "playground.css", "worker.js", "run.py")
PACKAGE = Path(arnorm.__file__).parent
#: What the playground shares with the pages of `--html`.
DESK = PACKAGE / "report" / "desk"
SHARED = ("review.js", "review.css")
MODEL = PACKAGE / "data" / "spelling.model"
#: Packages with compiled parts, of which there is no build for the browser to be had from a registry.
ABSENT = ("regex", "emoji")


def main(site: Path) -> None:
    out = site / "playground"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name in OWN:
        shutil.copy(HERE / name, out)
    for name in SHARED:
        shutil.copy(DESK / name, out)
    # A worker for the page and its files has to lie above them.
    shutil.copy(HERE / "offline.js", site / "playground.offline.js")
    (out / "catalogue.json").write_text(json.dumps(catalogue()), encoding="utf-8")
    if not PYODIDE.is_dir():
        print("no playground: run `sh docs/playground/fetch.sh` first; its page will say so")
        return
    (out / "files.json").write_text(json.dumps(files(out)), encoding="utf-8")


def files(out: Path) -> dict[str, Any]:
    """Puts the large files into *out*, under names that change with them, and tells names and sizes."""
    version = json.loads((PYODIDE / "package.json").read_text(encoding="utf-8"))["version"]
    folder = out / f"pyodide-{version}"
    folder.mkdir()
    for name in RUNTIME:
        shutil.copy(PYODIDE / name, folder)
    model = named(out, "spelling", MODEL.read_bytes())
    licence = out / f"{model.stem}.LICENSE.txt"
    licence.write_text(notice(), encoding="utf-8")
    package = named(out, "arnorm", packed())
    memory = snapshot(out, package)
    return {
        "pyodide": f"{folder.name}/",
        "arnorm": package.name,
        "snapshot": memory.name if memory else "",
        "model": model.name,
        "size": sum(path.stat().st_size for path in [*folder.iterdir(), package, *([memory] if memory else [])]),
        "model_size": model.stat().st_size,
        "licence": of_model()["licence"],
        "notice": licence.name,
    }


def snapshot(out: Path, package: Path) -> Path | None:
    """The memory of a started Python, which Node.js makes; without Node.js the browser starts Python itself.

    It is kept beside what was fetched, and made anew when arnorm, `run.py` or Pyodide change.
    """
    node = shutil.which("node")
    if node is None:
        print("no snapshot: Node.js is not here, the playground will start slowly")
        return None
    maker = HERE / "snapshot.mjs"
    made_of = [
        package.read_bytes(),
        *(path.read_bytes() for path in (HERE / "run.py", maker, PYODIDE / "package.json")),
    ]
    kept = PYODIDE.parents[1] / f"snapshot-{hashlib.sha256(b''.join(made_of)).hexdigest()[:12]}.bin"
    if not kept.exists():
        for old in kept.parent.glob("snapshot-*.bin"):
            old.unlink()
        subprocess.run([node, maker, PYODIDE, package, HERE / "run.py", kept], check=True, stdout=subprocess.DEVNULL)
    return Path(shutil.copy(kept, out))


def named(out: Path, stem: str, content: bytes) -> Path:
    path = out / f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.bin"
    path.write_bytes(content)
    return path


def notice() -> str:
    """What has to stand beside the model: whose words it counts, under which licence, and the licence."""
    source = of_model()
    whose = "\n".join(f"- {origin['name']} ({origin['licence']})" for origin in source["source"])
    licence = (HERE.parents[1] / "LICENSES" / f"{source['licence']}.txt").read_text(encoding="utf-8")
    return (
        f"The spelling model of arnorm {arnorm.__version__}, {source['what']}.\n"
        f"Licensed {source['licence']}, whose text is below. It holds words and counts, no text, of:\n\n{whose}\n\n"
        f"The code of arnorm is Apache-2.0.\n\n{'-' * 72}\n\n{licence}"
    )


def of_model() -> dict[str, Any]:
    """What is written about the model."""
    listed = tomllib.loads((PACKAGE / "data" / "SOURCES.toml").read_text(encoding="utf-8"))["file"]
    [about] = [file for file in listed if file["name"] == MODEL.name]
    return about  # type: ignore[no-any-return]


def packed() -> bytes:
    """The package as an archive; the same sources give the same bytes. The model goes by itself."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in sorted(PACKAGE.rglob("*")):
            if path.is_file() and path != MODEL and "__pycache__" not in path.parts:
                entry = zipfile.ZipInfo(f"arnorm/{path.relative_to(PACKAGE).as_posix()}")
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def catalogue() -> dict[str, Any]:
    """What can be chosen: the profiles with their passes, and the passes with their arguments."""
    absent = set(without_packages())
    listed = [
        {
            "name": entry.name,
            "topic": entry.topic,
            "summary": entry.summary,
            "lossy": entry.lossy,
            "absent": entry.name in absent,
            "args": arguments(getattr(passes, entry.name)),
        }
        for entry in arnorm.catalogue()
    ]
    profiles = [
        {
            "name": profile.full_name,
            "summary": profile.summary,
            "destroys": profile.destroys,
            "passes": [{"name": each.name, "args": dict(each.args)} for each in profile.passes],
        }
        for profile in arnorm.all_profiles()
    ]
    return {"version": arnorm.__version__, "profiles": profiles, "passes": listed, "texts": texts()}


def texts() -> dict[str, Any]:
    """What the page says: its own texts, and those that it shares with reports."""
    shared = json.loads((DESK / "texts.json").read_text(encoding="utf-8"))
    own = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
    arabic = json.loads((DESK / "summaries.ar.json").read_text(encoding="utf-8"))
    return {"kinds": shared["kinds"], "interface": shared["interface"] | own, "arabic": arabic}


def arguments(value: Any) -> dict[str, Any]:
    """The arguments of a factory with their defaults; nothing for a pass."""
    if isinstance(value, Pass):
        return {}
    return {key: parameter.default for key, parameter in inspect.signature(value).parameters.items()}


def without_packages() -> list[str]:
    """The passes that do not run where the packages of `ABSENT` are not."""
    kept = {name: sys.modules.pop(name, None) for name in ABSENT}
    sys.modules.update(dict.fromkeys(ABSENT))  # type: ignore[arg-type]  # None stands for a module that is not there
    try:
        return [name for topic in passes.TOPICS.values() for name in topic.__all__ if not runs(getattr(passes, name))]
    finally:
        for name, module in kept.items():
            sys.modules.pop(name)
            sys.modules.update({name: module} if module else {})


def runs(value: Any) -> bool:
    try:
        (value if isinstance(value, Pass) else value()).trace("نص 🎉 text")
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]))
