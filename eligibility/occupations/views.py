"""The pages on occupations, for everyone: search, one page for each unit group, US codes, software jobs.

The same searches serve the questionnaire (`eligibility.wizard.views.occupation_help`).
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.rate_limits import rate_limited
from eligibility.catalogue.public import public_page
from eligibility.occupations import codes, guide, search
from eligibility.occupations.described import described
from eligibility.occupations.lists import listings, uses
from eligibility.wizard import clock, rules
from programs.models import JobTitle

LONGEST_QUERY = 100
_MOST_TITLES = 24
_LETTERS_OF_A_TITLE = 3


def typed(request: HttpRequest, name: str) -> str:
    """What was typed into a search, cut to a bearable length."""
    return " ".join(request.GET.get(name, "").replace("\x00", " ").split())[:LONGEST_QUERY]


@rate_limited("search")
@require_safe
def search_as_one_types(request: HttpRequest) -> JsonResponse:
    """Occupations for a job title, for the script that shows them while one types."""
    found = search.search(typed(request, "q"))
    about = described(each.code for each in found)
    results = [
        {
            "code": each.code,
            "title": each.title,
            "hint": about[each.code].hint,
            "matched": each.matched,
            "apart": about[each.code].apart,
            "lists": about[each.code].lists,
            "more": about[each.code].more_words,
        }
        for each in found
    ]
    return JsonResponse({"results": results})


@rate_limited("search")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Search for an occupation."""
    asked = typed(request, "q")
    with rules.one_rulebook():
        found = search.search(asked) if asked else []
        about = described(each.code for each in found)
        hits = [(about[each.code], each.matched) for each in found]
        context = {"asked": asked, "hits": hits, "number": len(rules.occupation_codes())}
        return render(request, "eligibility/occupations/index.html", context)


@public_page
def occupation(request: HttpRequest, code: str) -> HttpResponse:
    """One unit group: what it is, what sets it apart, and the lists it is and was on."""
    group = rules.current().occupations.get(code)
    if group is None:
        raise Http404
    today = clock.today()
    context = {
        "group": group,
        "title": rules.in_words(group.title),
        "other_title": group.title.en if rules.language() == "fr" else group.title.fr,
        "other_language": "en" if rules.language() == "fr" else "fr",
        "titles": _example_titles(code),
        "guide": guide.guide_to(code),
        "remarks": guide.remarks_on(code),
        "listings": listings(rules.current(), code, today),
        "uses": uses(rules.current(), today),
        "leading_here": codes.leading_to(code),
        "classification": codes.classification_name(group.classification),
    }
    return render(request, "eligibility/occupations/occupation.html", context)


def _example_titles(code: str) -> list[str]:
    rows = JobTitle.objects.filter(occupation__code=code, language=rules.language(), kind="official_index")
    titles = list(rows.order_by("normalised").values_list("title", flat=True))
    # Evenly from A to Z, since neighbours in the alphabet are often the same job.
    step = max(1, len(titles) / _MOST_TITLES)
    return [titles[int(place * step)] for place in range(min(len(titles), _MOST_TITLES))]


@rate_limited("search")
@require_safe
def from_us(request: HttpRequest) -> HttpResponse:
    """Unit groups for a US code, or for one of NOC 2016."""
    with rules.one_rulebook():
        return render(request, "eligibility/occupations/from_us.html", code_answer(typed(request, "code")))


@require_safe
def software(request: HttpRequest) -> HttpResponse:
    """Which software job is yours: the first main duty that is true suggests a unit group."""
    with rules.one_rulebook():
        return render(request, "eligibility/occupations/software.html", duty_answer(request))


def code_answer(asked: str) -> dict[str, Any]:
    """What there is to say to a code or a title that was typed: candidates, others to try, or what would be right."""
    answer: dict[str, Any] = {"asked": asked, "found": None, "others": [], "problem": ""}
    if not asked:
        return answer
    if rules.occupation_title(asked) is not None:
        return answer | {"own": described([asked])[asked]}
    answer["found"] = codes.look_up(asked)
    if answer["found"] is None:
        answer |= _by_title(asked)
    if answer["found"] is not None:
        answer["about"] = described(each.code for each in answer["found"].candidates)
    return answer


def _by_title(asked: str) -> dict[str, Any]:
    if codes.standard_forms(asked):
        problem = _("We do not know the code %(code)s. Check the digits on the form, or enter the job's title.")
        return {"problem": problem % {"code": asked}}
    if sum(letter.isalpha() for letter in asked) < _LETTERS_OF_A_TITLE:
        return {
            "problem": _(
                "“%(typed)s” is not a code. A US code has two digits, a hyphen and four digits, sometimes with a point "
                "and two more: 15-1252 or 15-1299.08. A NOC 2016 code has four digits: 2173."
            )
            % {"typed": asked}
        }
    titles = codes.by_title(asked)
    if not titles:
        problem = _("No US code or NOC 2016 group has a title like “%(typed)s”. Try other words, or enter the code.")
        return {"problem": problem % {"typed": asked}}
    return {"found": codes.look_up(titles[0].code), "others": titles[1:]}


def duty_answer(request: HttpRequest) -> dict[str, Any]:
    """The main duties to choose from and, when one is chosen, the unit group it suggests with its neighbours."""
    duties = guide.main_duties()
    chosen = next((duty for duty in duties if duty.code == request.GET.get("duty")), None)
    answer: dict[str, Any] = {"duties": duties, "chosen": chosen, "is_missing": "asked" in request.GET and not chosen}
    if chosen is not None and rules.occupation_title(chosen.code) is not None:
        suggested = guide.guide_to(chosen.code)
        neighbours = [each.code for each in suggested.neighbours] if suggested else []
        about = described([chosen.code, *neighbours])
        answer |= {
            "suggested": suggested,
            "suggestion": about[chosen.code],
            "compared": [
                (about[each.code], each.how_to_tell, _duties_of(each.code))
                for each in (suggested.neighbours if suggested else ())
                if each.code in about
            ],
        }
    return answer


def _duties_of(code: str) -> tuple[str, ...]:
    found = guide.guide_to(code)
    return found.duties if found else ()
