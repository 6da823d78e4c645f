"""Django's admin works under our content security policy: nothing in it is inline, and nothing is blocked."""

import pytest
from django.contrib.auth import get_user_model

pytestmark = pytest.mark.browser


def test_staff_sign_in_and_add_an_account_without_a_blocked_script_or_style(chromium, live_server):
    get_user_model().objects.create_superuser("mei", "", "a-password-for-mei")
    page = chromium.new_context().new_page()
    complaints = []

    def on_console(message):
        # The admin has no icon of its own, and browsers ask for one.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            complaints.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{live_server.url}/staff/")
    page.fill("input[name=username]", "mei")
    page.fill("input[name=password]", "a-password-for-mei")
    page.click("input[type=submit]")
    page.wait_for_selector("#content-main")

    page.goto(f"{live_server.url}/staff/auth/user/add/")
    page.fill("input[name=username]", "omar")
    page.fill("input[name=password1]", "a-password-for-omar")
    page.fill("input[name=password2]", "a-password-for-omar")
    page.click("input[name=_continue]")
    # The roles are offered on the page of the new account.
    page.get_by_label("Viewer").wait_for()
    page.goto(f"{live_server.url}/staff/auth/user/?q=omar")
    assert page.locator("#result_list").inner_text().count("omar") == 1
    assert complaints == []
