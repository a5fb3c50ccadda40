"""Every address of Nabij, room by room."""

from django.urls import include, path
from django.views.i18n import set_language

from nabij.config import health
from nabij.config.api import api
from nabij.core.web import converters  # noqa: F401 - importing registers <ref:...>

urlpatterns = [
    path("api/v1/", api.urls),  # asked most; every line above is tried first
    path("", include("nabij.desk.urls")),
    path("account/", include("nabij.config.account_urls")),
    path("access/", include("nabij.access.urls")),
    path("access/", include("nabij.administration.urls")),
    path("commitments/", include("nabij.commitments.urls")),
    path("drafts/", include("nabij.drafts.urls")),
    path("residents/", include("nabij.residents.urls")),
    path("bsn/", include("nabij.bsn.urls")),
    path("contacts/", include("nabij.contacts.urls")),
    path("", include("nabij.signals.urls")),
    path("", include("nabij.casework.urls")),
    path("network/", include("nabij.network.urls")),
    path("life-domains/", include("nabij.life_domains.urls")),
    path("duplicates/", include("nabij.duplicates.urls")),
    path("partners/", include("nabij.partners.urls")),
    path("conferences/", include("nabij.conferences.urls")),
    path("wmo/", include("nabij.wmo.urls")),
    path("meldcode/", include("nabij.meldcode.urls")),
    path("outcomes/", include("nabij.outcomes.urls")),
    path("debts/", include("nabij.debts.urls")),
    path("piling/", include("nabij.piling.urls")),
    path("handover/", include("nabij.handover.urls")),
    path("mijn-dossier/", include("nabij.portal.urls")),
    path("mail/", include("nabij.post.urls")),
    path("digests/", include("nabij.digests.urls")),
    path("calendars/", include("nabij.calendars.urls")),
    path("language", set_language, name="set_language"),
    path("health", health.health, name="health"),
]

handler400 = "nabij.config.errors.bad_request"
handler403 = "nabij.config.errors.refused"
handler404 = "nabij.config.errors.absent"
handler500 = "nabij.config.errors.broken"
