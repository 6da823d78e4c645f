"""The page for a request that could not be read: what was too much is told with what is possible."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read: 413 if it was too much, 400 otherwise."""
    if not isinstance(exception, _TOO_MUCH):
        return defaults.bad_request(request, exception)
    limits = {"most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
    return render(request, "413.html", limits, status=413)
