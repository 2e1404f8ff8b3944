"""The project's own pages, built as a reader's command builds them."""

from analysis.report.build import build, shipped_notebooks

MOST_BYTES = 400_000  # a page still opens quickly on a school laptop


def test_every_page_of_ours_is_light_and_builds_without_a_warning(tmp_path):
    said = []
    pages = build(out=tmp_path / "report", progress=said.append)
    assert [page.stem for page in pages] == [*(path.stem for path in shipped_notebooks()), "index"]
    heavy = {page.name: size for page in pages if (size := page.stat().st_size) > MOST_BYTES}
    assert heavy == {}
    assert [line for line in said if line.startswith("  ")] == []  # what a build warns of is indented below its page
