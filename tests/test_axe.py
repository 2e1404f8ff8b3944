"""No page has a fault that axe finds: in light and in dark, at a desk and on a phone, wherever each control stands."""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = sorted((Path(__file__).parents[1] / "notebooks").glob("0*.ipynb"))
LOOKS = {"light": (1280, "light"), "dark": (1280, "dark"), "phone": (390, "light"), "phone, dark": (390, "dark")}
CHOICES = ".still-control form :is(option, input[type=radio], input[type=checkbox])"
CHOOSE = """([css, n]) => {
  const input = document.querySelectorAll(css)[n];
  if (input.tagName === "OPTION") input.selected = true; else input.checked = true;
  (input.closest("select") || input).dispatchEvent(new Event("input", {bubbles: true}));
}"""


# Notes are most of a page's elements, and most of axe's time; no choice changes them.
APART = "() => { window.notes = document.querySelector('.still-notes'); window.notes?.remove(); }"
BACK = "() => { if (window.notes) document.querySelector('main').append(window.notes); }"


def faults(page, part=None):
    """What axe finds on a page, or in a part of it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, part).response["violations"]
    return [(fault["id"], node["html"][:120]) for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", [path.stem for path in PAGES])
def test_a_page_has_no_fault_wherever_its_controls_stand(project_pages, browser, laid_out, name, look):
    width, scheme = LOOKS[look]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto((project_pages / f"{name}.html").as_uri())
    laid_out(page).wait_for_timeout(300)
    found = {"at first": faults(page)}
    choices = page.locator(CHOICES).count()
    page.evaluate(APART)
    for n in range(choices):  # what a control changes is its own; beside it nothing is new until the last has moved
        page.evaluate(CHOOSE, [CHOICES, n])
        page.wait_for_timeout(120)
        found[f"choice {n}"] = faults(page, ".still-control")
    page.evaluate(BACK)
    if choices:
        found["at last"] = faults(page)
    context.close()
    assert {where: said for where, said in found.items() if said} == {}
