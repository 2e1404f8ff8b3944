"""Charts: what they draw is what the rows say, in every reader's eyes, the same on every run."""

import base64
import inspect
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
from analysis import charts, frames, provenance
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


TOLD = {"title": "Buses differ", "subtitle": "Buses in the town"}


def relay(case):
    return provenance.relayed(case, "buses")


def lands(case):
    return frames.by_country(case)


PAIRS = pd.DataFrame([
    row(f"{body}-{land}", n, n, country=land, said_by=body) for body, land, n in
    (("Census", "Ab", 4), ("Census", "Cd", 9), ("Census", "Ef", 2), ("Survey", "Ab", 12), ("Survey", "Cd", 8))
])  # fmt: skip


DRAWN = {
    "ranges": lambda case: charts.ranges(frame(), **TOLD),
    "ranges in groups": lambda case: charts.ranges(frame(), group=["place", "basis"], **TOLD),
    "ranges, log": lambda case: charts.ranges(frame(), scale="log", **TOLD),
    "timeline": lambda case: charts.timeline(frame(), **TOLD),
    "voices": lambda case: charts.voices(frame(), **TOLD),
    "relay_chain": lambda case: charts.relay_chain(STEPS, **TOLD),
    "countries": lambda case: charts.countries(lands(case), **TOLD),
    "two series": lambda case: charts.countries(PAIRS, series="said_by", **TOLD),
    "hedges": lambda case: charts.hedges(relay(case), **TOLD),
    "no rows": lambda case: charts.ranges(frame().iloc[:0], **TOLD),
    "changed": lambda case: charts.ranges(changed(case), **TOLD),
}
every_chart = pytest.mark.parametrize("name", DRAWN)


def changed(case):
    """The invented case's rates, one of them doubled after it was read."""
    rates = analysis.topic(case, "service")
    return rates.assign(high=rates["high"].where(rates["figure_id"] != "buses", 60))


def drawing_of(made):
    return page.svg(made.figure)


def words_of(made):
    return [t for t in made.figure.findobj(page.Words) if t.get_text()]


def drawn_text(figure):
    return " ".join(t.get_text() for t in words_of(figure))


def lines_of(made):
    return [a for ax in made.figure.axes for a in ax.get_children() if isinstance(a, Line2D) and ax.get_xlabel()]


def boxes(made):
    """Every line of text as (left, right, baseline, size) in inches from the figure's lower left corner."""
    for t in words_of(made):
        x, y = t.get_transform().transform(t.get_position()) / made.figure.dpi
        size, bold = t.get_fontsize(), t.get_fontweight() == "bold"
        yield x, x + page.length(t.get_text(), size, bold), y, size, t.get_text()


@every_chart
def test_the_same_rows_give_the_same_bytes(name, case):
    assert drawing_of(DRAWN[name](case)) == drawing_of(DRAWN[name](case))


def nudged(made, by):
    """A chart whose every place is off by some last bits, as on another Python or processor."""
    figure = made.figure
    for axes in figure.axes:
        axes.set_position([v * (1 + by) for v in axes.get_position().bounds])
        axes.set(xlim=[v * (1 + by) for v in axes.get_xlim()], ylim=[v * (1 - by) for v in axes.get_ylim()])
    for text in figure.texts + [a for a in figure.artists if isinstance(a, page.Words)]:
        text.set_position([v * (1 + by) for v in text.get_position()])
    return made


@every_chart
@pytest.mark.parametrize("by", [-1e-14, -3e-16, 3e-16, 1e-14])
def test_the_last_bits_of_a_place_reach_no_saved_drawing(name, by, case):
    drawing = drawing_of(DRAWN[name](case))
    assert drawing_of(nudged(DRAWN[name](case), by)) == drawing
    assert not re.search(rb'<[^>]*[ "(]-?\d+\.\d{3}', drawing)


@given(st.integers(-999, 999), st.integers(0, 9999))
def test_a_half_is_rounded_alike_with_and_without_its_last_bit(whole, fine):
    value = whole + fine / 1000
    texts = {f"{v:f}" for v in (value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf))}
    assert len({page._FINE.sub(page._seen, text) for text in texts}) == 1


def test_the_sessions_own_style_changes_nothing_and_is_left_alone():
    plain = drawing_of(charts.ranges(frame(), **TOLD))
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9, "svg.hashsalt": None, "text.color": "red"}):
        before = dict(matplotlib.rcParams)
        assert drawing_of(charts.ranges(frame(), **TOLD)) == plain
        assert dict(matplotlib.rcParams) == before


@every_chart
def test_the_drawing_is_xml_whose_words_have_their_width_and_has_no_date(name, case):
    drawing = drawing_of(DRAWN[name](case))
    elements = {}
    for element in ET.fromstring(drawing).iter():
        elements.setdefault(element.tag.rpartition("}")[2], []).append(element)
    assert all(float(word.get("textLength")) > 0 for word in elements["text"])
    assert not set(elements) & {"script", "image", "foreignObject"}
    assert not re.search(rb"<dc:date>|20\d\d-\d\d-\d\dT", drawing)


@every_chart
def test_every_word_stands_inside_the_page(name, case):
    made = DRAWN[name](case)
    width, height = made.figure.get_size_inches()
    for left, right, y, _, text in boxes(made):
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


@pytest.mark.parametrize("color", [page.INK, page.MUTED, page.ARTICLE, page.REFERENCE, page.SECOND])
def test_colours_of_words_and_marks_pass_contrast_on_white(color):
    assert 1.05 / (luminance(color) + 0.05) >= 4.5


# What is drawn


def test_unlike_units_are_never_on_one_axis():
    mixed = frame(*BUSES, row("count", 900, 900, unit="strikes"), row("rate", 7, 9, unit="strikes/day"))
    for figure in (charts.ranges(mixed, **TOLD), charts.timeline(mixed, **TOLD)):
        panels = {ax.get_xlabel(): ax for ax in figure.figure.axes if ax.get_xlabel()}
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
    assert figure.figure.axes[0].get_xlim()[0] == 0
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
    panels = [ax for ax in charts.timeline(both, **TOLD).figure.axes if ax.get_xlabel()]
    assert len(panels) == 2
    assert panels[0].get_xlim() == panels[1].get_xlim()


def test_a_period_is_drawn_as_long_as_it_lasted():
    figure = charts.timeline(
        frame(row("a", 1, 1), row("b", 2, 3, period_start="2015-01-02", period_end="2016-01-01")), **TOLD
    )
    [band] = [patch for patch in figure.figure.axes[0].patches if patch.get_alpha()]
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
        [lands(case).assign(figure_id=f"list-{n}", working="", country=f"Land {n}", low=n, high=n) for n in range(30)]
    )
    figure = charts.countries(rows, top=4, **TOLD)
    assert "The 4 greatest of 30 countries; the table has the others." in drawn_text(figure).replace("  ", " ")
    assert "Land 29" in drawn_text(figure)
    assert "Land 25" not in drawn_text(figure)


def test_countries_of_two_series_are_refused(case):
    rows = pd.concat([lands(case), lands(case).assign(series="other")])
    with pytest.raises(ValueError, match="series"):
        charts.countries(rows, **TOLD)


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
        charts.hedges(rows, **TOLD)


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
    assert charts.countries(lands(case), **TOLD).source.startswith("Source: The Gazette.")
    many = frame(*(row(f"a{n}", n, n, publisher=f"Paper {n}") for n in range(9)))
    assert "Paper 5 and 3 more, all in the table" in charts.ranges(many, **TOLD).source


@every_chart
def test_a_chart_carries_its_data_its_alt_text_and_its_source_line(name, case):
    figure = DRAWN[name](case)
    assert figure.alt
    assert figure.source in " ".join(drawn_text(figure).split())
    assert isinstance(figure.data, pd.DataFrame)


def test_under_a_chart_stand_its_documents_with_their_dates(case):
    shown = charts.ranges(analysis.topic(case, "service"), **TOLD)._repr_html_()
    assert "Read in: The Gazette, 15 June 2017." in shown


def test_charting_leaves_the_frame_as_it_was():
    before = frame()
    charts.ranges(before, **TOLD)
    charts.timeline(before, **TOLD)
    pd.testing.assert_frame_equal(before, frame())


@pytest.mark.parametrize("name", [n for n in charts.__all__ if n[0].islower() and n != "who_and_when"])
@pytest.mark.parametrize("rows", [frame().iloc[:0], pd.DataFrame()])
def test_a_frame_without_rows_gives_a_chart_that_says_so(name, rows):
    made = getattr(charts, name)(rows, **TOLD)
    assert made.alt == "Buses differ. Buses in the town. There are no rows to chart."
    assert "There are no rows to chart." in drawn_text(made)
    assert len(made.table) == 0
    assert "<details" not in made._repr_html_()


def test_hostile_text_is_inert_and_stays_on_the_page():
    rows = frame(row("a", 1, 2, said_by=HOSTILE, hedge=HOSTILE[:40], place=HOSTILE), row("b", 3, 3))
    for draw in (charts.ranges, charts.timeline, charts.voices):
        figure = draw(rows, title=HOSTILE, subtitle=HOSTILE)
        assert "$x^2$" in drawn_text(figure)
        root = ET.fromstring(drawing_of(figure))
        assert not [e for e in root.iter() if e.tag.endswith("script")]
        assert all(right <= page.WIDTH + 0.01 for left, right, *_ in boxes(figure) if left < page.WIDTH - 2)
        assert "<script" not in figure._repr_html_()


# What is missing, and what was changed


def test_a_frame_made_by_hand_works_and_says_that_its_source_is_not_given():
    bare = pd.DataFrame({"low": [2, 3], "high": [2, "5"], "unit": "buses", "publisher": ["The Post", None]})
    made = charts.ranges(bare, **TOLD)
    assert made.source.startswith("Source: The Post. Source not given for 1 of 2.")
    assert made.source in " ".join(drawn_text(made).split())
    assert list(made.table["source"]) == ["The Post, date unknown", "source not given"]
    assert "row 2" in drawn_text(made)
    assert charts.ranges(bare[["low", "high", "unit"]], **TOLD).source.startswith("Source not given.")


@pytest.mark.parametrize("draw", [charts.ranges, charts.timeline, charts.countries, charts.voices])
def test_a_column_that_is_missing_and_an_end_that_is_no_number_are_named(draw):
    with pytest.raises(ValueError, match="no column high: a chart needs low, high, unit"):
        draw(pd.DataFrame({"low": [1], "unit": "buses"}), **TOLD)
    with pytest.raises(ValueError, match="a: low is 'many', which is no number"):
        draw(pd.DataFrame({"figure_id": ["a"], "low": ["many"], "high": [1], "unit": "buses"}), **TOLD)


def test_a_column_to_label_or_to_group_by_that_no_row_has_is_named():
    for draw in (charts.ranges, charts.timeline, charts.voices, charts.countries):
        with pytest.raises(ValueError, match="no row has a column 'colour': name one"):
            draw(frame(), label="colour", **TOLD)
    with pytest.raises(ValueError, match="no row has a column 'colour'"):
        charts.ranges(frame(), group=["place", "colour"], **TOLD)
    with pytest.raises(ValueError, match="no row has a column 'colour'"):
        charts.timeline(frame(), panels="colour", **TOLD)


def test_rows_of_which_none_has_a_date_make_a_timeline_that_says_so():
    made = charts.timeline(pd.DataFrame({"low": [1, 2], "high": [1, 2], "unit": "buses"}), **TOLD)
    assert "Not drawn, for want of a date: row 1 (1 buses), row 2 (2 buses)." in drawn_text(made)


def test_a_chain_says_who_is_unknown_and_which_dates_are_reversed():
    steps = pd.DataFrame({"role": ["says", "prints"], "who": ["Ann", None], "date": ["2017-06-15", "2017-06-14"]})
    text = drawn_text(charts.relay_chain(steps, **TOLD))
    assert "1 day earlier: the order of the dates is reversed" in text
    assert "unknown" in text


def test_dates_may_be_timestamps_or_years_read_back_from_a_file():
    ends = [pd.Timestamp("2015-03-01"), 2016.0, "2017-02"]
    made = charts.timeline(pd.DataFrame({"low": 1, "high": 1, "unit": "buses", "period_end": ends}), **TOLD)
    assert "Not drawn" not in drawn_text(made)
    assert list(made.table["period"]) == ["1 March 2015", "2016", "February 2017"]


def test_rows_with_no_place_along_time_are_named_with_the_reason_in_the_table_too():
    rows = frame(BUSES[1], row("lost", 3, 3, period_end="spring"), row("back", 4, 4, period_start="2016-01-01"))
    made = charts.timeline(rows, label="figure_id", **TOLD)
    for said in (made.alt, " ".join(drawn_text(made).split())):
        assert (
            "Not drawn, for want of a date: lost (3 buses). Not drawn, for its period ends before it begins: back (4"
            in said
        )
    assert list(made.table["remark"]) == [
        "",
        "not drawn, for want of a date",
        "not drawn, for its period ends before it begins",
    ]


def test_what_a_log_scale_cannot_reach_is_named():
    made = charts.ranges(frame(row("a", 0, 5), row("b", 1, 500)), scale="log", **TOLD)
    assert "Not drawn down to its end, for this scale has no zero: A, 1 January 2015 (0–5 buses)." in made.alt


def test_a_row_that_its_working_no_longer_gives_is_struck_through_and_named(case):
    made = charts.ranges(changed(case), **TOLD)
    said = "Struck through, no longer what its working gives: "
    assert said in made.alt
    assert "(20–60 buses/day), where buses gives 20–30 buses/day." in made.alt
    assert said in " ".join(drawn_text(made).split())
    assert [t.get_text() for t in words_of(made) if t.struck] == ["20–60"]
    assert "changed: its working gives 20–30 buses/day" in list(made.table["remark"])
    assert re.search(r"<del><a [^>]*>20–60 buses/day</a></del> \(changed:", made._repr_html_())


@pytest.mark.parametrize("draw", [charts.timeline, charts.voices])
def test_every_drawing_of_numbers_strikes_what_was_changed(draw, case):
    rows = changed(case).assign(period_start="2017-01-01", period_end="2017-01-31")
    assert [t.get_text() for t in words_of(draw(rows, **TOLD)) if t.struck]


def test_what_was_worked_out_and_left_alone_is_not_struck(case):
    rates = analysis.topic(case, "service")
    assert "Struck" not in charts.ranges(rates, **TOLD).alt
    assert "Struck" not in charts.ranges(analysis.ratios(rates, "rivals"), **TOLD).alt
    assert "Struck" not in charts.ranges(analysis.per_day(analysis.topic(case, "service", references=True)), **TOLD).alt


# Two series


def test_two_series_stand_side_by_side_a_line_a_country_with_a_mark_and_a_number_each():
    made = charts.countries(PAIRS, series="said_by", **TOLD)
    shapes = {(line.get_marker(), line.get_xdata()[0]) for line in lines_of(made) if line.get_marker() in ("o", "s")}
    assert shapes == {("o", 4), ("o", 9), ("o", 2), ("s", 12), ("s", 8)}
    assert {"4", "9", "2", "12", "8"} <= {t.get_text() for t in words_of(made)}
    assert "not in Survey" in drawn_text(made)
    assert "Census beside Survey" in made.alt
    assert "Not in Survey: Ef." in made.alt


def test_countries_of_two_series_are_ordered_and_kept_by_the_greater():
    made = charts.countries(PAIRS, series="said_by", top=2, **TOLD)
    names = [t.get_text() for t in words_of(made)]
    assert names.index("Ab") < names.index("Cd")
    assert "Ef" not in names
    assert "The 2 greatest of 3 countries; the table has the others." in made.alt
    assert len(made.table) == 5


def test_series_that_cannot_stand_side_by_side_are_refused_with_the_remedy():
    three = pd.concat([PAIRS, PAIRS.head(1).assign(said_by="Other")])
    with pytest.raises(ValueError, match=r"differ in said_by \(Census, Survey, Other\): keep two"):
        charts.countries(three, series="said_by", **TOLD)
    with pytest.raises(ValueError, match="Ab has 2 rows in said_by Census: keep one"):
        charts.countries(pd.concat([PAIRS, PAIRS.head(1)]), series="said_by", **TOLD)
    with pytest.raises(ValueError, match="series='series'"):
        charts.countries(PAIRS.assign(series=PAIRS["said_by"]), **TOLD)


# As an object


def test_a_chart_shows_itself_as_an_image_with_alt_text_source_line_and_folded_table():
    made = charts.ranges(frame(), **TOLD)
    shown = made._repr_html_()
    drawing = base64.b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", shown)[1])
    assert drawing == drawing_of(made)
    assert 'alt="Buses differ.' in shown
    assert "<figcaption>" in shown
    assert "<summary>Table of these numbers</summary><table" in shown
    assert repr(made) == made.alt == made.figure.alt


def test_alt_text_of_ones_own_goes_into_the_picture_and_its_title():
    made = charts.ranges(frame(), **TOLD)
    made.alt = "My own words"
    assert '<img alt="My own words"' in made._repr_html_()
    assert b"<title>My own words</title>" in drawing_of(made)


def test_the_table_is_a_frame_of_the_numbers_that_the_chart_shows():
    table = charts.ranges(frame(), **TOLD).table
    assert list(table["number"])[:3] == ["20–30 buses", "5 buses", "more than 40 buses"]
    assert table["low"].tolist()[:2] == [20, 5]
    assert list(charts.relay_chain(STEPS, **TOLD).table.columns) == ["role", "who", "date", "note"]


def test_a_chart_may_stand_above_another_table_or_none(case):
    made = charts.ranges(frame(), **TOLD)
    assert "<details" not in made.with_table(None)._repr_html_()
    other = made.with_table(analysis.topic(case, "service"))
    assert 'href="#buses"' in other._repr_html_()
    assert len(made.table) == len(BUSES)


@pytest.mark.parametrize(
    ("ending", "head"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("SVG", b"<?xml")]
)
def test_a_chart_is_saved_by_the_ending_of_the_name_with_its_alt_text(ending, head, tmp_path):
    made = charts.ranges(frame(), **TOLD)
    path = made.save(tmp_path / "new folder" / f"buses.{ending}")
    data = path.read_bytes()
    assert data.startswith(head)
    assert b"Buses differ. Range bars" in data or "Buses differ. Range bars".encode("utf-16-be") in data
    assert made.save(str(path)).read_bytes() == data
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_another_ending_is_refused_with_those_that_there_are(tmp_path):
    with pytest.raises(ValueError, match=r"'buses.jpg': let the name end in .svg, .png, .pdf"):
        charts.ranges(frame(), **TOLD).save(tmp_path / "buses.jpg")
    assert not list(tmp_path.iterdir())


def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = charts.ranges(frame(), **TOLD).save(tmp_path / "buses.svg")
    before = path.read_bytes()
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        charts.ranges(frame(BUSES[0]), **TOLD).save(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["buses.svg"]


def test_each_number_in_the_table_links_to_its_note_and_shows_its_quote(case):
    shown = charts.ranges(analysis.topic(case, "service"), **TOLD)._repr_html_()
    assert 'href="#buses" title="“about 20-30 buses ran daily”' in shown
    assert "<code>buses</code>" in shown
    assert 'href="https://example.org/buses"' in shown


def test_a_derived_number_in_the_table_shows_its_working_and_no_ones_quote(case):
    shown = charts.ranges(analysis.ratios(analysis.topic(case, "service"), "rivals"), **TOLD)._repr_html_()
    assert "<code>buses / rivals</code>" in shown
    assert "worked out here" in shown
    assert "ran daily" not in shown


def test_the_wordings_of_a_relay_are_tabulated_in_their_language(case):
    shown = charts.hedges(relay(case).assign(language="ru"), **TOLD)._repr_html_()
    assert '<span lang="ru">up to 30 buses</span>' in shown
    assert 'href="#buses"' in shown


def test_wordings_of_a_number_that_nobody_gives_are_refused():
    with pytest.raises(ValueError, match="do not say which number"):
        charts.hedges(pd.DataFrame({"wording": ["some buses"], "hedge": ["about"]}), **TOLD)


@pytest.mark.parametrize("name", analysis.cases())
def test_every_shipped_case_can_be_charted_whole(name):
    case = analysis.load(name)
    assert case.vocabulary.topics
    for topic in case.vocabulary.topics:
        rows = analysis.topic(case, topic, references=True)
        for draw in (charts.ranges, charts.timeline, charts.voices):
            made = draw(rows, title="All of them", subtitle="Every row")
            assert len(made.data) == len(rows)
            assert "Struck" not in made.alt
            assert "Source not given" not in made.source
            assert drawing_of(made)


def test_every_public_function_is_annotated_and_told_in_full():
    for name in charts.__all__:
        made = getattr(charts, name)
        assert made.__doc__
        if name[0].islower() and name != "who_and_when":
            assert set(inspect.signature(made).parameters) <= set(made.__annotations__)
            for told_of in ("Returns", "Raises", "Source", ">>>"):
                assert told_of in made.__doc__, name
