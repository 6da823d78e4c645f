"""The site's addresses and one more, to compare with: a bare view behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler500, urlpatterns

BODY = "x" * 2000


def bare(_request: HttpRequest) -> HttpResponse:
    """Answer with a fixed text."""
    return HttpResponse(BODY)


urlpatterns = [path("bare/", bare), *urlpatterns]

__all__ = ["handler500", "urlpatterns"]
