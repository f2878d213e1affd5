"""What stands around the package: addresses, hooks, the page at the index of packages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

import arnorm

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_project_has_one_address() -> None:
    home = PROJECT["project"]["urls"]["Homepage"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["url"] == home
    assert cited["repository-code"] == PROJECT["project"]["urls"]["Source"]
    assert all(url.startswith(home) for url in PROJECT["project"]["urls"].values())


def test_the_version_has_one_date() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    written = re.findall(r"^## \[(\d[^]]*)\] - (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert written[0] == (arnorm.__version__, str(cited["date-released"]))
    assert cited["version"] == arnorm.__version__


def test_no_link_of_the_readme_is_relative_at_the_index_of_packages() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown, source = readme, PROJECT["project"]["urls"]["Source"]
    for change in PROJECT["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]:
        shown = re.sub(change["pattern"], change["replacement"], shown)
    links = re.findall(r"\]\(([^)]+)\)", shown)
    assert len(links) > 20
    assert all(link.startswith("https://") for link in links)
    assert any(link.startswith(f"{source}/blob/main/") for link in links)
    # A picture is fetched, not looked at on a page around it.
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", shown)
    assert pictures
    assert all(picture.startswith(f"{source}/raw/main/") for picture in pictures)


@pytest.mark.parametrize("name", ["before-after.svg", "before-after.ar.svg"])
def test_the_picture_of_before_and_after_is_what_repair_makes(name: str) -> None:
    drawing = ElementTree.parse(ROOT / "docs" / "_static" / name).getroot()
    before, after = (
        "".join(each.itertext())
        for each in drawing.iter("{http://www.w3.org/2000/svg}text")
        if each.get("direction") == "rtl" and each.get("class") != "note"
    )
    review = arnorm.Repairer().review(before)
    assert review.text == after.replace("؟", "")
    assert [change.after for change in review.suggestions] == ["مسؤولا"]
    assert all(word in drawing.get("aria-label", "") for word in (before, review.text, "مسؤولا"))


def test_every_link_of_the_readme_leads_somewhere() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?://|#)([^)#]+)", readme):
        assert (ROOT / link).exists(), link


def test_hooks_for_users_are_commands_of_ours() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["arnorm-normalize", "arnorm-repair-check"]
    assert all(hook["entry"].split()[0] in PROJECT["project"]["scripts"] for hook in hooks)
