"""The web entry for granian."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.config.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - everything is loaded now, not at the first request
# What was loaded stays: going through it again and again took a twentieth of every page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
