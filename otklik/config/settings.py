"""Settings. Everything that differs between installations comes from the environment (OTKLIK_*);
`otklik doctor` explains what is missing."""

from __future__ import annotations

from pathlib import Path

from otklik.config import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_dir()
ATTACHMENTS_DIR = env.path("OTKLIK_ATTACHMENTS", DATA_DIR / "attachments")
# One PMTiles file with a detailed map; without it maps have the centre's own plain base.
BASE_MAP = env.path("OTKLIK_BASE_MAP", DATA_DIR / "maps" / "base.pmtiles")

DEBUG = env.flag("OTKLIK_DEBUG", default=False)
DEMO = env.flag("OTKLIK_DEMO", default=False)
SECRET_KEY = env.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.words("OTKLIK_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.words("OTKLIK_ORIGINS", default=[])
PUBLIC_URL = env.text("OTKLIK_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")

# How long a sent answer may be taken back.
UNDO_SECONDS = int(env.text("OTKLIK_UNDO_SECONDS", "30"))

# Whether programs inside one's own network may be told of news (plain http too).
WEBHOOKS_TO_PRIVATE = env.flag("OTKLIK_PRIVATE_WEBHOOKS", default=False)

DATABASES = {"default": env.database()}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "otklik.records.journal",
    "otklik.records.attachments",
    "otklik.directory.accounts",
    "otklik.directory.organisation",
    "otklik.directory.territory",
    "otklik.directory.topics",
    "otklik.directory.calendars",
    "otklik.directory.approvals",
    "otklik.directory.programs",
    "otklik.exchange.channels",
    "otklik.exchange.notifications",
    "otklik.exchange.signin",
    "otklik.casework.appeals",
    "otklik.casework.likeness",
    "otklik.casework.deadlines",
    "otklik.casework.classification",
    "otklik.casework.formalising",
    "otklik.casework.routing",
    "otklik.casework.replies",
    "otklik.casework.teamwork",
    "otklik.casework.proceedings",
    "otklik.casework.satisfaction",
    "otklik.casework.intake",
    "otklik.casework.consultations",
    "otklik.casework.calls",
    "otklik.casework.problems",
    "otklik.casework.automation",
    "otklik.casework.reception",
    "otklik.casework.quality",
    "otklik.casework.control",
    "otklik.coordination.tasks",
    "otklik.coordination.returns",
    "otklik.coordination.sstu",
    "otklik.coordination.regional",
    "otklik.coordination.opendata",
    "otklik.coordination.webhooks",
    "otklik.insight.facts",
    "otklik.insight.cuts",
    "otklik.insight.growth",
    "otklik.insight.heatmap",
    "otklik.insight.ratings",
    "otklik.insight.assessments",
    "otklik.insight.workload",
    "otklik.insight.reports",
    "otklik.web.look",
    "otklik.web.desk",
    "otklik.web.portal",
    "otklik.web.answer",
    "otklik.web.hooks",
    "otklik.web.api",
    "otklik.config",
]
INSTALLED_APPS = [app for app in INSTALLED_APPS if env.present(app)]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "otklik.config.middleware.AccessMiddleware",
    "otklik.config.middleware.ErrorsMiddleware",
    "otklik.config.protection.ProtectionMiddleware",
]
if DEMO:
    MIDDLEWARE.append("otklik.config.demo.walk.SeenMiddleware")

ROOT_URLCONF = "otklik.config.urls"
WSGI_APPLICATION = "otklik.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "otklik.config.context.centre",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [{"NAME": "otklik.config.protection.LengthValidator"}]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "otklik.config.signin.StaffAccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
SOCIALACCOUNT_ADAPTER = "otklik.config.signin.ExternalAccountAdapter"
# A link: a form that ends at another host is stopped by the policy of the pages.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 15
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Keys of ЕСИА belong to the machine; what they are used for is set on a page of the centre.
ESIA = {
    name: env.text(f"OTKLIK_ESIA_{name.upper()}")
    for name in ("signer", "key", "certificate", "certificate_hash", "command", "trust", "ca")
}

LANGUAGE_CODE = "ru"
TIME_ZONE = "Europe/Moscow"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("OTKLIK_STATIC", PACKAGE / "_static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "otklik.config.static.Storage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 3600

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "otklik_cache",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "otklik.config.wiring.on_jobs_ready"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("OTKLIK_PROXY") else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'self'"],
        "style-src-attr": ["'unsafe-inline'"],
        "script-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("OTKLIK_LOG", "WARNING")},
    "loggers": {
        "otklik": {"level": env.text("OTKLIK_LOG", "INFO")},
        "procrastinate": {"level": "WARNING"},
    },
}
