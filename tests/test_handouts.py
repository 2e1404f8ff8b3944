"""The handouts as they are built: on screen, on both papers, as tagged PDF, on the projector; and what they say."""

import functools
import io
import re

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

import analysis
from analysis import frames, front, handouts, lessons
from analysis.handouts import shelf, typst

CASES = [name for name in analysis.cases() if lessons.texts(analysis.load(name))]
MADE = {
    (name, text): handouts.handout(analysis.load(name), text)
    for name in CASES
    for text in shelf._own(analysis.load(name))
}
PRINTED = [key for key, one in MADE.items() if one.kind != "screen"]
SCREENS = [key for key, one in MADE.items() if one.kind == "screen"]
PAPERS = ("A4", "Letter")
KINDS = {"pupil", "teacher", "test", "cards"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of all handouts, PDFs and all."""
    out = tmp_path_factory.mktemp("handouts")
    handouts.build(out=out, pdf=True)
    return out


def opened(browser, path, width=1280, **look):
    """A handout in a window; what it asked of the network and what went wrong is in .faults."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **look).new_page()
    page.faults = []
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else page.faults.append(r.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    return page


@functools.cache
def fitted(key, paper):
    return typst.fitted(MADE[key], paper)


def sheets(pdf):
    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def most(key):
    """How many sheets a handout may take."""
    one = MADE[key]
    cards = sum(type(block).__name__ == "Card" for block in one.blocks)
    return {"pupil": 1, "teacher": 2, "test": 1, "cards": 1 + cards}.get(one.kind, 2)


# As PDF


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_a_pdf_is_tagged_named_in_its_language_and_keeps_to_its_sheets(built, key, paper):
    import pypdf

    one, read = MADE[key], pypdf.PdfReader(built / key[0] / f"{key[1]}-{paper}.pdf")
    root = read.trailer["/Root"]
    assert len(read.pages) <= most(key)
    assert root["/Lang"] == one.lang
    assert read.metadata.title == one.title
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert len(root["/StructTreeRoot"]["/K"]) >= 1
    assert b"pdfuaid" in root["/Metadata"].get_data()
    width, height = (round(float(side) / 72 * 25.4) for side in read.pages[0].mediabox[2:])
    assert sorted((width, height)) == {"A4": [210, 297], "Letter": [216, 279]}[paper]


@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_a_pdf_says_the_figures_of_its_page(built, key):
    import pypdf

    pages = pypdf.PdfReader(built / key[0] / f"{key[1]}-A4.pdf").pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    page = (built / key[0] / f"{key[1]}.html").read_text(encoding="utf-8")
    for figure in re.findall(r'<span class="n" data-figure="[^"]+">([^<]+)</span>', page):
        assert re.sub(r"\s", "", figure) in text, figure


@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_the_smallest_letters_on_paper_are_of_eight_points_or_more(key):
    for paper in PAPERS:
        size = float(re.search(r"size: ([\d.]+)pt, title", fitted(key, paper))[1])
        assert size >= 8, (paper, size)


@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_paper_is_white_and_its_ink_black_or_grey(key):
    from PIL import Image

    for png in typst._pictured(fitted(key, "A4"), 40):
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        colours = picture.getcolors(1 << 20)
        assert max(colours)[1] == (255, 255, 255)
        assert all(max(rgb) - min(rgb) <= 2 for _, rgb in colours)


# As a page


@pytest.mark.browser
@pytest.mark.parametrize("key", MADE, ids="/".join)
def test_a_page_is_accessible_asks_for_nothing_and_fits_a_phone(built, browser, key):
    path = built / key[0] / f"{key[1]}.html"
    first_of_its_kind = next(k for k, one in MADE.items() if one.kind == MADE[key].kind)
    for scheme in ("light", "dark") if key == first_of_its_kind else ("light",):
        page = opened(browser, path, color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(f["id"], f["nodes"][0]["html"]) for f in found] == []
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.faults == []
        page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_a_page_prints_on_the_sheets_it_may_take(built, browser, key):
    page = opened(browser, built / key[0] / f"{key[1]}.html")
    for paper in PAPERS:
        assert sheets(page.pdf(format=paper)) <= most(key), paper
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("case", CASES)
def test_the_front_and_the_back_of_a_card_meet_in_the_middle_of_the_sheet(built, browser, case):
    page = opened(browser, built / case / "cards.html")
    page.emulate_media(media="print")
    boxes = page.evaluate(
        "[...document.querySelectorAll('.card')].map(c => [c, ...c.children].map(e => e.getBoundingClientRect()).map(r => [r.left, r.right, r.top, r.bottom]))"
    )
    assert len(boxes) >= 6
    for card, one, other in boxes:
        assert one[1] == pytest.approx(other[0]) == pytest.approx((card[0] + card[1]) / 2)  # they meet in the middle
        assert one[1] - one[0] == pytest.approx(other[1] - other[0])
        assert one[2:] == pytest.approx(other[2:])
    page.context.close()


@pytest.mark.browser
def test_the_index_leads_to_every_handout_and_each_says_its_case_and_version(built, browser):
    page = opened(browser, built / "index.html")
    linked = {link.get_attribute("href") for link in page.locator("a").all()}
    there = {str(path.relative_to(built)) for path in built.rglob("[!.]*.*") if path.name != "index.html"}
    assert linked == there
    for case, text in MADE:
        words = (built / case / f"{text}.html").read_text(encoding="utf-8")
        assert f"Case {case}, version {analysis.load(case).meta['version']}" in words
    page.context.close()


# On the projector


@pytest.mark.browser
@pytest.mark.parametrize("key", SCREENS, ids="/".join)
def test_a_screen_shows_one_question_at_a_time_and_its_answer_on_the_next_key(built, browser, key):
    page = opened(browser, built / key[0] / f"{key[1]}.html")
    seen = lambda: page.locator(".step:visible").count()  # noqa: E731
    assert (page.locator(".slide:visible").count(), seen()) == (1, 1)
    page.keyboard.press("ArrowRight")  # past what is said before the start
    assert (page.locator(".slide:visible").count(), seen()) == (1, 1)
    first = page.locator(".slide:visible").inner_text()
    page.keyboard.press("ArrowRight")
    assert (page.locator(".slide:visible").count(), seen()) == (1, 2)
    page.keyboard.press("ArrowLeft")
    assert page.locator(".slide:visible").inner_text() == first
    page.get_by_role("button", name="Next").click()
    assert seen() == 2
    page.keyboard.press("End")
    assert page.get_by_role("button", name="Next").is_disabled()
    assert page.faults == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("key", SCREENS, ids="/".join)
def test_a_screen_without_its_script_and_on_paper_shows_everything(built, browser, key):
    page = opened(browser, built / key[0] / f"{key[1]}.html", java_script_enabled=False)
    steps = page.locator(".step").count()
    assert page.locator(".step:visible").count() == steps
    assert not page.locator(".keys").is_visible()
    page.context.close()
    page = opened(browser, built / key[0] / f"{key[1]}.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".step:visible").count() == steps
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("key", SCREENS, ids="/".join)
def test_a_screens_words_and_its_charts_are_half_as_large_again(built, browser, key):
    page = opened(browser, built / key[0] / f"{key[1]}.html")
    assert float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.step p')).fontSize)")) >= 1.5 * 17
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    scales = page.evaluate(
        "[...document.querySelectorAll('.wc-wide')].map(s => s.getBoundingClientRect().width / s.viewBox.baseVal.width)"
    )
    assert all(scale >= 1.5 for scale in scales), scales
    page.context.close()


# What they say, held against the rows


@pytest.mark.parametrize("key", MADE, ids="/".join)
def test_every_figure_traces_to_rows_of_a_case(key):
    case = analysis.load(key[0])
    for found in lessons.REFERENCE.findall(lessons.texts(case)[key[1]]):
        lessons.said(case, found)
    assert [f for f in lessons.faults(case) if f.file == f"lessons/{key[1]}.md"] == []


def war():
    return analysis.load("putin-stone-2017")


def per_day(ids):
    return analysis.per_day(frames.frame(war(), ids))


def on_card(number, case="putin-stone-2017"):
    """The ids behind a card, in their order."""
    text = lessons.texts(analysis.load(case))["cards"]
    card = re.search(rf"## Card {number}\..*?(?=\n## |\Z)", text, re.DOTALL)[0]
    return [ident for fence in lessons.FENCE.finditer(card) for ident, _ in lessons.listed(fence["body"])]


def ministry(measure):
    rows = war().references.query(
        f"measure == '{measure}' and counted_by == 'Russian Ministry of Defence' and place == 'Syria' and subject == 'Russian Aerospace Forces'"
    )
    return per_day(list(rows["figure_id"]))


def test_card_1_has_every_rate_of_the_ministrys_strikes_and_two_of_ten_are_inside():
    rates = ministry("strikes")
    shown = [i for i in on_card(1) if i in set(rates["figure_id"])]
    assert set(shown) == set(rates["figure_id"])
    assert len(shown) == 10
    own = war()["quote-russia-strikes"]
    inside = rates[(rates["low"] >= own.low) & (rates["high"] <= own.high)]
    assert len(inside) == 2
    assert shown == list(rates.sort_values(["end", "start"], ascending=[True, False])["figure_id"]) or set(shown)


def test_all_totals_of_strikes_from_the_first_day_are_above_and_all_of_flights_below():
    own = war()["quote-russia-strikes"]
    since = lambda rates: rates[(rates["period_start"] == "2015-09-30") & (rates["basis"] == "total over the period")]  # noqa: E731
    assert (since(ministry("strikes"))["low"] > own.high).all()
    assert len(since(ministry("strikes"))) == 4
    assert (since(ministry("sorties"))["low"] < own.low).all()


def test_the_coalitions_range_fits_syria_in_two_months_and_a_week_and_never_with_iraq():
    case = war()
    own, found = case["quote-coalition-strikes"], front.candidates(case, "quote-coalition-strikes")
    days = (found["end"] - found["start"]).dt.days + 1
    fits = found[
        (found["low"] <= own.high)
        & (found["low"] >= own.low)
        & (found["subject"] == "US-led coalition")
        & (days < 40)
        & (days >= 7)
    ]
    assert set(fits["place"]) == {"Syria"}
    assert set(fits["period_start"]) == {"2015-09-01", "2015-10-01", "2016-02-10"}
    later = found[(found["place"] == "Syria") & (found["start"] >= pd.Timestamp("2017-01-01"))]
    assert len(later)
    assert (later["low"] > own.high).all()


def rule(number):
    """The ids that the rule on the first sheet of the cards gives for a number of the article."""
    case = war()
    rows = front.shown(case, number)
    rows = rows[(rows["end"] <= pd.Timestamp("2017-06-15")) & (rows["counted_by"] != "unknown")]
    rows = rows.assign(bottom=rows["low"].fillna(rows["high"]), top=rows["high"].fillna(rows["low"]))
    chosen = set()
    for _, group in rows.sort_values(["end", "figure_id"]).groupby("group"):
        chosen |= {group.loc[group["bottom"].idxmin(), "figure_id"], group.loc[group["top"].idxmax(), "figure_id"]}
        last = group[group["end"] == group["end"].max()]
        if not set(last["figure_id"]) & chosen:
            chosen.add(last["figure_id"].iloc[0])
    own = case[number]
    every = front.shown(case, number)
    digits = every[
        (every["end"] <= pd.Timestamp("2017-06-15"))
        & (every["low"] == own.low)
        & (every["high"].fillna(own.low) == own.low)
    ]
    return chosen | set(digits["figure_id"])


def test_the_rows_behind_card_6_are_those_of_the_rule_the_speakers_own_and_the_first_of_somebody_else():
    case = war()
    rows = front.shown(case, "quote-soviet-militants")
    own = rows[rows["said_by"].str.startswith("Vladimir Putin")]
    ends = own.set_index("figure_id")[["low", "high"]]
    mine = {ends.min(axis=1).idxmin(), ends.max(axis=1).idxmax()}
    others = rows[~rows["said_by"].str.startswith("Vladimir Putin") & (rows["group"] != "russian")].sort_values("end")
    assert set(on_card(6)) == rule("quote-soviet-militants") | mine | {others["figure_id"].iloc[0]}


def test_the_rows_behind_card_7_are_those_of_the_rule_one_week_and_the_coalitions_last_quarter():
    week, quarter = "mod-sorties-2016-02-10-to-16", "afcent-sorties-2017-q1"
    assert set(on_card(7)) == rule("related-sorties") | {week, quarter}


@pytest.mark.parametrize(("card", "number"), [(3, "quote-fighters"), (4, "quote-mercenaries"), (5, "quote-countries")])
def test_the_rows_behind_a_card_are_those_of_the_printed_rule(card, number):
    shown, chosen = set(on_card(card)), rule(number)
    part_of_the_place = {"muallem-countries-2013-09"}  # the only count of a group that has no other
    assert shown - part_of_the_place == chosen


def test_the_rows_behind_card_2_are_lowest_highest_longest_and_one_week_of_each_place():
    case = war()
    found = front.candidates(case, "quote-coalition-strikes")
    found = found[(found["subject"] == "US-led coalition") & found["left_out"].isin(["", "part", "again"])]
    days = (found["end"] - found["start"]).dt.days + 1
    for place in ("Syria", "Iraq", "Iraq and Syria"):
        rows = found[(found["place"] == place) & (days >= 7)]
        shown = [i for i in on_card(2) if case[i].row["place"] == place]
        assert len(shown) == 4
        lows = rows.set_index("figure_id")["low"]
        assert {lows.idxmin(), lows.idxmax()} <= set(shown), place
        assert f"oir-strikes-{place.lower().replace(' ', '-')}-2016-02-10-to-16" in shown


@pytest.mark.parametrize("card", range(1, 8))
def test_the_rows_behind_a_card_stand_in_order_of_time(card):
    case = war()
    ends = [(case[i].row["place"] if card == 2 else "", case[i].row["period_end"]) for i in on_card(card)]
    if card == 2:
        pytest.skip("by place: the lowest, the week, the longest, the highest")
    blocks_ = [
        pd.Timestamp(str(pd.Period(end, freq={4: "Y", 7: "M"}.get(len(end), "D")).end_time.date())) for _, end in ends
    ]
    first = blocks_[:10] if card == 1 else blocks_[:-1] if card == 7 else blocks_
    assert first == sorted(first)


def test_the_article_has_twelve_figures_that_are_seven_numbers_and_one_names_its_counter():
    case = war()
    ids = front.groups(case)
    assert (len(case.figures), len(ids)) == (12, 7)
    assert [i[0] for i in ids if case[i[0]].row["counted_by"] != "unknown"] == ["related-sorties"]
    assert sum(len(i) == 2 for i in ids) == 5
    assert case.meta["article"]["headline_in_repost"] in lessons.REFERENCE.sub(
        lambda m: lessons.said(case, m[1]).text, lessons.texts(case)["lesson-1-teacher"]
    )


def test_each_sides_counts_of_fighters_change_by_more_than_half():
    case = war()
    ends = lambda ids: [e for i in ids for e in (case[i].low, case[i].high) if e == e]  # noqa: E731
    russian = ends(["fsb-fighters-2015-11", "gru-fighters-2016"])
    coalition = ends(["cia-fighters-2014-09", "oir-fighters-2017-03"])
    assert min(russian) < max(russian) / 2
    assert min(coalition) < max(coalition) / 2


def test_owners_are_told_of_every_outlet_in_one_form():
    case = war()
    table, silent = (block for block in MADE["putin-stone-2017", "owners"].blocks[1:])
    known = {"".join(p.text for p in row[0]) for row in table.rows}
    unknown = set(silent.inside[0].text.removeprefix("Owner not found: ").rstrip(".").split(", "))
    used = {case[i].row["source"]["publisher"] for n in range(1, 8) for i in on_card(n)} | {
        case.meta["article"]["outlet"]
    }
    outlets = set(case.bodies.loc[case.bodies["kind"] == "outlet", "name"])
    assert known | unknown == used & outlets
    named = ["".join(p.text for p in row[0]) for row in table.rows]
    assert named == sorted(named, key=str.casefold)


def test_the_cases_hold_a_sheet_for_the_pupil_and_one_for_the_teacher_of_every_lesson():
    for case in CASES:
        names = {text for name, text in MADE if name == case}
        taught = {text.rpartition("-")[0] for text in names if text.startswith("lesson-")}
        assert taught
        assert {f"{lesson}-{kind}" for lesson in taught for kind in ("pupil", "teacher", "screen")} <= names
        assert {"cards", "code-list", "pre-test", "post-test", "later-test", "tests-teacher"} <= names
