"""Values and comparisons in words, in English or French: what was needed, what there is, what is short."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from eligibility.facts.values import ANYTHING, INFINITE, Value
from programs.rulebook import FactEntry, vocabulary

NARROW_SPACE = "\u202f"
_TEXTS = {
    "unknown": ("not known yet", "pas encore connu"),
    "none": ("none", "aucun"),
    "yes": ("yes", "oui"),
    "no": ("no", "non"),
    "between": ("between {low} and {high}", "entre {low} et {high}"),
    "or_more": ("{value} or more", "{value} ou plus"),
    "at_most": ("at most {value}", "au plus {value}"),
    "more_than": ("more than {value}", "plus de {value}"),
    "less_than": ("less than {value}", "moins de {value}"),
    "not": ("not {value}", "pas {value}"),
    "one_of": ("one of: {values}", "l'un de : {values}"),
    "none_of": ("none of: {values}", "aucun de : {values}"),
    "short": ("{value} short", "il manque {value}"),
    "over": ("{value} too many", "{value} de trop"),
    "likely": ("likely, with something to confirm there", "probable, avec une confirmation à faire"),
    "permanent": ("permanent", "permanent"),
    "on_list": ("an occupation on the list “{name}”", "une profession de la liste « {name} »"),
    "off_list": ("an occupation that is not on the list “{name}”", "une profession absente de la liste « {name} »"),
    "relative": ("such a relative in Canada", "un tel parent au Canada"),
    "no_relative": ("no such relative in Canada", "aucun tel parent au Canada"),
    "mainly_teer": ("most of the time worked in TEER {values}", "la plus grande part du travail en FEER {values}"),
    "verdict_of": ("to qualify for: {name}", "être admissible à : {name}"),
    "no_figure": ("no floor for this occupation", "aucun seuil pour cette profession"),
    "confirm": ("to be confirmed by you", "à confirmer par vous"),
    "points": ("{value} points", "{value} points"),
    "experience": ("Work that counts", "Travail pris en compte"),
    "credential": ("Study that counts", "Études prises en compte"),
    "occupation": ("Occupation", "Profession"),
    "relatives": ("Relatives in Canada", "Parents au Canada"),
    "job_offer": ("Occupation of the job offer", "Profession de l'offre d'emploi"),
    "main_occupation": ("Your main occupation", "Votre profession principale"),
    "trade_certificate": ("Trade of the certificate", "Métier du certificat"),
    "partner_job_offer": ("Occupation of your partner's job offer", "Profession de l'offre d'emploi du conjoint"),
    "only_a_person": ("Only a person can judge this", "Seule une personne peut en juger"),
    "language_choice": ("First official language: {language}", "Première langue officielle : {language}"),
    "test_used": ("{test} of {date}", "{test} du {date}"),
    "test_estimated": ("your estimate", "votre estimation"),
    "en": ("English", "anglais"),
    "fr": ("French", "français"),
    "narrower": ("{text} Read that way: {points} instead.", "{text} Lu ainsi : {points} à la place."),
}
_UNITS = {
    "years": (("year", "years"), ("an", "ans")),
    "months": (("month", "months"), ("mois", "mois")),
    "hours": (("hour", "hours"), ("heure", "heures")),
    "hours a week": (("hour a week", "hours a week"), ("heure par semaine", "heures par semaine")),
    "people": (("person", "people"), ("personne", "personnes")),
    "children": (("child", "children"), ("enfant", "enfants")),
    "levels": (("level", "levels"), ("niveau", "niveaux")),
    "points": (("point", "points"), ("point", "points")),
    "percent": (("percent", "percent"), ("pour cent", "pour cent")),
}
_MONTHS = (
    ("January", "janvier"),
    ("February", "février"),
    ("March", "mars"),
    ("April", "avril"),
    ("May", "mai"),
    ("June", "juin"),
    ("July", "juillet"),
    ("August", "août"),
    ("September", "septembre"),
    ("October", "octobre"),
    ("November", "novembre"),
    ("December", "décembre"),
)


def _is_enormous(figure: Any) -> bool:
    return isinstance(figure, int | float) and figure >= INFINITE


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, "en" or "fr"."""

    language: str = "en"

    def __getitem__(self, key: str) -> str:
        """A fixed phrase."""
        return _TEXTS[key][self.language == "fr"]

    def say(self, key: str, **parts: object) -> str:
        """A phrase with its parts filled in."""
        return self[key].format(**parts)

    def figure(self, value: float) -> str:
        """A number, grouped by thousands: 15,263 or 15 263."""
        text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
        if self.language == "fr":
            return text.replace(",", NARROW_SPACE).replace(".", ",")
        return text

    def money(self, value: float, unit: str) -> str:
        """An amount in Canadian dollars."""
        amount = self.figure(value)
        per = unit.removeprefix("CAD").strip()
        french_per = {"a year": " par an", "an hour": " l'heure"}.get(per, "")
        return f"{amount} $ CA{french_per}" if self.language == "fr" else f"CAD {amount}{' ' + per if per else ''}"

    def amount(self, value: float, unit: str | None) -> str:
        """A number with its unit: 12 months."""
        if unit == "TEER":
            return f"{'FEER' if self.language == 'fr' else 'TEER'} {value:g}"
        if unit not in _UNITS:
            return self.figure(value)
        one, many = _UNITS[unit][self.language == "fr"]
        return f"{self.figure(value)} {one if (value in (0, 1) and self.language == 'fr') or value == 1 else many}"

    def level(self, rank: int) -> str:
        """A level of education."""
        return vocabulary().levels[rank].short.in_language(self.language)

    def day(self, day: dt.date) -> str:
        """A date in words: 1 March 2026."""
        number = "1er" if self.language == "fr" and day.day == 1 else str(day.day)
        return f"{number} {_MONTHS[day.month - 1][self.language == 'fr']} {day.year}"

    def one(self, entry: FactEntry, value: Any) -> str:
        """One exact value of a fact."""
        if value is None:
            return self["none"]
        if _is_enormous(value):
            return self["permanent"]
        match entry.type:
            case "boolean":
                return self["yes" if value else "no"]
            case "clb":
                if value == 0:
                    return self["none"]
                french = entry.key.startswith("french") or self.language == "fr"
                return f"{'NCLC' if french else 'CLB'} {value:g}"
            case "level":
                # Of study under a rule's own parameters, nothing found is no level at all.
                return self["none"] if value == 0 and entry.unit == "credential" else self.level(value)
            case "money":
                return self.money(value, entry.unit or "CAD")
            case "number":
                return self.amount(value, entry.unit)
            case "set":
                return ", ".join(sorted(map(str, value))) if value else self["none"]
            case _:
                label = entry.choice_labels.get(str(value))
                return label.in_language(self.language) if label else str(value).replace("_", " ")

    def value(self, entry: FactEntry, value: Value) -> str:
        """What is known of a fact."""
        return _value_in_words(self, entry, value)

    def _say_value(self, entry: FactEntry, value: Value) -> str:
        if value.is_known or value.low is None:
            return self.one(entry, value.low)
        if value.low is ANYTHING or isinstance(value.low, bool | frozenset):
            surely = value.low if isinstance(value.low, frozenset) and value.low else None
            return self.one(entry, surely) if surely else self["unknown"]
        if value.low == 0 and (_is_enormous(value.high) or value.missing):
            return self["unknown"]
        if _is_enormous(value.high):
            return self.say("or_more", value=self.one(entry, value.low))
        return self.say("between", low=self.one(entry, value.low), high=self.one(entry, value.high))

    def briefly(self, entry: FactEntry, value: Value) -> str:
        """What is known of a level, as short as can be: CLB 9, 7–9, or ? for nothing."""
        if value.is_known:
            return self.one(entry, value.low)
        return "?" if value.low == 0 else f"{value.low:g}–{value.high:g}"

    def needed(self, entry: FactEntry, op: str, bound: Any) -> str:
        """What a comparison asks for."""
        if isinstance(bound, tuple):
            names = ", ".join(self._bound(entry, item) for item in bound)
            return self.say("none_of" if op in ("not_in", "contains_none") else "one_of", values=names)
        text = self._bound(entry, bound)
        key = {">=": "or_more", "<=": "at_most", ">": "more_than", "<": "less_than", "!=": "not"}.get(op)
        if op == "contains_none":
            return self.say("none_of", values=text)
        return self.say(key, value=text) if key else text

    def _bound(self, entry: FactEntry, bound: Any) -> str:
        # What a set is asked to hold is said as a set of one; letter by letter it would be a set of letters.
        return self.one(entry, {bound} if entry.type == "set" else bound)

    def gap(self, entry: FactEntry, value: Value, op: str, bound: Any) -> str | None:
        """By how much a value surely misses a bound; None where that is no amount."""
        if entry.type not in ("number", "money", "clb") or isinstance(bound, tuple) or value.low is None:
            return None
        if op in (">=", ">"):
            distance = bound - value.high
            if distance <= 0 or _is_enormous(distance):
                return None
            if entry.type == "clb":
                return self.say("short", value=self.amount(distance, "levels"))
            return self.say("short", value=self._distance(entry, distance))
        if op in ("<=", "<"):
            distance = value.low - bound
            return self.say("over", value=self._distance(entry, distance)) if 0 < distance < INFINITE else None
        return None

    def _distance(self, entry: FactEntry, distance: float) -> str:
        if entry.type == "money":
            return self.money(round(distance, 2), "CAD")
        return self.amount(distance, None if entry.unit == "TEER" else entry.unit)


@lru_cache(maxsize=8192)
def _value_in_words(words: Words, entry: FactEntry, value: Value) -> str:
    """The words for a value: the same few are said over and over."""
    return words._say_value(entry, value)
