"""Which pages are measured: every page of the questionnaire and of a person's own, and of the public ones each kind."""

import os

import django

# Only lists of the site are read here; the processes that are measured choose their own settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]

PUBLIC = (
    "/",
    "/programs/",
    "/programs/fsw/",
    "/points/crs/",
    "/lists/fst-trades/",
    "/rounds/",
    "/occupations/",
    "/occupations/21231/",
    "/occupations/from-us/",
    "/occupations/software/",
    "/h1b/clock/",
    "/h1b/case-status/",
    "/context/",
)
# A form of each list of the questionnaire: what is there already, or something new.
FORMS = ("work/1/", "education/1/", "language/1/", "children/add/", "relatives/add/", "partner-jobs/add/")
# Beside those that the navigation of a person's own pages names.
OTHERS = ("results/all/", "results/fsw/", "since/", "keep/", "delete/")


def steps() -> tuple[str, ...]:
    """The address of every step of the questionnaire, and of a form of each list, below the secret link."""
    from eligibility.wizard.routing import PAGES

    return (*(f"{page.slug}/" for page in PAGES), *FORMS)


def own() -> tuple[str, ...]:
    """The address of every page of a person's own, below the secret link."""
    from django.urls import reverse

    from eligibility.own_pages import OWN_PAGES

    below = len(reverse("eligibility:return", args=["x"]))
    return (*(reverse(name, args=["x"])[below:] for name, _label in OWN_PAGES), *OTHERS)
