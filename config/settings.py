"""Every setting, from the environment, safe by default; README.md lists the variables.

Production is the default and refuses to start on a missing or weak secret. Development relaxes that, never
the other way round.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env, log

BASE_DIR = Path(__file__).resolve().parent.parent

# Where the program keeps what it makes: database, generated secrets, collected static files.
VAR = Path(env.text("NORTHBOUND_VAR", str(BASE_DIR / "var")))

PRODUCTION = env.choice("NORTHBOUND_ENV", "production", {"production", "development"}) == "production"

DEBUG = env.boolean("NORTHBOUND_DEBUG", default=False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured(
        "NORTHBOUND_DEBUG is on, and its error pages show settings and answers to anyone. "
        "Turn it off, or set NORTHBOUND_ENV=development on a machine of your own."
    )

# On: the site is reached over HTTPS only. Off: for `make run` on one's own machine.
HTTPS = env.boolean("NORTHBOUND_HTTPS", default=False)

# Secrets ---------------------------------------------------------------------

# `make run` puts secrets of its own making into VAR, so that a local start needs no preparation. A site on
# HTTPS gets them from its environment: secrets that appear by themselves differ between machines and vanish
# with the disk.
_secret_file, _keys_file = (None, None) if HTTPS else (VAR / "secret_key", VAR / "answers_keys")

SECRET_KEY = env.secret(
    "NORTHBOUND_SECRET_KEY",
    _secret_file,
    spare=None if PRODUCTION else "django-insecure-for-development-only",
)
# Former secrets, still accepted while cookies signed with them live.
SECRET_KEY_FALLBACKS = env.secrets("NORTHBOUND_SECRET_KEY_FALLBACKS")

# Answers are encrypted at rest with the first key; the others decrypt what was stored before it came.
ANSWERS_KEYS = env.fernet_keys(
    "NORTHBOUND_ANSWERS_KEYS",
    _keys_file,
    spare=None if PRODUCTION else "bm9ydGhib3VuZC1kZXZlbG9wbWVudC1hbnN3ZXJzISE=",
)
# Counted from the last visit.
ANSWERS_KEPT_DAYS = env.integer("NORTHBOUND_ANSWERS_KEPT_DAYS", 30, least=1, most=365)

# The site --------------------------------------------------------------------

ALLOWED_HOSTS = env.listing("NORTHBOUND_ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "eligibility.apps.EligibilityConfig",
    "programs.apps.ProgramsConfig",
    "crispy_forms",
    "csp",
    "axes",
    "django_otp",
    # Not used any more: backup codes of former databases are taken over from it (programs.models.accounts).
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    # Django's admin, with the gate of programs/roles/site.py.
    "programs.roles.admin_config.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First, so that every line logged while answering carries the request's id.
    "config.middleware.RequestLog",
    # Before anything that answers by itself, so that static files and redirects carry the headers too.
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.BrowserPolicies",
    "config.middleware.PrivatePages",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Before anything that reads what was sent.
    "config.middleware.OnlyUTF8",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Below what serves static files, which are compressed already. Guessing a page's secrets by its length (BREACH)
    # needs an attacker who makes the browser ask for that page: nobody can who does not know the secret link, cookies
    # do not travel with other sites' requests, form tokens are masked anew in each answer, and Django adds a random
    # length on top. https://docs.djangoproject.com/en/5.2/ref/middleware/#module-django.middleware.gzip
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before the form's token is looked at, so that what comes too often costs nothing more.
    "config.rate_limits.RateLimits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "programs.roles.sign_in.SignInEnds",
    "programs.admin.naming.NamesInSentences",
    # After everything that says who is signed in.
    "eligibility.staff.seen_with_draft.SeenWithDraft",
    # Last, so that its page for those who are locked out passes through everything above.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["config.templates.Unindented", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
                "eligibility.staff.seen_with_draft.told",
            ],
        },
    },
]

# Forms are drawn by our own templates, under templates/northbound/.
CRISPY_ALLOWED_TEMPLATE_PACKS = ["northbound"]
CRISPY_TEMPLATE_PACK = "northbound"
CRISPY_FAIL_SILENTLY = False
FORM_RENDERER = "config.form_renderer.InputsWithoutTemplates"

# Storage ---------------------------------------------------------------------

DATABASES = {
    "default": env.database(
        "DATABASE_URL",
        f"sqlite:///{VAR / 'northbound.sqlite3'}",
        # Per process, and at least the server's threads per process: a thread that finds no connection waits.
        pool=env.integer("NORTHBOUND_DATABASE_POOL", 8, least=1, most=200),
    )
}

CACHES = {
    "default": env.cache("CACHE_URL"),
    # Public pages as they were last drawn, compressed, in each process. All of them in both languages are 5 MB; after a
    # change of the rules the longest unread leave first.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 1600},
    },
}

# How often one address may do what costs or guesses (config/rate_limits.py). Counted in the shared cache if there is
# one, and otherwise in each process's memory, which allows a little more than is written here.
RATE_LIMITS_ON = env.boolean("NORTHBOUND_RATE_LIMITS", default=True)
RATE_LIMITS_STORE = env.text("CACHE_URL", "memory://")
# A whole office behind one address should not notice.
RATE_LIMITS = {
    "start": env.rate("NORTHBOUND_LIMIT_START", "60 per hour"),
    "links": env.rate("NORTHBOUND_LIMIT_LINKS", "60 per hour"),
    "sign_in": env.rate("NORTHBOUND_LIMIT_SIGN_IN", "60 per hour"),
    "search": env.rate("NORTHBOUND_LIMIT_SEARCH", "600 per 10 minutes"),
    "results": env.rate("NORTHBOUND_LIMIT_RESULTS", "600 per 10 minutes"),
    "plans": env.rate("NORTHBOUND_LIMIT_PLANS", "120 per 10 minutes"),
    "forms": env.rate("NORTHBOUND_LIMIT_FORMS", "240 per hour"),
    "uploads": env.rate("NORTHBOUND_LIMIT_UPLOADS", "120 per hour"),
}
# How many proxies stand in front and append to X-Forwarded-For. None is believed unless it is counted here.
TRUSTED_PROXIES = env.integer("NORTHBOUND_TRUSTED_PROXIES", 0, least=0, most=10)

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
# Nobody else's pages need them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Language and time -----------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"

# Signing in: staff only --------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "programs.roles.passwords.NotOfThisPlace"},
]
LOGIN_URL = "admin:login"

# axes counts failures and refuses before Django looks at the password.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = env.integer("NORTHBOUND_SIGN_IN_TRIES", 5, least=3, most=50)
SIGN_IN_LOCKED_MINUTES = env.integer("NORTHBOUND_SIGN_IN_LOCKED_MINUTES", 15, least=1, most=1440)
AXES_COOLOFF_TIME = timedelta(minutes=SIGN_IN_LOCKED_MINUTES)
# By name and not by address: behind a proxy everyone has the same address, and guessers have many.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_CLIENT_IP_CALLABLE = "programs.roles.sign_in.no_address"
AXES_LOCKOUT_CALLABLE = "programs.roles.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
# Trying again while locked out does not make it longer, so that the time given on the page is true.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# What is held in forms that ask for a password again is kept out of the record of failures too.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "ask-username", "ask-password", "password1", "password2"]
# It warns that guessers may change their browser's name between tries; counting by name alone, that does not help them.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# On: nobody works under /staff/ without a code from their phone. Off: each may turn it on for themselves.
TWO_FACTOR_REQUIRED = env.boolean("NORTHBOUND_TWO_FACTOR_REQUIRED", default=HTTPS)
OTP_TOTP_ISSUER = "Northbound"
# On: whoever signs in with a password that somebody else chose, the first one too, chooses their own before they work.
# A local start is entered by the one who has just read it.
GIVEN_PASSWORDS_ARE_CHANGED = HTTPS
# On: who wrote a draft cannot publish it. A local start has one account, which could then publish nothing.
TWO_PERSON_RULE = env.boolean("NORTHBOUND_TWO_PERSON_RULE", default=HTTPS)
# Publishing and everything to do with accounts asks for the password again after so long.
CONFIRM_AFTER_MINUTES = env.integer("NORTHBOUND_CONFIRM_AFTER_MINUTES", 15, least=1, most=720)
SIGNED_OUT_AFTER_IDLE_MINUTES = env.integer("NORTHBOUND_SIGNED_OUT_AFTER_IDLE_MINUTES", 60, least=5, most=1440)
# Counted from signing in, whatever is done meanwhile: staff sign in again each working day.
SIGNED_OUT_AFTER_HOURS = env.integer("NORTHBOUND_SIGNED_OUT_AFTER_HOURS", 12, least=1, most=168)

# Cookies ---------------------------------------------------------------------

# A browser accepts a name beginning with __Host- only with Secure, Path=/ and no Domain, so a neighbouring
# subdomain cannot plant one. Without HTTPS no browser would accept it at all.
# https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Cookies#cookie_prefixes
_prefix = "__Host-" if HTTPS else ""

SESSION_COOKIE_NAME = f"{_prefix}northbound_session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Applicants have no session.
SESSION_COOKIE_AGE = SIGNED_OUT_AFTER_HOURS * 60 * 60

CSRF_COOKIE_NAME = f"{_prefix}northbound_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# Shows a page that was open too long again, with what was typed into it.
CSRF_FAILURE_VIEW = "eligibility.wizard.views.steps.csrf_failure"

# In the session, where there is one cookie less, and nothing that a browser could change or keep.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_COOKIE_NAME = f"{_prefix}northbound_language"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# What browsers are told --------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
# Probes reach the process directly, without the proxy that speaks HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
_one_year, _four_years = 31_536_000, 126_144_000
_hsts_seconds = env.integer("NORTHBOUND_HSTS_SECONDS", _one_year, least=0, most=_four_years)
SECURE_HSTS_SECONDS = _hsts_seconds if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# Only for a proxy that always sets this header itself: from anyone else it could be a lie.
# https://docs.djangoproject.com/en/5.2/ref/settings/#secure-proxy-ssl-header
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("NORTHBOUND_TRUST_FORWARDED_PROTO", default=False) else None
)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Other sites learn nothing, not even that the visitor came from here, so a secret link cannot leak this way.
# "no-referrer" would hide it from ourselves too: browsers then send "Origin: null" with our own forms and no
# Referer, and Django's CSRF check refuses those.
# https://docs.djangoproject.com/en/5.2/ref/csrf/#how-it-works
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing from elsewhere and nothing inline, in the admin too.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

# Metrics -----------------------------------------------------------------------

# Who watches the site sends it; without one, there are no metrics to be had.
METRICS_TOKEN = env.token("NORTHBOUND_METRICS_TOKEN")

# Logs --------------------------------------------------------------------------

LOGGING = log.configuration(
    env.choice("NORTHBOUND_LOG_LEVEL", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR"}), debug=DEBUG
)
