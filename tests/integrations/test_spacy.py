"""spaCy: norms are set, the text stays, and suggestions travel with the document."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import arnorm
from arnorm import Repairer
from tests.integrations.processes import ROOT, error_without, run
from tests.strategies import arabic_text

spacy = pytest.importorskip("spacy")

from spacy.matcher import Matcher  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402

import arnorm.integrations.spacy  # noqa: E402

TEXT = "ذهب الى المَدْرَسَةِ، وقال هاذا."
NORMS = ["ذهب", "الي", "المدرسه", "،", "وقال", "هذا", "."]


def pipeline(**config: Any) -> Any:
    nlp = spacy.blank("ar")
    nlp.add_pipe("arnorm", config=config)
    return nlp


BLANK = spacy.blank("ar")
SEARCH = pipeline(profile="search.v1")
BALANCED = pipeline(profile="search.v1", repair="balanced")


def norms(doc: Any) -> list[str]:
    return [token.norm_ for token in doc]


@given(arabic_text.map(lambda text: text.encode("utf-8", "ignore").decode()))
def test_norms_are_normalized_tokens_and_the_text_stays(text: str) -> None:
    doc, before = SEARCH(text), BLANK(text)
    assert doc.text == text
    assert [token.text for token in doc] == [token.text for token in before]
    for token, was in zip(doc, before, strict=True):
        assert token.norm_ == (arnorm.normalize(token.text, "search.v1") or was.norm_)


def test_words_are_found_however_they_are_written() -> None:
    matcher = Matcher(SEARCH.vocab)
    matcher.add("to school", [[{"NORM": "الي"}, {"NORM": "المدرسه"}]])
    doc = SEARCH("ذهبوا إِلَى المَدْرَسَةِ ثم عادوا الى المدرسه")
    assert [doc[start:end].text for _, start, end in matcher(doc)] == ["إِلَى المَدْرَسَةِ", "الى المدرسه"]


def test_suggestions_say_where_and_why() -> None:
    doc = BALANCED(TEXT)
    assert doc.text == TEXT
    assert norms(doc) == NORMS
    assert doc._.arnorm_suggestions == [
        {k: v for k, v in change.as_dict().items() if k not in ("passes", "output")}
        for change in Repairer("balanced").plan(TEXT)
    ]
    [found] = doc[1]._.arnorm_suggestions
    assert TEXT[found["start"] : found["end"]] == "الى"
    assert (found["after"], found["kind"], found["decision"]) == ("إلى", "class", "replace")
    assert doc[0]._.arnorm_suggestions == doc[2]._.arnorm_suggestions == []
    assert SEARCH(TEXT)._.arnorm_suggestions == []


def test_what_is_only_suggested_is_not_in_the_norm() -> None:
    doc = pipeline(profile="clean", repair="safe")("وأعلن المتحدث ان اللجنة ستجتمع")
    assert [s["decision"] for s in doc[2]._.arnorm_suggestions] == ["suggest"]
    assert doc[2].norm_ == "ان"


def test_a_replacement_of_several_tokens_is_listed_by_each_and_in_no_norm() -> None:
    nlp = pipeline(profile="clean", repair="thorough")
    doc = nlp("وصل عبد الرحم ن إلى المدرسة")
    joined = [s for s in doc._.arnorm_suggestions if " " in doc.text[s["start"] : s["end"]]]
    assert joined, "the text has a word in two"
    for token in doc:
        if joined[0] in token._.arnorm_suggestions:
            assert token.norm_ == token.text


def test_several_replacements_within_one_token() -> None:
    doc = BALANCED.tokenizer("ذهب هاذا/المدرسه")
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[1:])
    [component] = [component for _, component in BALANCED.pipeline]
    assert norms(component(doc)) == ["ذهب", "هذا/المدرسه"]
    assert [s["after"] for s in doc[1]._.arnorm_suggestions] == ["هذا", "المدرسة"]


def test_the_model_is_loaded_with_the_first_document() -> None:
    nlp = pipeline(repair="safe", model="no such file")
    with pytest.raises(FileNotFoundError):
        nlp("نص")


# spaCy forks while libraries have threads; Python 3.12 and later warn of it.
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_several_processes() -> None:
    docs = list(BALANCED.pipe([TEXT] * 5, n_process=2, batch_size=2))
    assert [norms(doc) for doc in docs] == [NORMS] * 5
    assert docs[4]._.arnorm_suggestions == BALANCED(TEXT)._.arnorm_suggestions


def test_pipelines_are_saved(tmp_path: Path) -> None:
    BALANCED.to_disk(tmp_path / "ar")
    assert norms(spacy.load(tmp_path / "ar")(TEXT)) == NORMS
    again = spacy.blank("ar")
    again.add_pipe("arnorm", config={"profile": "search.v1", "repair": "balanced"})
    assert norms(again.from_bytes(BALANCED.to_bytes())(TEXT)) == NORMS


def test_documents_are_saved() -> None:
    doc = BALANCED(TEXT)
    [binned] = DocBin(store_user_data=True, docs=[doc], attrs=["NORM"]).get_docs(BALANCED.vocab)
    for again in (Doc(BALANCED.vocab).from_bytes(doc.to_bytes()), binned):
        assert norms(again) == NORMS
        assert again[1]._.arnorm_suggestions == doc[1]._.arnorm_suggestions


def test_mistakes_are_named() -> None:
    with pytest.raises(arnorm.UnknownNameError, match="search.v1"):
        pipeline(profile="serch")
    with pytest.raises(arnorm.UnknownNameError, match="balanced"):
        pipeline(repair="balance")


def test_spacy_finds_an_installed_component_by_itself(tmp_path: Path) -> None:
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    info = tmp_path / "entry-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: entry\nVersion: 1\n", encoding="utf-8")
    lines = [f"{name} = {value}" for name, value in named["spacy_factories"].items()]
    (info / "entry_points.txt").write_text("\n".join(["[spacy_factories]", *lines]), encoding="utf-8")
    code = "import sys; sys.path.append(sys.argv[1]); import spacy; nlp = spacy.blank('ar'); nlp.add_pipe('arnorm')\n"
    assert run(code + "print(nlp('إلـى')[0].norm_)", str(tmp_path)).strip() == "إلى"


def test_without_the_package_the_extra_is_named() -> None:
    assert "pip install 'arnorm[spacy]'" in error_without("spacy", "spacy")
