"""Staff in a browser: the first page, a source that is still true, and rules brought in from a file."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from programs.loading.rulebook import RULE_PACKS
from programs.models import ProgramVersion, Source
from tests.browser.conftest import Site, Visit
from tests.browser.test_staff_sign_in import at_desk

pytestmark = pytest.mark.browser


def test_a_source_is_checked_and_a_pack_is_brought_in_without_javascript(
    visit: Visit, site: Site, tmp_path: Path
) -> None:
    visitor = visit(java_script_enabled=False)
    mei = at_desk(visitor, site, "Editor", "mei")
    mei.sign_in("mei")
    visitor.watch.check(mei.page)
    source = mei.content.get_by_role("region", name="Sources not checked").get_by_role("listitem").first
    address = source.get_by_role("link").first.get_attribute("href")
    source.get_by_role("button", name="Checked today, still true").click()
    expect(mei.page.locator(".messagelist")).to_contain_text("1 source is noted as checked today")
    checked = Source.objects.get(url=address)
    assert checked.checked_on is not None

    mei.follow("Files: take rules out, bring rules in")
    visitor.watch.check(mei.page)
    text = (RULE_PACKS / "federal/programs/fsw.yaml").read_text(encoding="utf-8")
    changed = tmp_path / "fsw.yaml"
    changed.write_text(text.replace("value: 67}", "value: 68}", 1), encoding="utf-8")
    assert changed.read_text(encoding="utf-8") != text
    mei.page.get_by_label("A rule pack").set_input_files(changed)
    mei.page.get_by_role("button", name="Show what would come of it").click()
    expect(mei.content).to_contain_text("1 draft would arrive")
    expect(mei.page.get_by_role("table").first).to_contain_text("68")
    visitor.watch.check(mei.page)
    mei.page.get_by_role("button", name="Bring these in").click()
    expect(mei.content).to_contain_text("Drafts waiting to be published")
    ProgramVersion.objects.get(program="fsw", status="draft", author__username="mei").delete()
    checked.checked_on = None
    checked.save()
