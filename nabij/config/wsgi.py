"""The web entry for granian."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 - settings must be named before Django is loaded

application = get_wsgi_application()
