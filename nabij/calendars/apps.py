from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "nabij.calendars"
    label = "calendars"
