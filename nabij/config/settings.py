"""Settings of Nabij: read from the environment, safe without any. docs/reference/settings.md lists them."""

from pathlib import Path

from csp.constants import NONCE, SELF

from nabij.config import environment as env
from nabij.config.sqlite import prefer_current_sqlite

prefer_current_sqlite()

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.text("DATA", "var")).resolve()
SECRETS = DATA / "secrets"

DEBUG = False
SECRET_KEY = env.kept_secret("SECRET_KEY", SECRETS)
# Keys that encrypt columns and files and seal the audit chain; oldest first, "id:secret" each, the last one is used to write.
KEYRING = env.words("KEYRING") or [f"k1:{env.kept_secret('KEYRING_FIRST', SECRETS)}"]
ALLOWED_HOSTS = env.words("HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "nabij.core",  # first: its `migrate` command wraps Django's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_q",
    "nabij.audit",
    "nabij.linkage",
    "nabij.access",
    "nabij.commitments",
    "nabij.papers",
    "nabij.drafts",
    "nabij.letters",
    "nabij.links",
    "nabij.partners",
    "nabij.residents",
    "nabij.bsn",
    "nabij.administration",
    "nabij.post",
    "nabij.network",
    "nabij.life_domains",
    "nabij.contacts",
    "nabij.duplicates",
    "nabij.signals",
    "nabij.casework",
    "nabij.conferences",
    "nabij.wmo",
    "nabij.meldcode",
    "nabij.outcomes",
    "nabij.debts",
    "nabij.piling",
    "nabij.handover",
    "nabij.portal",
    "nabij.upkeep",
    "nabij.backup",
    "nabij.digests",
    "nabij.calendars",
    "nabij.demo",
    "nabij.seed",
    "nabij.desk",
]

MIDDLEWARE = [
    "nabij.core.web.headers.security_headers",
    "nabij.config.api.api_headers",
    "nabij.core.web.arriving.look_at_arrival",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "nabij.core.web.reading.refuse_writes_while_reading",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nabij.access.web.who.bring_actor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "nabij.config.urls"
WSGI_APPLICATION = "nabij.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(PACKAGE.glob("*/templates")),
        "OPTIONS": {
            "environment": "nabij.config.jinja.environment",
            "context_processors": ["nabij.access.web.context.page_context"],
        },
    },
    {  # libraries bring a few templates of their own
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": env.database(env.text("DATABASE"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE.parent / "locale"] if (PACKAGE.parent / "locale").is_dir() else []
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- log-in
AUTH_USER_MODEL = "access.Worker"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "nabij.access.web.login.WorkerBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:my_day"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "nabij.access.web.login.WorkerAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to somebody who has no account here
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Nabij: "
ACCOUNT_SESSION_REMEMBER = False  # the log-in ends with the browser, or after SESSION_COOKIE_AGE
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key"}  # of the second step; axes counts passwords
MFA_ADAPTER = "nabij.access.web.login.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Nabij"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "nabij.access.web.login.locked_out"
AXES_USERNAME_CALLABLE = "nabij.access.web.login.typed_address"
AXES_VERBOSE = False
# Demo log-ins (no second factor) work on the loopback address only, and only when this is on.
DEMO = env.flag("DEMO")

CSRF_FAILURE_VIEW = "nabij.config.errors.csrf_failure"
SESSION_ENGINE = "nabij.access.web.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.flag("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": [SELF],
    }
}

# --- files
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
PAPERS = DATA / "papers"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MAIL_LIMIT_BYTES = env.number("MAIL_LIMIT_BYTES", 10 * 1024 * 1024)

# Lists show what kind of work it is and nothing of what it is about, for desks that others look over.
NEUTRAL_LISTS = env.flag("NEUTRAL_LISTS")

# --- mail
EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = env.number("SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_STARTTLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "wijkteam@nabij.example")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.partition("@")[2]

# The mailbox of the front door: imaps://name@mail.example.nl/INBOX; empty when there is none. The password in a setting of its own.
IMAP_URL = env.text("IMAP_URL")
IMAP_PASSWORD = env.text("IMAP_PASSWORD")

# --- API for partners
API_PER_MINUTE = env.number("API_PER_MINUTE", 120)

# --- jobs
Q_CLUSTER = {
    "name": "nabij",
    "orm": "default",
    "workers": env.number("JOB_WORKERS", 1),
    "timeout": 3000,
    "retry": 3600,
    "poll": 2,
    "max_attempts": 0,
    "catch_up": False,
    "label": "Nabij",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redact": {"()": "nabij.core.logs.Redact"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["redact"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail is unique without regard to capitals, by a constraint
