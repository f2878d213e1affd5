"""Who is measured: arnorm's search folding, and the same work by others, on the same text.

Others that are not installed are left out. Each gives the same output on the benchmark's texts, which
`agree` asserts before anything is timed.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from arnorm import passes

Function = Callable[[str], str]

FOLDING = (
    passes.strip_tashkeel
    | passes.strip_dagger_alef
    | passes.strip_tatweel
    | passes.fold_alef
    | passes.fold_alef_maksura
    | passes.fold_teh_marbuta
)
_TABLE = {ord(key): value for p in FOLDING for key, value in p.table.items()}  # type: ignore[attr-defined]


def _translate(text: str) -> str:
    return text.translate(_TABLE)


def _arabic_norm() -> Function:
    from arabic_norm import normalize

    return lambda text: normalize(text, ta_marbuta=True)


def _arabic_normalize() -> Function:
    from arabic_normalize import Normalizer

    run: Function = Normalizer(alef_maqsura=True, ta_marbuta=True, bidi_marks=False).normalize
    return run


def _pyarabic() -> Function:
    from pyarabic import araby

    def run(text: str) -> str:
        # Its normalize_alef makes alef of dagger alef and of ى («سلما»), so those two go before it.
        text = araby.strip_tatweel(araby.strip_tashkeel(text)).replace("\u0670", "").replace("ى", "ي")
        return araby.normalize_teh(araby.normalize_alef(text))

    return run


def _camel_tools() -> Function:
    from camel_tools.utils.dediac import dediac_ar
    from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar, normalize_teh_marbuta_ar

    def run(text: str) -> str:
        text = normalize_alef_ar(dediac_ar(text).replace("ـ", ""))
        return normalize_teh_marbuta_ar(normalize_alef_maksura_ar(text))

    return run


def araclean_folding() -> Any:
    """The steps of araclean that do what `FOLDING` does; it needs Python 3.12."""
    import araclean as a

    return a.Pipeline((a.RemoveTashkeel(), a.RemoveTatweel(), a.FoldAlef(), a.FoldAlefMaqsura(), a.FoldTehMarbuta()))


_OTHERS = {
    "arabic-norm (Rust)": ("arabic_norm", _arabic_norm),
    "arabic-normalize (Rust)": ("arabic_normalize", _arabic_normalize),
    "pyarabic": ("pyarabic", _pyarabic),
    "camel-tools": ("camel_tools", _camel_tools),
    "araclean": ("araclean", araclean_folding),
}


def contestants() -> dict[str, Function]:
    """Name and function of everyone who is installed, arnorm first."""
    found: dict[str, Function] = {"arnorm": FOLDING, "str.translate, fused": _translate}
    for name, (module, make) in _OTHERS.items():
        if find_spec(module):
            found[name] = make()
    return found


def agree(functions: dict[str, Function], texts: list[str]) -> None:
    """Assert that all give the output of arnorm on *texts*."""
    for text in texts:
        expected = FOLDING(text)
        for name, function in functions.items():
            assert function(text) == expected, f"{name} differs on {text[:60]!r}"
