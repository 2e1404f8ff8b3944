"""Charts: what they draw is what the rows say, in every reader's eyes, the same on every run."""

import base64
import math
import re
import xml.etree.ElementTree as ET

import matplotlib
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.lines import Line2D

import analysis
from analysis import charts, frames
from analysis.charts import marks, over_time, page

nan = math.nan
HOSTILE = '<script>alert(1)</script> $x^2$ ]]> -- &amp; "q" \x00\u202e\U0001f4a3 ' + "W" * 90


def row(figure_id, low=nan, high=nan, **more):
    usual = dict.fromkeys(frames.COLUMNS, "") | {
        "role": "reference", "unit": "buses", "measure": "buses", "subject": "the town", "place": "Syria",
        "basis": "present at the time", "said_by": figure_id.capitalize(), "counted_by": "The town",
        "stake": "none known", "count_origin": "own count", "period_start": "2015-01-01", "period_end": "2015-01-01",
        "source_id": "gazette", "working": figure_id, "channel": "document",
    }  # fmt: skip
    return usual | {"figure_id": figure_id, "low": float(low), "high": float(high)} | more


def frame(*rows):
    return pd.DataFrame(rows or BUSES)


BUSES = (
    row("mayor", 20, 30, role="article", hedge="about", channel="direct quote"),
    row("rival", 5, 5, period_start="2015-03", period_end="2015-06"),
    row("driver", 40, nan, hedge="more than", period_start="2016-01-01", period_end="2016-01-01"),
    row("priest", nan, 12, hedge="up to", period_start="2017-01-01", period_end="2017-01-01"),
    row("nobody", period_start="2017-02-01", period_end="2017-02-01"),
    row("ours", 2.5, 6, working="rival / days(rival)", source_id="who-counted", hedge="about"),
)
STEPS = pd.DataFrame([
    {"role": "counted by", "who": "unknown", "date": ""},
    {"role": "said by", "who": "The mayor", "date": "2017-06-14"},
    {"role": "printed by", "who": "The Gazette", "date": "2017-06-15"},
])  # fmt: skip


def cell(scope_id, low, period, **more):
    usual = {"unit_a": "sorties", "unit_b": "strikes", "place_a": "Syria", "place_b": "Syria", "period_a": period}
    match = {"match_unit": False, "match_place": True, "match_period": True}
    return usual | match | {"scope_id": scope_id, "low": low, "high": low, "period_b": period, "unit": "1"} | more


CELLS = pd.DataFrame([
    cell("week", 15.9, "a week"),
    cell("month", nan, "a month"),
    cell("like", 1.1, "a week", unit_b="sorties", match_unit=True),
])  # fmt: skip
TOLD = {"title": "Buses differ", "subtitle": "Buses in the town"}


def relay(case):
    return case.relay[case.relay["figure_id"] == "buses"]


DRAWN = {
    "ranges": lambda case: charts.ranges(frame(), **TOLD),
    "ranges in groups": lambda case: charts.ranges(frame(), group=["place", "basis"], **TOLD),
    "ranges, log": lambda case: charts.ranges(frame(), scale="log", **TOLD),
    "timeline": lambda case: charts.timeline(frame(), **TOLD),
    "voices": lambda case: charts.voices(frame(), **TOLD),
    "relay_chain": lambda case: charts.relay_chain(STEPS, **TOLD),
    "scope_grid": lambda case: charts.scope_grid(CELLS, selected="week", **TOLD),
    "countries": lambda case: charts.countries(case.by_country, case=case, **TOLD),
    "hedges": lambda case: charts.hedges(relay(case), case=case, **TOLD),
}
every_chart = pytest.mark.parametrize("name", DRAWN)


def words_of(figure):
    return [t for t in figure.findobj(page.Words) if t.get_text()]


def drawn_text(figure):
    return " ".join(t.get_text() for t in words_of(figure))


def lines_of(figure):
    return [a for ax in figure.axes for a in ax.get_children() if isinstance(a, Line2D) and ax.get_xlabel()]


def boxes(figure):
    """Every line of text as (left, right, baseline, size) in inches from the figure's lower left corner."""
    for t in words_of(figure):
        x, y = t.get_transform().transform(t.get_position()) / figure.dpi
        size, bold = t.get_fontsize(), t.get_fontweight() == "bold"
        yield x, x + page.length(t.get_text(), size, bold), y, size, t.get_text()


@every_chart
def test_the_same_rows_give_the_same_bytes(name, case):
    assert charts.svg(DRAWN[name](case)) == charts.svg(DRAWN[name](case))


def nudged(figure, by):
    """A figure whose every place is off by some last bits, as on another Python or processor."""
    for axes in figure.axes:
        axes.set_position([v * (1 + by) for v in axes.get_position().bounds])
        axes.set(xlim=[v * (1 + by) for v in axes.get_xlim()], ylim=[v * (1 - by) for v in axes.get_ylim()])
    for text in figure.texts + [a for a in figure.artists if isinstance(a, page.Words)]:
        text.set_position([v * (1 + by) for v in text.get_position()])
    return figure


@every_chart
@pytest.mark.parametrize("by", [-1e-14, -3e-16, 3e-16, 1e-14])
def test_the_last_bits_of_a_place_reach_no_saved_drawing(name, by, case):
    drawing = charts.svg(DRAWN[name](case))
    assert charts.svg(nudged(DRAWN[name](case), by)) == drawing
    assert not re.search(rb'<[^>]*[ "(]-?\d+\.\d{3}', drawing)


@given(st.integers(-999, 999), st.integers(0, 9999))
def test_a_half_is_rounded_alike_with_and_without_its_last_bit(whole, fine):
    value = whole + fine / 1000
    texts = {f"{v:f}" for v in (value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf))}
    assert len({page._FINE.sub(page._seen, text) for text in texts}) == 1


def test_the_sessions_own_style_changes_nothing_and_is_left_alone():
    plain = charts.svg(charts.ranges(frame(), **TOLD))
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9, "svg.hashsalt": None, "text.color": "red"}):
        before = dict(matplotlib.rcParams)
        assert charts.svg(charts.ranges(frame(), **TOLD)) == plain
        assert dict(matplotlib.rcParams) == before


@every_chart
def test_the_drawing_is_xml_whose_words_have_their_width_and_has_no_date(name, case):
    drawing = charts.svg(DRAWN[name](case))
    elements = {}
    for element in ET.fromstring(drawing).iter():
        elements.setdefault(element.tag.rpartition("}")[2], []).append(element)
    assert all(float(word.get("textLength")) > 0 for word in elements["text"])
    assert not set(elements) & {"script", "image", "foreignObject"}
    assert not re.search(rb"<dc:date>|20\d\d-\d\d-\d\dT", drawing)


@every_chart
def test_every_word_stands_inside_the_page(name, case):
    figure = DRAWN[name](case)
    width, height = figure.get_size_inches()
    for left, right, y, _, text in boxes(figure):
        assert left >= 0, text
        assert right <= width + 0.01, text
        assert 0 <= y <= height, text


@every_chart
def test_no_two_words_overlap(name, case):
    found = sorted(boxes(DRAWN[name](case)), key=lambda box: -box[2])
    for n, (left, right, y, _, text) in enumerate(found):
        for other_left, other_right, other_y, size, other in found[n + 1 :]:
            below = y - other_y >= 0.71 * size / 72  # as high as a capital letter
            assert below or right <= other_left or other_right <= left, (text, other)


@every_chart
def test_every_word_is_legible_on_a_narrow_phone(name, case):
    assert min(size for *_, size, _ in boxes(DRAWN[name](case))) * 390 / (72 * page.WIDTH) >= 9


def luminance(color):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in matplotlib.colors.to_rgb(color)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("color", [page.INK, page.MUTED, page.ARTICLE, page.REFERENCE])
def test_colours_of_words_and_marks_pass_contrast_on_white(color):
    assert 1.05 / (luminance(color) + 0.05) >= 4.5


# What is drawn


def test_unlike_units_are_never_on_one_axis():
    mixed = frame(*BUSES, row("count", 900, 900, unit="strikes"), row("rate", 7, 9, unit="strikes/day"))
    for figure in (charts.ranges(mixed, **TOLD), charts.timeline(mixed, **TOLD)):
        panels = {ax.get_xlabel(): ax for ax in figure.axes if ax.get_xlabel()}
        assert list(panels) == ["buses", "strikes", "strikes/day"]
        assert panels["strikes/day"].get_xlim()[1] < 30


def test_a_range_is_a_line_between_its_ends_in_the_datas_own_units():
    figure = charts.ranges(frame(row("a", 70, 120)), **TOLD)
    assert [70, 120] in [list(line.get_xdata()) for line in lines_of(figure)]


def test_a_point_is_a_dot():
    figure = charts.ranges(frame(row("a", 7, 7)), **TOLD)
    [dot] = [line for line in lines_of(figure) if line.get_marker() == "o"]
    assert set(dot.get_xdata()) == {7}


@pytest.mark.parametrize(("low", "high", "head"), [(40, nan, ">"), (nan, 40, "<")])
def test_an_open_end_is_an_arrow_out_of_the_known_end(low, high, head):
    figure = charts.ranges(frame(row("a", low, high), row("b", 90, 90)), **TOLD)
    [tip] = [line.get_xdata()[0] for line in lines_of(figure) if line.get_marker() == head]
    assert tip > 40 if head == ">" else tip < 40


def test_an_unknown_number_is_the_word():
    assert "unknown" in drawn_text(charts.ranges(frame(row("a")), **TOLD))


def test_zero_is_shown_on_a_linear_scale():
    figure = charts.ranges(frame(row("a", 900, 950)), **TOLD)
    assert figure.axes[0].get_xlim()[0] == 0
    assert "0" in [t.get_text() for t in words_of(figure)]


def test_a_log_scale_is_said_in_the_subtitle():
    assert "ten times" in drawn_text(charts.ranges(frame(), scale="log", **TOLD))


def looks(**more):
    look = marks._look({"article": False, "hedged": False, "derived": False, "low": 1, "high": 2} | more)
    return {k: v for k, v in look.items() if k not in ("color", "mec")}


def test_articles_figures_hedged_and_derived_ones_differ_in_more_than_colour():
    kinds = [looks(), looks(article=True), looks(hedged=True), looks(derived=True), looks(derived=True, high=1)]
    assert all(a != b for n, a in enumerate(kinds) for b in kinds[n + 1 :])


def test_the_key_names_only_what_the_chart_holds():
    assert "hollow" not in drawn_text(charts.ranges(frame(row("a", 1, 1)), **TOLD))
    assert "hollow" in drawn_text(charts.ranges(frame(row("a", 1, 1, hedge="about")), **TOLD))


def test_a_hedge_and_our_own_working_are_said_beside_the_number():
    text = drawn_text(charts.ranges(frame(BUSES[0], BUSES[5]), **TOLD))
    assert "20–30 about" in text
    assert "our working" in text


def test_what_differs_between_rows_is_said_in_their_labels():
    text = drawn_text(charts.ranges(frame(row("a", 1, 1), row("b", 2, 2, place="Iraq")), **TOLD))
    assert "Iraq" in text
    assert "the town" not in text.replace(TOLD["subtitle"], "")


def test_present_and_cumulative_numbers_stand_in_panels_apart_on_one_scale():
    both = frame(row("a", 10, 10), row("b", 90, 90, basis="cumulative"))
    panels = [ax for ax in charts.timeline(both, **TOLD).axes if ax.get_xlabel()]
    assert len(panels) == 2
    assert panels[0].get_xlim() == panels[1].get_xlim()


def test_a_period_is_drawn_as_long_as_it_lasted():
    figure = charts.timeline(
        frame(row("a", 1, 1), row("b", 2, 3, period_start="2015-01-02", period_end="2016-01-01")), **TOLD
    )
    [band] = [patch for patch in figure.axes[0].patches if patch.get_alpha()]
    assert band.get_height() > 0.3


def test_rows_without_a_date_are_named_and_the_articles_is_a_line_down_its_panel():
    undated = {"period_start": "unknown", "period_end": "unknown"}
    rows = frame(BUSES[1], row("lost", 3, 3, **undated), row("said", 25, 25, role="article", **undated))
    figure = charts.timeline(rows, **TOLD)
    assert "Not drawn, for want of a date: The town (3 buses)." in drawn_text(figure)
    assert [25, 25] in [list(line.get_xdata()) for line in lines_of(figure)]


@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0.2, 0.9)), min_size=1, max_size=30))
def test_labels_of_a_timeline_keep_their_order_and_their_distance(wanted):
    ys, tall = sorted(y for y, _ in wanted), [t for _, t in wanted]
    tops = over_time._spread(ys, tall, 0.3, 0.3 + max(9, sum(tall)))
    assert all(b - a >= t - 1e-9 for a, b, t in zip(tops, tops[1:], tall, strict=False))
    assert tops[0] >= 0.3 - 1e-9


def test_countries_leave_none_out_without_saying_so(case):
    rows = pd.concat(
        [case.by_country.assign(figure_id=f"list-{n}", country=f"Land {n}", low=n, high=n) for n in range(30)]
    )
    figure = charts.countries(rows, top=4, case=case, **TOLD)
    assert "The 4 greatest of 30 countries; the table has the others." in drawn_text(figure).replace("  ", " ")
    assert "Land 29" in drawn_text(figure)
    assert "Land 25" not in drawn_text(figure)


def test_countries_of_two_series_are_refused(case):
    rows = pd.concat([case.by_country, case.by_country.assign(series="other")])
    with pytest.raises(ValueError, match="series"):
        charts.countries(rows, case=case, **TOLD)


def test_the_scope_grid_says_how_many_cells_match_and_which_have_no_rows():
    figure = charts.scope_grid(CELLS, selected="week", **TOLD)
    assert "3 pairings; 1 without rows; 1 with both sides alike" in figure.alt
    assert "Outlined: 15.9" in figure.alt
    assert "no rows" in drawn_text(figure)


def test_two_cells_for_one_scope_are_refused():
    with pytest.raises(ValueError, match="two cells"):
        charts.scope_grid(pd.concat([CELLS, CELLS]), **TOLD)


def test_a_chain_says_the_days_between_and_where_a_day_is_unknown():
    assert "1 day later" in drawn_text(charts.relay_chain(STEPS, **TOLD))
    vague = STEPS.assign(date=["2017", "2017-06-14", "2017-06-15"])
    assert "days between: unknown" in drawn_text(charts.relay_chain(vague, **TOLD))


def test_voices_put_the_body_with_most_numbers_first_with_its_stake():
    rows = frame(
        row("a", 1, 1, counted_by="Few"), *(row(f"b{n}", n, n, counted_by="Many", stake="Russia") for n in range(3))
    )
    text = drawn_text(charts.voices(rows, **TOLD))
    assert text.index("Many") < text.index("Few")
    assert "3 numbers; stake: Russia" in text


def test_hedges_of_two_numbers_are_no_picture_of_one(case):
    rows = pd.concat([relay(case), relay(case).assign(figure_id="rivals")])
    with pytest.raises(ValueError, match="about 2"):
        charts.hedges(rows, case=case, **TOLD)


# What is said


def test_alt_text_gives_the_finding_the_least_and_the_greatest():
    alt = charts.ranges(frame(BUSES[0], BUSES[1]), **TOLD).alt
    assert alt.startswith("Buses differ. ")
    assert "least Rival, March 2015 to June 2015 (5 buses)" in alt
    assert "greatest The article, direct quote (20–30 buses)" in alt


def test_alt_text_says_open_ends_and_unknowns():
    alt = charts.ranges(frame(), **TOLD).alt
    assert "open at the low end: Priest" in alt
    assert "open at the high end: Driver" in alt
    assert "unknown: Nobody" in alt


def test_alt_text_follows_the_data():
    other = frame().assign(high=lambda f: f["high"].replace(30.0, 31.0))
    assert charts.ranges(other, **TOLD).alt != charts.ranges(frame(), **TOLD).alt


def test_the_source_line_names_publishers_and_says_how_many_more(case):
    from analysis.charts.told import source_line

    assert charts.countries(case.by_country, case=case, **TOLD).source.startswith("Source: The Gazette.")
    many = [{"source_id": f"s{n}", "derived": False} for n in range(9)]
    assert "and 3 more, all in the table" in source_line(many)


@every_chart
def test_a_chart_carries_its_data_its_alt_text_and_its_source_line(name, case):
    figure = DRAWN[name](case)
    assert figure.alt
    assert figure.source in " ".join(drawn_text(figure).split())
    assert len(figure.data)


def test_under_a_chart_stand_its_documents_with_their_dates(case):
    shown = charts.show(charts.ranges(analysis.strike_rates(case), case=case, **TOLD))
    assert "Read in: The Gazette, 15 June 2017." in shown


def test_charting_leaves_the_frame_as_it_was():
    before = frame()
    charts.ranges(before, **TOLD)
    charts.timeline(before, **TOLD)
    pd.testing.assert_frame_equal(before, frame())


def test_an_empty_frame_is_refused_in_plain_words():
    with pytest.raises(ValueError, match="no rows to chart"):
        charts.ranges(frame().iloc[:0], **TOLD)


def test_hostile_text_is_inert_and_stays_on_the_page():
    rows = frame(row("a", 1, 2, said_by=HOSTILE, hedge=HOSTILE[:40], place=HOSTILE), row("b", 3, 3))
    for draw in (charts.ranges, charts.timeline, charts.voices):
        figure = draw(rows, title=HOSTILE, subtitle=HOSTILE)
        assert "$x^2$" in drawn_text(figure)
        root = ET.fromstring(charts.svg(figure))
        assert not [e for e in root.iter() if e.tag.endswith("script")]
        assert all(right <= page.WIDTH + 0.01 for left, right, *_ in boxes(figure) if left < page.WIDTH - 2)
        assert "<script" not in str(charts.show(figure))


# As a piece of a page


def test_a_chart_is_shown_as_an_image_with_alt_text_source_line_and_folded_table():
    figure = charts.ranges(frame(), **TOLD)
    shown = str(charts.show(figure))
    drawing = base64.b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", shown)[1])
    assert drawing == charts.svg(figure)
    assert 'alt="Buses differ.' in shown
    assert "<figcaption>" in shown
    assert "<summary>Table of these numbers</summary><table" in shown


def test_each_number_in_the_table_links_to_its_note_and_shows_its_quote(case):
    rates = analysis.strike_rates(case)
    table = str(charts.numbers(rates, case))
    assert 'href="#buses" title="“about 20-30 buses ran daily”' in table
    assert "<code>buses</code>" in table
    assert 'href="https://example.org/buses"' in table


def test_a_derived_number_in_the_table_shows_its_working_and_no_ones_quote(case):
    rates = analysis.ratios(analysis.strike_rates(case), "rivals")
    table = str(charts.numbers(rates, case))
    assert "<code>buses / rivals</code>" in table
    assert "worked out here" in table
    assert "ran daily" not in table


def test_the_wordings_of_a_relay_are_tabulated_in_their_language(case):
    table = str(charts.numbers(relay(case), case))
    assert '<span lang="en">up to 30 buses</span>' in table
    assert 'href="#buses"' in table


@pytest.mark.parametrize("view", [analysis.strike_rates, analysis.fighter_counts, analysis.origin_countries])
def test_the_shipped_case_can_be_charted_whole(view):
    case = analysis.load()
    rows = view(case, references=True)
    for draw in (charts.ranges, charts.timeline, charts.voices):
        figure = draw(rows, title="All of them", subtitle="Every row", case=case)
        assert len(figure.data) == len(rows)
        assert charts.svg(figure)
