from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "nabij.portal"
    label = "portal"
