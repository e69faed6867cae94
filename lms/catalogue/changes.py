"""See what changed between two states of a course, and which kinds of change may be published as that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from lms.catalogue.course import Course, Unit
from lms.catalogue.sources import is_text
from lms.markup.problem import Problem
from lms.markup.source import normalise_text
from lms.questions.questions import (
    ChoiceGap,
    Cloze,
    Gap,
    Matching,
    MultipleChoice,
    Ordering,
    Question,
    SingleChoice,
)

Kind = Literal["editorial", "substantive", "invalidating"]
KINDS: tuple[Kind, ...] = ("editorial", "substantive", "invalidating")

QuestionName = tuple[str, str]  # unit id, question id


@dataclass(frozen=True, slots=True)
class Change:
    """What differs; units by id, questions by unit and id, all in the order of the new course (removed: of the old).

    A question counts as changed with any of its words or settings, and its key as changed if the marks of some answer
    may be others than before. `files` are the paths whose bytes differ.
    """

    units_added: tuple[str, ...]
    units_removed: tuple[str, ...]
    units_changed: tuple[str, ...]
    questions_added: tuple[QuestionName, ...]
    questions_removed: tuple[QuestionName, ...]
    questions_changed: tuple[QuestionName, ...]
    keys_changed: tuple[QuestionName, ...]
    is_completion_changed: bool

    @property
    def is_structural(self) -> bool:
        """Say whether more than wording changed: units, ids of questions, keys or the rule of completion."""
        named = self.units_added or self.units_removed or self.questions_added or self.questions_removed
        return bool(named or self.keys_changed or self.is_completion_changed)


def compare(old: Course, new: Course) -> Change:
    """Return what changed from one state of a course to another."""
    before, after = _units(old), _units(new)
    both = [unit for unit in after if unit in before]
    old_questions, new_questions = _questions(before.values()), _questions(after.values())
    same = [name for name in new_questions if name in old_questions]
    return Change(
        units_added=tuple(unit for unit in after if unit not in before),
        units_removed=tuple(unit for unit in before if unit not in after),
        units_changed=tuple(unit for unit in both if _contents(before[unit]) != _contents(after[unit])),
        questions_added=tuple(name for name in new_questions if name not in old_questions and name[0] in before),
        questions_removed=tuple(name for name in old_questions if name not in new_questions and name[0] in after),
        questions_changed=tuple(name for name in same if _asked(old_questions[name]) != _asked(new_questions[name])),
        keys_changed=tuple(name for name in same if _is_key_changed(old_questions[name], new_questions[name])),
        is_completion_changed=_completion(old) != _completion(new),
    )


def allowed_kinds(change: Change) -> tuple[Kind, ...]:
    """Return the kinds that a change may be published as, the smallest first."""
    return KINDS[1:] if change.is_structural else KINDS


def find_stale(old: Mapping[str, bytes], new: Mapping[str, bytes], course: Course) -> tuple[Problem, ...]:
    """Return a warning for each translation that stayed as it was while its reference changed.

    `old` are the files of the last published version. After an editorial change nothing is stale: do not ask then.
    """
    stale = []
    for unit in course.units:
        reference, *translations = unit.pages.values()
        if _text(old, reference.path) in (None, _text(new, reference.path)):
            continue
        stale += [
            Problem(page.path, 1, 1, "translation-stale")
            for page in translations
            if _text(old, page.path) == _text(new, page.path)
        ]
    return tuple(stale)


def _text(files: Mapping[str, bytes], path: str) -> str | None:
    try:
        return normalise_text(files[path]) if path in files and is_text(path) else None
    except UnicodeDecodeError:
        return None


def _units(course: Course) -> dict[str, Unit]:
    return {unit.id: unit for unit in course.units}


def _questions(units: Iterable[Unit]) -> dict[QuestionName, dict[str, Question]]:
    """Return the questions of units by name, each by language."""
    questions: dict[QuestionName, dict[str, Question]] = {}
    for unit in units:
        for lang, page in unit.pages.items():
            for question in page.questions:
                questions.setdefault((unit.id, question.id), {})[lang] = question
    return questions


def _contents(unit: Unit) -> Any:
    """Return all that a learner may see of a unit; moving a question on its page changes nothing in it."""
    pages = {lang: replace(page, path="", questions=(), addresses=(), terms=()) for lang, page in unit.pages.items()}
    asked = {lang: [_without_line(question) for question in page.questions] for lang, page in unit.pages.items()}
    return replace(unit, pages={}), pages, asked


def _asked(languages: Mapping[str, Question]) -> dict[str, Question]:
    return {lang: _without_line(question) for lang, question in languages.items()}


def _without_line(question: Question) -> Question:
    return replace(question, line=0)


def _is_key_changed(old: Mapping[str, Question], new: Mapping[str, Question]) -> bool:
    """Say whether the marks of some answer may be others than before.

    Places are compared, and then texts: the same options with other marks, the same lines in another order or paired
    otherwise are another key, although each place holds what it held.
    """
    return _keys(old) != _keys(new) or any(_is_swapped(old[lang], new[lang]) for lang in old.keys() & new.keys())


def _is_swapped(old: Question, new: Question) -> bool:
    match old, new:
        case (SingleChoice() | MultipleChoice(), SingleChoice() | MultipleChoice()):
            return _differ_in_common(
                {option.text: option.share for option in old.options},
                {option.text: option.share for option in new.options},
            )
        case (Ordering(), Ordering()):
            common = set(old.items) & set(new.items)
            return [one for one in old.items if one in common] != [one for one in new.items if one in common]
        case (Matching(), Matching()):
            known = set(old.definitions) & set(new.definitions)
            return _differ_in_common(_pairs(old, known), _pairs(new, known))
        case (Cloze(), Cloze()):
            return any(map(_is_gap_swapped, old.gaps, new.gaps))
    return False


def _differ_in_common(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    return any(old[text] != new[text] for text in old.keys() & new.keys())


def _pairs(question: Matching, definitions: set[str]) -> dict[str, str]:
    """Return the definition of each stem, of those definitions that both states know."""
    pairs = {stem: question.definitions[place] for stem, place in zip(question.stems, question.key, strict=True)}
    return {stem: definition for stem, definition in pairs.items() if definition in definitions}


def _is_gap_swapped(old: Gap, new: Gap) -> bool:
    if not (isinstance(old, ChoiceGap) and isinstance(new, ChoiceGap)):
        return False
    return old.options[old.right] != new.options[new.right] and set(old.options) == set(new.options)


def _keys(languages: Mapping[str, Question]) -> Any:
    """Return what decides the marks of an answer; it is the same in every language but for accepted words."""
    accepted: set[str] = set()
    rules = []
    for question in languages.values():
        accepted |= set(getattr(question, "accepted", ()))
        rules.append(_rule(question, accepted))
    return sorted(accepted), rules[0]


def _rule(question: Question, accepted: set[str]) -> tuple[Any, ...]:
    """Return the key of one question; words that gaps accept are added to those of the other languages."""
    common = (question.kind, question.points, question.exact)
    match question:
        case SingleChoice(options=options) | MultipleChoice(options=options):
            return *common, tuple(option.share for option in options)
        case Cloze(gaps=gaps):
            for place, gap in enumerate(gaps):
                accepted |= {f"{place} {pattern}" for pattern in getattr(gap, "accepted", ())}
            rights = [(len(gap.options), gap.right) if isinstance(gap, ChoiceGap) else None for gap in gaps]
            return *common, tuple(rights), tuple(getattr(gap, "intervals", ()) for gap in gaps)
        case _:
            names = ("intervals", "key", "items", "criteria")
            return *common, tuple(getattr(question, name, ()) if name != "items" else None for name in names)


def _completion(course: Course) -> tuple[Any, ...]:
    marks: dict[str, tuple[bool, Fraction]] = {
        unit.id: (unit.settings.is_graded, unit.settings.pass_mark) for unit in course.units if unit.settings
    }
    return set(course.lessons_required), set(course.quizzes_required), marks
