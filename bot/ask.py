"""Answers in the terminal, with scores: what a student would get, without Telegram."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content import Content
from branch.guidance.golden import Fate, GoldenReport
from branch.guidance.model import Entry
from branch.guidance.replies import Answered, Choices, NotCovered, OutOfBounds
from handlers.date_words import CalendarWords
from texts.language import Language
from texts.renderer import Texts
from texts.telegram_html import shown

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def answer_in_terminal(
    question: str, content: Content, zone: ZoneInfo, now: datetime, language: str | None
) -> str:
    """The reply as plain text; the language is the question's own unless one is given."""
    spoken = Language(language) if language else _language_of(question)
    texts = Texts(zone)
    today = now.astimezone(zone).date()
    reply = content.library.ask(question, language=spoken, on=today)
    match reply:
        case Answered(entry=entry, confidence=confidence, others=others):
            words = CalendarWords(content.calendar, texts, zone)
            rendered = texts.render(
                "answers/answer",
                spoken,
                entry=entry,
                question=entry.question(spoken),
                body=entry.html(spoken, words=words, now=now),
                translated=spoken in entry.bodies,
                stale=entry.stale_on(today),
                unchecked=entry.needs_check is not None,
                other_intake=False,
                past_intake=entry.intake is not None and entry.intake < words.current_intake(now),
                others=others,
            )
            said = "\n".join([shown(rendered), *_questions(others, spoken)])
            return f"[answered · {entry.slug} · {confidence:.2f}]\n\n{said}"
        case Choices(entries=entries):
            return f"[choices]\n\n{_lines(texts, 'answers/choices', spoken, entries)}"
        case NotCovered(nearest=nearest):
            said = _lines(texts, "answers/not_covered", spoken, nearest, nearest=nearest)
            return f"[not covered]\n\n{said}"
        case OutOfBounds(kind=kind, asks=asks, nearest=nearest):
            template = f"boundaries/{kind}_{asks}" if asks else f"boundaries/{kind}"
            said = _lines(texts, template, spoken, nearest, nearest=nearest, told=False)
            return f"[out of bounds · {kind}]\n\n{said}"


def golden_table(report: GoldenReport) -> str:
    """How the golden questions come out, by topic, and which did not come out right."""
    fates = list(Fate)
    rows = [["topic", *(fate.replace("_", " ") for fate in fates)]]
    for name, topic in [*((topic, topic) for topic in report.topics), ("all", None)]:
        counts = report.fates(topic)
        rows.append([name, *(str(counts[fate]) for fate in fates)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    table = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    misses = [
        f"  {each.fate.replace('_', ' ')}: {each.ask}\n"
        f"      expected {', '.join(each.expected)}; given {', '.join(each.given)}"
        for each in report.misses
        if each.fate is not Fate.AMONG_CHOICES
    ]
    shares = (
        f"Of what the base covers: right at once {report.right_share:.1%},"
        f" right or one tap away {report.reached_share:.1%}, wrong {report.wrong_share:.1%}.\n"
        f"Of what it must not answer: answered {report.overreach_share:.1%}."
    )
    calibration = [
        f"  {start:.1f} to {start + 0.1:.1f}: {count:4d} questions, {right:.0%} right"
        for start, count, right in report.calibration()
    ]
    told = [*table, "", shares, "", "Of the likeliest entry, by how likely it was thought:"]
    told += [*calibration, *(["", "Not right:", *misses] if misses else [])]
    return "\n".join(told)


def _lines(
    texts: Texts,
    template: str,
    language: Language,
    entries: tuple[Entry, ...],
    **values: object,
) -> str:
    said = shown(texts.render(template, language, **values))
    return "\n".join([said, *_questions(entries, language)])


def _questions(entries: tuple[Entry, ...], language: Language) -> list[str]:
    return [f"  · {entry.question(language)} ({entry.slug})" for entry in entries]


def _language_of(question: str) -> Language:
    return Language.ZH if _CHINESE.search(question) else Language.EN
