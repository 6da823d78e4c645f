"""Pages for what goes wrong: drawn with nothing but the template, and in the site's own words."""

import pytest
from django.http import HttpRequest
from django.template.loader import get_template
from django.test import Client
from django.views.defaults import server_error


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "500"])
def test_each_needs_no_context(name: str) -> None:
    text = get_template(f"{name}.html").render()
    assert "<h1>" in text
    assert "Leave this page" not in text


def test_a_server_error_needs_neither_database_nor_context_processors() -> None:
    response = server_error(HttpRequest())
    assert response.status_code == 500
    assert "no verdict was reached" in response.content.decode()


def test_a_page_that_is_not_there_says_so(client: Client) -> None:
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()
