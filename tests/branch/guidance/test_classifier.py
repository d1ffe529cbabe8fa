"""What is learnt from all wordings at once: which document a question belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from bot.kept_arrays import MOST_FILES, KeptArrays
from branch.guidance.classifier import Classifier, classifier_of, is_enough
from branch.guidance.features import ChineseFeatures
from branch.guidance.index import Likeness
from branch.guidance.model import Library
from branch.guidance.ranking import candidates
from branch.guidance.service import GuidanceLibrary
from branch.guidance.terms import Floats, Terms, hashes_of
from branch.guidance.training import Lesson, likely
from branch.guidance.view import Folded
from tests.guidance import InMemory
from texts.language import Language

SIZE, EACH, DOCUMENTS = 16, 20, 6


@dataclass
class Toy:
    """Documents that differ in a word and in meaning; their wordings share some of the rest."""

    dice: np.random.Generator = field(default_factory=lambda: np.random.default_rng(7))
    terms: Terms = field(default_factory=Terms)

    def wording(self, document: int) -> tuple[Floats, dict[str, float]]:
        meaning = self.dice.normal(0, 0.15, SIZE).astype(np.float32)
        meaning[document] += 1
        words = {f"w:{self.dice.integers(30)}": 1.0 for _ in range(3)} | {f"d:{document}": 1.0}
        return meaning / np.linalg.norm(meaning), words

    def lesson(self, documents: Sequence[Sequence[tuple[Floats, dict[str, float]]]]) -> Lesson:
        texts = [self.terms.numbered([words for _, words in each]) for each in documents]
        ends = np.cumsum([len(each) for each in documents]).tolist()
        return Lesson(
            np.stack([meaning for each in documents for meaning, _ in each]),
            Folded.of(texts, self.terms.hashes(), self.terms.kinds()),
            [slice(end - len(each), end) for end, each in zip(ends, documents, strict=True)],
        )

    def documents(self, count: int = DOCUMENTS) -> list[list[tuple[Floats, dict[str, float]]]]:
        return [[self.wording(number) for _ in range(EACH)] for number in range(count)]


def learnt_first(model: Classifier, toy: Toy, document: int) -> float:
    """How often the document is likeliest, asked in words that nobody learnt."""
    asked = [toy.wording(document) for _ in range(30)]
    return float(np.mean([model.log_likely(*each).argmax() == document for each in asked]))


def test_a_new_question_is_known_by_what_was_learnt() -> None:
    toy = Toy()
    model = classifier_of(toy.lesson(toy.documents()), None, None)

    assert all(learnt_first(model, toy, number) > 0.9 for number in range(DOCUMENTS))
    assert np.exp(model.log_likely(*toy.wording(0))).sum() == pytest.approx(1, abs=1e-4)


def test_the_same_is_learnt_from_the_same() -> None:
    toy = Toy()
    lesson = toy.lesson(toy.documents())

    once, again = (classifier_of(lesson, None, None) for _ in range(2))

    assert np.array_equal(once.weights, again.weights)


def test_the_features_of_a_text_come_in_the_same_order_in_every_process() -> None:
    """Or what is learnt would be kept under another name each time."""
    names = ("清华", "北大", "大工", "浙大", "复旦", "南开")

    features = ChineseFeatures(names, ())("、".join(names))

    assert [each for each in features if each.startswith("n:")] == [f"n:{n}" for n in sorted(names)]


def test_a_question_is_seen_as_the_wording_that_it_is() -> None:
    toy = Toy()
    documents = toy.documents()
    lesson = toy.lesson(documents)
    model = classifier_of(lesson, None, None)
    numbers = np.asarray([3, 45, 101])

    rows = lesson.seen(numbers, model.origin) @ model.weights.T

    asked = [documents[number // EACH][number % EACH] for number in numbers.tolist()]
    singly = np.stack([np.exp(model.log_likely(*each)) for each in asked])
    assert singly == pytest.approx(likely(rows), abs=1e-4)


def test_a_document_learnt_alone_is_known_as_if_it_had_been_learnt_with_all() -> None:
    toy = Toy()
    documents = toy.documents()
    before = classifier_of(toy.lesson(documents[:-1]), None, None)
    lesson = toy.lesson(documents)

    alone, whole = classifier_of(lesson, before, None), classifier_of(lesson, None, None)

    assert np.array_equal(alone.weights[:-1], before.weights)
    for model in (alone, whole):
        assert all(learnt_first(model, toy, number) > 0.9 for number in range(DOCUMENTS))
    asked = toy.wording(DOCUMENTS - 1)
    both = [likely(model.log_likely(*asked))[-1] for model in (alone, whole)]
    assert both[0] == pytest.approx(both[1], abs=0.2)


def test_what_was_taken_away_is_forgotten_and_nothing_else_is_learnt_for_it() -> None:
    toy = Toy()
    documents = toy.documents()
    before = classifier_of(toy.lesson(documents), None, None)

    after = classifier_of(toy.lesson([*documents[:2], *documents[3:]]), before, None)

    assert np.array_equal(after.weights, np.delete(before.weights, 2, axis=0))


def test_a_document_without_wordings_does_not_stop_the_others() -> None:
    toy = Toy()
    documents = toy.documents()
    before = classifier_of(toy.lesson(documents), None, None)
    with_nothing = toy.lesson([*documents, []])

    for model in (
        classifier_of(with_nothing, None, None),
        classifier_of(with_nothing, before, None),
    ):
        assert np.isfinite(model.log_likely(*toy.wording(1))).all()
        assert learnt_first(model, toy, 1) > 0.9


def test_what_the_classifier_finds_likeliest_is_looked_at_whatever_else_says() -> None:
    rough = np.arange(60, dtype=np.float32)
    none = np.zeros(60, dtype=np.float32)
    likeness = Likeness(nearest=rough, whole=none, covered=none, near_miss=none, wordings=none)

    without = candidates(likeness, None, None)
    beside = candidates(likeness, None, -rough)

    assert without.tolist() == list(range(59, 29, -1))
    assert beside.tolist() == [*range(59, 34, -1), 4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    ("documents", "each", "enough"),
    [(0, 0, False), (5, 9, False), (5, 10, True), (1500, 10, True), (1501, 10, False)],
)
def test_few_wordings_or_many_documents_are_not_learnt(
    documents: int, each: int, *, enough: bool
) -> None:
    owned = [slice(number * each, (number + 1) * each) for number in range(documents)]

    assert is_enough(owned) == enough


def test_what_is_kept_is_not_learnt_again(tmp_path: Path) -> None:
    toy = Toy()
    lesson = toy.lesson(toy.documents())
    once = classifier_of(lesson, None, KeptArrays(tmp_path, "learnt"))

    def no_more(_done: int, _of: int) -> None:
        raise AssertionError("it is learnt again")

    again = classifier_of(lesson, None, KeptArrays(tmp_path, "learnt", no_more))

    assert np.array_equal(once.weights, again.weights)
    with pytest.raises(AssertionError, match="learnt again"):
        classifier_of(toy.lesson(toy.documents()), None, KeptArrays(tmp_path, "learnt", no_more))


@pytest.mark.parametrize("spoil", [lambda good: good[: len(good) // 2], lambda _: b"nothing"])
def test_a_broken_file_is_learnt_anew(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    toy = Toy()
    lesson = toy.lesson(toy.documents())
    once = classifier_of(lesson, None, KeptArrays(tmp_path, "learnt"))
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    file.write_bytes(spoil(good))

    again = classifier_of(lesson, None, KeptArrays(tmp_path, "learnt"))

    assert np.array_equal(once.weights, again.weights)
    assert file.read_bytes() == good


def test_arrays_of_another_shape_are_learnt_anew() -> None:
    toy, kept = Toy(), InMemory()
    lesson = toy.lesson(toy.documents())
    once = classifier_of(lesson, None, kept)
    kept.arrays = {name: {"weights": once.weights[1:]} for name in kept.arrays}

    assert np.array_equal(classifier_of(lesson, None, kept).weights, once.weights)
    assert kept.written == 2


def test_only_the_latest_files_are_kept(tmp_path: Path) -> None:
    kept = KeptArrays(tmp_path, "learnt")
    for number in range(MOST_FILES + 2):
        kept.write(str(number), {"weights": np.ones(number, dtype=np.float32)})

    assert len(list(tmp_path.iterdir())) == MOST_FILES
    assert kept.read(str(MOST_FILES + 1)) is not None


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = KeptArrays(tmp_path / "file", "learnt")

    kept.write("x", {"weights": np.ones(1, dtype=np.float32)})

    assert kept.read("x") is None


class Placed:
    """A meaning that puts each text somewhere, always the same."""

    def of_content(self, texts: Sequence[str], *, passages: bool = False) -> Floats:
        del passages
        rows = [self.of_question(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, SIZE), dtype=np.float32)

    def of_question(self, text: str) -> Floats:
        dice = np.random.default_rng(int(hashes_of([text])[0]))
        vector = dice.normal(size=SIZE).astype(np.float32)
        placed: Floats = vector / np.linalg.norm(vector)
        return placed


def with_more(library: Library, more: int) -> Library:
    """Each entry is asked for in so many further ways."""
    entries = [
        replace(
            entry,
            wordings={
                **entry.wordings,
                Language.ZH: (
                    *entry.wordings[Language.ZH],
                    *(f"{entry.questions[Language.ZH]}{number}" for number in range(more)),
                ),
            },
        )
        for entry in library.entries
    ]
    return replace(library, entries=tuple(entries))


def test_a_shelf_learns_where_there_are_enough_wordings_and_only_chinese(library: Library) -> None:
    few, many = (GuidanceLibrary(with_more(library, n), meaning=Placed()) for n in (0, 4))

    assert few.matcher(Language.ZH).learnt is None
    assert many.matcher(Language.ZH).learnt is not None
    assert many.matcher(Language.EN).learnt is None
    assert GuidanceLibrary(with_more(library, 4)).matcher(Language.ZH).learnt is None


def test_an_edit_learns_one_entry_and_what_was_learnt_is_kept(library: Library) -> None:
    kept, shelf = InMemory(), GuidanceLibrary(with_more(library, 4))
    early = shelf.trial([replace(shelf.library.entries[0], related=())])
    shelf.learn(Placed(), kept)
    before = shelf.matcher(Language.ZH).learnt
    entry = shelf.library.entries[0]
    asked = (*entry.wordings[Language.ZH], "考试那天是星期几")

    shelf.take_over(shelf.trial([replace(entry, wordings={**entry.wordings, Language.ZH: asked})]))

    after = shelf.matcher(Language.ZH).learnt
    assert before is not None
    assert after is not None
    assert kept.written == 1
    changed = (before.weights != after.weights).any(axis=1).tolist()
    assert changed == [each.slug == entry.slug for each in shelf.library.entries]

    shelf.take_over(early)

    assert kept.written == 1
    assert shelf.matcher(Language.ZH).learnt is not None
