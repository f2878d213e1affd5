"""Model files: every way in which a file can be no sound model has a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from arnorm import Repairer
from arnorm.spelling.model import (
    DamagedModelError,
    ForeignModelError,
    ModelError,
    ModelVersionError,
    Packed,
    TruncatedModelError,
    read,
    write,
)
from arnorm.spelling.speller import DEFAULT_MODEL


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.model"
    write(path, Packed({"one": b"abc", "two": bytes(range(200))}, {"words": 3}))
    return path


def test_round_trip(small: Path) -> None:
    packed = read(small)
    assert packed.blob("one") == b"abc"
    assert packed.meta == {"words": 3}
    again = small.with_name("again.model")
    write(again, packed)
    assert again.read_bytes() == small.read_bytes()


def test_every_damaged_byte_is_noticed(small: Path) -> None:
    sound = small.read_bytes()
    for at in range(len(sound)):
        small.write_bytes(sound[:at] + bytes([sound[at] ^ 0x41]) + sound[at + 1 :])
        with pytest.raises(ModelError):
            read(small)


def test_every_truncation_is_noticed(small: Path) -> None:
    sound = small.read_bytes()
    for size in range(len(sound)):
        small.write_bytes(sound[:size])
        with pytest.raises((TruncatedModelError, ForeignModelError)):
            read(small)


def test_errors_by_name(small: Path) -> None:
    sound = small.read_bytes()
    for content, error in (
        (b"", ForeignModelError),
        (b"not a model at all, but a text file of some length, long enough for a head", ForeignModelError),
        (sound[:8] + b"\x63\x00" + sound[10:], ModelVersionError),
        (sound[:60], TruncatedModelError),
        (sound + b"x", DamagedModelError),
        (sound[:-1] + b"\x00", DamagedModelError),
    ):
        small.write_bytes(content)
        with pytest.raises(error, match=r"small\.model"):
            read(small)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Repairer.load(tmp_path / "none.model")


def test_a_sound_file_without_the_sections_of_a_model(small: Path) -> None:
    with pytest.raises(ModelError, match="trained with"):
        Repairer.load(small)


def test_the_default_model_is_small() -> None:
    assert DEFAULT_MODEL.stat().st_size <= 16 * 10**6


@pytest.mark.parametrize("part", range(24))
def test_damage_anywhere_in_the_default_model(part: int, tmp_path: Path) -> None:
    data = bytearray(DEFAULT_MODEL.read_bytes())
    data[len(data) * part // 24] ^= 0x10
    path = tmp_path / "damaged.model"
    path.write_bytes(data)
    with pytest.raises(ModelError):
        read(path)


@pytest.mark.parametrize("part", range(24))
def test_the_default_model_cut_short(part: int, tmp_path: Path) -> None:
    data = DEFAULT_MODEL.read_bytes()
    path = tmp_path / "short.model"
    path.write_bytes(data[: len(data) * part // 24])
    with pytest.raises(TruncatedModelError if part else ForeignModelError, match=r"short\.model"):
        Repairer.load(path)
