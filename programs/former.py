"""The rulebook as it stood at a moment that is past, rebuilt from the versions that are kept.

Versions are never altered once they are published, so what stood then is what had been published by then and was not
yet withdrawn. What has no versions (intakes, notices, a pack that was loaded anew) is as it is now: whoever needs to
know compares the fingerprint.
"""

import datetime as dt
from typing import Any

from django.db.models import Q

from programs import store
from programs.models import Change, Origin, Status, Version
from programs.packs.from_database import read_documents
from programs.packs.kinds import KINDS, Kind
from programs.packs.schema import Pack
from programs.rulebook import Rulebook, build
from programs.rulebook.book import ONE_DAY


def rulebook_at(moment: dt.datetime) -> Rulebook:
    """The rulebook as it was published at a moment, without rounds, pool and draws. It is not kept."""
    documents: list[Pack] = []
    for name, kind in KINDS.items():
        if kind.version is None:
            documents += read_documents([name])
        else:
            documents += _of_kind(name, kind, kind.version, moment)
    return build(documents, store.occupations(), f"as of {moment.isoformat()}")


def publications_since(moment: dt.datetime) -> int:
    """How many versions were published or withdrawn after a moment. Between two of these nothing can be rebuilt."""
    withdrawn = Change.objects.filter(what=Change.What.WITHDRAWN, at__gt=moment).order_by().values("pk")
    published = (
        kind.version._default_manager.filter(published_at__gt=moment).order_by().values("pk")
        for kind in KINDS.values()
        if kind.version is not None
    )
    # Asked of the database together: a person's page waits for it.
    return withdrawn.union(*published, all=True).count()


def _of_kind(name: str, kind: Kind, model: type[Version], moment: dt.datetime) -> list[Pack]:
    withdrawn_later = _withdrawn_later(model, moment)
    stood = Q(published_at__lte=moment) | Q(published_at__isnull=True, origin=Origin.PACK)
    which = stood & (Q(status=Status.PUBLISHED) | Q(status=Status.WITHDRAWN, pk__in=withdrawn_later))
    starts: dict[str, set[dt.date]] = {}
    came_later = model._default_manager.filter(published_at__gt=moment)
    for parent, start in came_later.values_list(f"{model.PARENT}_id", "effective_from"):
        starts.setdefault(str(parent), set()).add(start)
    found = read_documents([name], statuses=(Status.PUBLISHED, Status.WITHDRAWN), which=which)
    return [_reopened(document, kind, starts.get(document.id, set())) for document in found]


def _withdrawn_later(model: type[Version], moment: dt.datetime) -> list[int]:
    beginning = f"{model._meta.model_name}:"
    names = Change.objects.filter(
        what=Change.What.WITHDRAWN, at__gt=moment, in_version__startswith=beginning
    ).values_list("in_version", flat=True)
    return [int(name.removeprefix(beginning)) for name in names]


def _reopened(document: Any, kind: Kind, starts: set[dt.date]) -> Pack:
    """The document with the ends taken back that a later version gave to those before it.

    And with the ends given again that a version since withdrawn gave: two versions never hold on one day.
    """
    versions = getattr(document, kind.versions)
    begins = sorted(version.effective_from for version in versions)
    pack: Pack = document.model_copy(
        update={kind.versions: tuple(_as_it_ended(version, starts, begins) for version in versions)}
    )
    return pack


def _as_it_ended(version: Any, starts: set[dt.date], begins: list[dt.date]) -> Any:
    ends = version.effective_to
    if ends is not None and ends + ONE_DAY in starts:
        ends = None
    following = next((day for day in begins if day > version.effective_from), None)
    if following is not None and (ends is None or ends >= following):
        ends = following - ONE_DAY
    return version if ends == version.effective_to else version.model_copy(update={"effective_to": ends})
