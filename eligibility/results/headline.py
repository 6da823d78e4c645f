"""Where a person stands, in one sentence, and the sentences that stand below it."""

from collections import Counter

from django.utils.translation import gettext, ngettext

from eligibility.results import words
from eligibility.results.doors import Door, GroupKey


def headline_of(counts: Counter[GroupKey], stays: int) -> str:
    """Where they stand: `counts` are doors to work and to settle by group, `stays` the open ways to stay for a time."""
    opened, step, waiting = counts["open"], counts["one_step"], counts["need_answer"]
    if opened:
        return _open_headline(opened, stays)
    if waiting > step:
        return ngettext(
            "%(count)s door depends on an answer you have not given yet.",
            "%(count)s doors depend on answers you have not given yet.",
            waiting,
        ) % {"count": words.count_word(waiting)}
    if step and stays:
        return ngettext(
            "No door to work or to settle is open to you today, and you are one step away from %(count)s.",
            "No door to work or to settle is open to you today, and you are one step away from each of %(count)s.",
            step,
        ) % {"count": words.count_word(step).lower()}
    if step:
        return ngettext(
            "No door is open to you today, and you are one step away from %(count)s.",
            "No door is open to you today, and you are one step away from each of %(count)s.",
            step,
        ) % {"count": words.count_word(step).lower()}
    if stays:
        return gettext("No door to work or to settle that we know of is open to you today.")
    return gettext("No door we know of is open to you today.")


def _open_headline(opened: int, stays: int) -> str:
    figures = {"count": words.count_word(opened), "stays": words.count_word(stays).lower()}
    if not stays:
        said = ngettext("%(count)s door is open to you today.", "%(count)s doors are open to you today.", opened)
    elif stays == 1:
        said = ngettext(
            "%(count)s door is open to you today, and one way to stay as a student or visitor.",
            "%(count)s doors are open to you today, and one way to stay as a student or visitor.",
            opened,
        )
    else:
        said = ngettext(
            "%(count)s door is open to you today, and %(stays)s ways to stay as a student or visitor.",
            "%(count)s doors are open to you today, and %(stays)s ways to stay as a student or visitor.",
            opened,
        )
    return said % figures


def summary_of(counts: Counter[GroupKey], opened: tuple[Door, ...], stays: tuple[Door, ...]) -> tuple[str, ...]:
    """What is sure, near or waiting. `counts` are all doors by group, `opened` and `stays` those that are open."""
    found: list[str] = []
    likely = sum(door.program.verdict == "likely" for door in opened)
    if likely:
        found.append(
            ngettext(
                "For %(count)s of them a person must still confirm what we cannot check.",
                "For %(count)s of them a person must still confirm what we cannot check.",
                likely,
            )
            % {"count": words.count_word(likely).lower()}
            if len(opened) > 1
            else gettext("A person must still confirm what we cannot check.")
        )
    if stays and not opened:
        found.append(
            ngettext(
                "%(count)s way to stay as a student or visitor is open.",
                "%(count)s ways to stay as a student or visitor are open.",
                len(stays),
            )
            % {"count": words.count_word(len(stays))}
        )
    if opened and counts["one_step"]:
        found.append(
            ngettext("%(count)s more is one step away.", "%(count)s more are one step away.", counts["one_step"])
            % {"count": words.count_word(counts["one_step"])}
        )
    if opened and counts["need_answer"]:
        found.append(
            ngettext(
                "%(count)s waits for an answer from you.",
                "%(count)s wait for an answer from you.",
                counts["need_answer"],
            )
            % {"count": words.count_word(counts["need_answer"])}
        )
    return tuple(found)
