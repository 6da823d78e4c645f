"""The guide to occupations, from the file that comes with the program: `occupations/noc-2021-guide.yaml`."""

from collections.abc import Iterable

from pydantic import ValidationError

from programs.loading.files import RuleFile, RuleFiles
from programs.models import MainDuty, Neighbour, Occupation, OccupationGuide, OccupationRemark, Origin
from programs.packs.columns import text_columns
from programs.packs.errors import PackError, PackErrors
from programs.packs.schema import occupation_guide as schema
from programs.packs.schema.common import Text
from programs.packs.yaml_nodes import dotted, read_yaml

FOLDER = "occupations"
_Codes = dict[str, int]


def load_guide(files: RuleFiles) -> list[str]:
    """Load the guides that have changed, and say so. What staff wrote or changed stays as they left it.

    Raises:
        PackErrors: naming the lines that cannot be read.

    """
    found = [files.file(path) for path in sorted((files.root / FOLDER).glob("*-guide.yaml"))]
    return [_load(file) for file in found if file.has_changed]


def _load(file: RuleFile) -> str:
    guide, codes = _read(file)
    for document in guide.occupations:
        _save_guide(document, codes)
    kept = [codes[document.noc] for document in guide.occupations]
    OccupationGuide.objects.filter(origin=Origin.PACK, occupation__classification=guide.classification).exclude(
        pk__in=kept
    ).delete()
    _save_duties(guide.questions, codes, guide.classification)
    _save_remarks(guide.remarks, codes)
    file.remember()
    return f"{file.name}: a guide to {len(guide.occupations)} occupations"


def _read(file: RuleFile) -> tuple[schema.Guide, _Codes]:
    value, lines, errors = read_yaml(file.path.read_text(encoding="utf-8"), file.name)
    if errors:
        raise PackErrors(errors)
    try:
        guide = schema.Guide.model_validate(value)
    except ValidationError as failure:
        details = failure.errors(include_url=False)
        raise PackErrors(
            [PackError(file.name, lines.line_of(each["loc"]), dotted(each["loc"]), each["msg"]) for each in details]
        ) from failure
    codes = dict(Occupation.objects.filter(classification=guide.classification).values_list("code", "pk"))
    unknown = [
        PackError(file.name, lines.line_of(location), dotted(location), f"there is no unit group {code!r}")
        for location, code in _codes_of(guide)
        if code not in codes
    ]
    if unknown:
        raise PackErrors(unknown)
    return guide, codes


def _codes_of(guide: schema.Guide) -> Iterable[tuple[tuple[str | int, ...], str]]:
    for number, one in enumerate(guide.occupations):
        yield ("occupations", number, "noc"), one.noc
        for place, neighbour in enumerate(one.neighbours):
            yield ("occupations", number, "neighbours", place, "noc"), neighbour.noc
    for number, duty in enumerate(guide.questions):
        yield ("questions", number, "noc"), duty.noc
    for number, remark in enumerate(guide.remarks):
        for place, code in enumerate(remark.occupations):
            yield ("remarks", number, "occupations", place), code


def _save_guide(document: schema.OccupationGuide, codes: _Codes) -> None:
    key = codes[document.noc]
    if OccupationGuide.objects.filter(pk=key, origin=Origin.STAFF).exists():
        return
    values = {
        **text_columns("apart", document.apart),
        **text_columns("licence", document.licence),
        **_lines("duties", document.duties),
        "licence_confidence": document.licence_confidence,
        "source": document.source,
        "as_of": document.as_of,
        "confidence": document.confidence,
        "origin": Origin.PACK,
    }
    row, _made = OccupationGuide.objects.update_or_create(pk=key, defaults=values)
    row.neighbours.all().delete()
    Neighbour.objects.bulk_create(
        Neighbour(
            guide=row,
            occupation_id=codes[neighbour.noc],
            position=position,
            **text_columns("how_to_tell", neighbour.how_to_tell),
        )
        for position, neighbour in enumerate(document.neighbours)
    )


def _lines(column: str, texts: tuple[Text, ...]) -> dict[str, str]:
    """Several texts as the lines of one column; the French only where none is missing."""
    french = [text.fr for text in texts]
    return {
        f"{column}_en": "\n".join(text.en for text in texts),
        f"{column}_fr": "\n".join(french) if all(french) else "",
    }


def _save_duties(documents: tuple[schema.MainDuty, ...], codes: _Codes, classification: str) -> None:
    MainDuty.objects.filter(origin=Origin.PACK, occupation__classification=classification).delete()
    kept = set(MainDuty.objects.values_list("occupation_id", flat=True))
    MainDuty.objects.bulk_create(
        MainDuty(
            occupation_id=codes[one.noc],
            position=position,
            confidence=one.confidence,
            origin=Origin.PACK,
            **text_columns("duty", one.duty),
        )
        for position, one in enumerate(documents)
        if codes[one.noc] not in kept
    )


def _save_remarks(documents: tuple[schema.Remark, ...], codes: _Codes) -> None:
    kept = set(OccupationRemark.objects.filter(origin=Origin.STAFF).values_list("pk", flat=True))
    OccupationRemark.objects.filter(origin=Origin.PACK).exclude(pk__in=[one.id for one in documents]).delete()
    for position, one in enumerate(documents):
        if one.id in kept:
            continue
        values = {
            **text_columns("text", one.text),
            "source": one.source,
            "as_of": one.as_of,
            "confidence": one.confidence,
            "origin": Origin.PACK,
            "position": position,
        }
        row, _made = OccupationRemark.objects.update_or_create(pk=one.id, defaults=values)
        row.occupations.set(codes[code] for code in one.occupations)
