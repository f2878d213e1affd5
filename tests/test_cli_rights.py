"""Who may use a file after it was changed, and where links, pipes and hard links lead."""

from __future__ import annotations

import os
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from arnorm.cli import main
from arnorm.cli.exits import Exit
from arnorm.files import outputs
from arnorm.files.manifest import MANIFEST
from arnorm.files.unfinished import created

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes, links and pipes as POSIX has them")

ROOT = Path(__file__).parent.parent
FOLD = ["normalize", "--pass", "fold_alef"]
ACL = "system.posix_acl_access"
DEFAULT_ACL = "system.posix_acl_default"


def entries(*, named: int, group: int, mask: int) -> bytes:
    """An access control list: the user 12345 may do *named*, the group *group*, both at most *mask*; others nothing."""
    rows = [(1, 6, 2**32 - 1), (2, named, 12345), (4, group, 2**32 - 1), (16, mask, 2**32 - 1), (32, 0, 2**32 - 1)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *row) for row in rows)


def with_attribute(path: Path, name: str, value: bytes) -> None:
    """Sets an extended attribute, or skips the test where there are none."""
    try:
        os.setxattr(path, name, value)
    except (OSError, AttributeError) as error:
        pytest.skip(f"no such attributes here: {error}")


def text(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("أ\n", encoding="utf-8")
    return path


def changed(path: Path) -> bool:
    return {"ا\n": True, "أ\n": False}[path.read_text(encoding="utf-8")]


# --- Rights --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["-i", "-o"])
def test_an_access_control_list_stays(tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A group that the list denies is not let in by the bits of the mode, which are the list's upper bound."""
    path = text(tmp_path / "a.txt")
    denied = entries(named=6, group=0, mask=6)
    with_attribute(path, ACL, denied)
    with_attribute(path, "user.origin", b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o660  # what a copy of the mode alone would let the group do
    assert main([*FOLD, str(path), *(["-i"] if where == "-i" else ["-o", str(path)])]) == Exit.OK
    assert changed(path)
    assert os.getxattr(path, ACL) == denied
    assert os.getxattr(path, "user.origin") == b"x"
    assert capsys.readouterr().err == ""


def test_a_list_of_the_directory_does_not_widen_an_old_file(tmp_path: Path) -> None:
    path = text(tmp_path / "a.txt")
    path.chmod(0o640)
    with_attribute(tmp_path, DEFAULT_ACL, entries(named=6, group=6, mask=6))
    assert main([*FOLD, "-i", str(path)]) == Exit.OK
    assert changed(path)
    assert ACL not in os.listxattr(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("mask", [0o022, 0o077])
@pytest.mark.parametrize("default", [None, entries(named=6, group=4, mask=4)])
def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path, mask: int, default: bytes | None) -> None:
    source = text(tmp_path / "a.txt")
    folder = tmp_path / "out"
    folder.mkdir()
    if default is not None:
        with_attribute(folder, DEFAULT_ACL, default)
    before = os.umask(mask)
    try:
        assert main([*FOLD, str(source), "-o", str(folder)]) == Exit.OK
        (folder / "b.txt").touch()
    finally:
        os.umask(before)
    made, any_other = folder / "a.txt", folder / "b.txt"
    assert made.stat().st_mode == any_other.stat().st_mode
    if hasattr(os, "listxattr"):
        assert {n: os.getxattr(made, n) for n in os.listxattr(made)} == {
            n: os.getxattr(any_other, n) for n in os.listxattr(any_other)
        }
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "b.txt"]


def test_nobody_else_reads_what_is_not_finished(tmp_path: Path) -> None:
    path, file = created(str(tmp_path))
    file.close()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def refusing(*names: str) -> Callable[..., None]:
    """A system call that is refused for attributes of these *names*."""
    real = os.setxattr

    def call(file: int, name: str, value: bytes) -> None:
        if name.startswith(names):
            raise PermissionError(1, "no")
        real(file, name, value)

    return call


@pytest.mark.parametrize(("mode", "left"), [(0o664, 0o600), (0o755, 0o700)])
def test_a_list_that_is_lost_lets_nobody_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mode: int, left: int
) -> None:
    paths = [text(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    for path in paths:
        with_attribute(path, ACL, entries(named=6, group=0, mask=6))
        path.chmod(mode)
    monkeypatch.setattr(os, "setxattr", refusing("system."))
    assert main([*FOLD, "-i", *map(str, paths)]) == Exit.OK
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {left}
    assert capsys.readouterr().err.splitlines() == [
        f"arnorm: {paths[0]}: {outputs.ACL_LOST}",
        f"arnorm: 2 more files: {outputs.ACL_LOST}",
    ]


def test_attributes_that_are_lost_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = text(tmp_path / "a.txt")
    path.chmod(0o640)
    with_attribute(path, "user.origin", b"x")
    monkeypatch.setattr(os, "setxattr", refusing("user."))
    assert main([*FOLD, "-i", str(path)]) == Exit.OK
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert outputs.ATTRIBUTES_LOST in capsys.readouterr().err


AS_ANOTHER = """
import os, sys
from arnorm.cli import main
args = ["normalize", "--pass", "fold_alef", "-i"]
assert main([*args, sys.argv[1]]) == 0  # loads what it needs while it may read it
os.setgroups([])
os.setgid(23456)
os.setuid(23456)
sys.exit(main([*args, sys.argv[2]]))
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="changes owners")
@pytest.mark.parametrize(("mode", "left"), [(0o4666, 0o666), (0o2776, 0o766), (0o606, 0o600), (0o647, 0o644)])
def test_a_group_that_is_lost_is_as_all_others(tmp_path: Path, mode: int, left: int) -> None:
    with tempfile.TemporaryDirectory() as name:  # not below the directories of pytest, which are for their owner only
        os.chmod(name, 0o777)
        path = text(Path(name, "a.txt"))
        path.chmod(mode)
        code = [sys.executable, "-c", AS_ANOTHER, str(text(tmp_path / "a.txt")), str(path)]
        done = subprocess.run(code, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
        assert done.stderr.decode().splitlines() == [f"arnorm: {path}: {outputs.OWNER_LOST}"]
        found = path.stat()
        assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (23456, 23456, left)


# --- Links ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("follow", [False, True])
def test_links_that_lead_out(tmp_path: Path, follow: bool, capsys: pytest.CaptureFixture[str]) -> None:
    outside, below = text(tmp_path / "outside" / "a.txt"), text(tmp_path / "outside" / "below" / "b.txt")
    folder = tmp_path / "folder"
    text(folder / "c.txt")
    (folder / "a.txt").symlink_to(outside)
    (folder / "below").symlink_to(below.parent)
    (folder / "round").symlink_to(folder)
    more = ["--follow-links"] if follow else []
    for args in (["-o", str(tmp_path / "out")], ["-i", "--resume"]):
        assert main([*FOLD, str(folder), *args, *more]) == (Exit.OK if follow else Exit.IO)
        said = capsys.readouterr().err
        assert [f"{folder / name}: a link that leads out" in said for name in ("a.txt", "below")] == [not follow] * 2
        assert ("--follow-links" in said) is not follow
    assert {p.name for p in (tmp_path / "out").rglob("*.txt")} == ({"a.txt", "b.txt", "c.txt"} if follow else {"c.txt"})
    assert changed(folder / "c.txt")
    assert changed(outside) is changed(below) is follow


@pytest.mark.parametrize("follow", [False, True])
def test_an_output_behind_a_link_that_leads_out(
    tmp_path: Path, follow: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in"
    for name in ("a.txt", "b/c.txt", "d.txt"):
        text(source / name)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("old")
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").symlink_to(outside / "a.txt")
    (out / "b").symlink_to(outside)
    code = main([*FOLD, "--resume", str(source), "-o", str(out), *(["--follow-links"] if follow else [])])
    assert code == (Exit.OK if follow else Exit.IO)
    assert changed(out / "d.txt")
    assert ((outside / "a.txt").read_text(encoding="utf-8") != "old") is follow
    assert (outside / "c.txt").exists() is follow
    assert [f"{out / name}: a link" in capsys.readouterr().err for name in ("a.txt",)] == [not follow]


def test_a_link_that_is_named_and_leads_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``-i *.txt`` in a folder that somebody else has filled."""
    outside = text(tmp_path / "outside" / "a.txt")
    link = tmp_path / "folder" / "a.txt"
    link.parent.mkdir()
    link.symlink_to(outside)
    assert main([*FOLD, "-i", str(link)]) == Exit.IO
    assert not changed(outside)
    assert f"{link}: a link that leads out of {link.parent}" in capsys.readouterr().err
    assert main([*FOLD, "-i", "--follow-links", str(link)]) == Exit.OK
    assert changed(outside)
    assert link.is_symlink()


def test_a_list_of_what_is_done_behind_a_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("old")
    folder = text(tmp_path / "folder" / "a.txt").parent
    (folder / MANIFEST).symlink_to(victim)
    assert main([*FOLD, "--resume", "-i", str(folder)]) == Exit.IO
    assert victim.read_text() == "old"


def test_a_list_of_what_is_done_that_is_a_pipe(tmp_path: Path) -> None:
    folder = text(tmp_path / "folder" / "a.txt").parent
    os.mkfifo(folder / MANIFEST)
    assert main([*FOLD, "--resume", "-i", str(folder)]) == Exit.IO


def test_links_are_followed_where_there_are_some(tmp_path: Path) -> None:
    assert main([*FOLD, "--follow-links", str(text(tmp_path / "a.txt"))]) == Exit.USAGE


def test_hard_links_are_parted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [text(tmp_path / name) for name in ("a.txt", "b.txt")]
    for path in paths:
        os.link(path, path.with_suffix(".old"))
    assert main([*FOLD, "-i", *map(str, paths)]) == Exit.OK
    assert [changed(path) for path in paths] == [True, True]
    assert [changed(path.with_suffix(".old")) for path in paths] == [False, False]
    assert capsys.readouterr().err.splitlines() == [
        f"arnorm: {paths[0]}: {outputs.PARTED}",
        f"arnorm: 1 more file: {outputs.PARTED}",
    ]


# --- Leftovers -----------------------------------------------------------------------------------------------------


def test_what_is_called_like_a_leftover_and_is_none(tmp_path: Path) -> None:
    """A pipe would be waited for, for ever; a link leads to what is not ours."""
    victim = text(tmp_path / "victim")
    path = text(tmp_path / "folder" / "a.txt")
    pipe, link, ours = (path.parent / f".arnorm-{digit * 16}.tmp" for digit in "abc")
    os.mkfifo(pipe)
    link.symlink_to(victim)
    ours.touch()
    assert main([*FOLD, "-i", str(path)]) == Exit.OK
    assert changed(path)
    assert sorted(p.name for p in path.parent.iterdir()) == [pipe.name, link.name, "a.txt"]
    assert not changed(victim)
