"""Training end to end, on a small text made here."""

from __future__ import annotations

import gzip
import lzma
import random
from pathlib import Path

import pytest

from arnorm import Repairer
from arnorm.spelling.training import train

pytest.importorskip("numpy")

NOUNS = "المدرسة المدينة الأستاذ الأمير السوق الحديقة الكتاب القرية الإدارة الأسرة".split()
VERBS = "ذهب وصل أسرع عاد انتقل أضاف انطلق".split()
NAMES = "أحمد إبراهيم سعيد ليلى فاطمة".split()


def sentences(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    pick = rng.choice

    def sentence() -> str:
        return f"{pick(VERBS)} {pick(NAMES)} إلى {pick(NOUNS)} ثم {pick(VERBS)} إلى {pick(NOUNS)} مع {pick(NAMES)}."

    return [sentence() for _ in range(count)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    text = "\n".join(sentences(3000, 1)) + "\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "b.txt.xz").write_bytes(lzma.compress("\n".join(sentences(1000, 2)).encode()))
    (folder / "c.txt.gz").write_bytes(gzip.compress("\n".join(sentences(1000, 3)).encode(), mtime=0))
    train([folder / "a.txt", folder / "b.txt.xz", folder / "c.txt.gz"], folder / "own.model")
    return folder / "own.model"


def test_the_model_repairs(model: Path) -> None:
    repairer = Repairer.load(model)
    assert repairer.repair("ذهب احمد الى المدرسه", "balanced") == "ذهب أحمد إلى المدرسة"
    assert repairer.repair("ذهب أحمد إلى المدرسة", "thorough") == "ذهب أحمد إلى المدرسة"


def test_the_same_text_gives_the_same_bytes(model: Path) -> None:
    again = model.with_name("again.model")
    stages: list[str] = []
    train(
        [model.with_name(name) for name in ("a.txt", "b.txt.xz", "c.txt.gz")],
        again,
        progress=lambda s, _: stages.append(s),
    )
    assert again.read_bytes() == model.read_bytes()
    assert stages[0] == "count"
    assert stages[-1] == "done"


def test_zst(model: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    folder = model.parent
    (folder / "d.txt.zst").write_bytes(zstandard.ZstdCompressor().compress((folder / "a.txt").read_bytes()))
    train([folder / "d.txt.zst"], folder / "zst.model")
    train([folder / "a.txt"], folder / "plain.model")
    assert (folder / "zst.model").read_bytes() == (folder / "plain.model").read_bytes()


def test_no_text(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("no Arabic here\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no Arabic text"):
        train([tmp_path / "empty.txt"], tmp_path / "out.model")


def test_a_little_text_makes_a_model_that_leaves_everything(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("كتب الولد\n", encoding="utf-8")
    train([tmp_path / "one.txt"], tmp_path / "out.model")
    assert Repairer.load(tmp_path / "out.model").repair("ذهب الى المدرسه", "thorough") == "ذهب الى المدرسه"
