"""Charts: what they draw is what the rows say, in every reader's eyes, the same on every run."""

import base64
import inspect
import math
import re
import xml.etree.ElementTree as ET

import matplotlib
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis import charts, frames, provenance
from analysis.charts import chart, lanes, layout, letters, page, palette, sheet, svg, world

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
WIDTHS = (1000, chart.WIDE, 732, chart.NARROW)


def relay(case):
    return provenance.relayed(case, "buses")


def lands(case):
    return frames.by_country(case)


PAIRS = pd.DataFrame([
    row(f"{body}-{land}", n, n, country=land, said_by=body) for body, land, n in
    (("Census", "Ab", 4), ("Census", "Cd", 9), ("Census", "Ef", 2), ("Survey", "Ab", 12), ("Survey", "Cd", 8))
])  # fmt: skip
WORLD = pd.DataFrame([
    row("fra", 1200, 1200, country="France", iso3="FRA"), row("swe", 150, 180, country="Sweden", iso3="SWE"),
    row("irq", country="Iraq", iso3="IRQ"), row("lux", 0, 0, country="Luxembourg", iso3="LUX"),
    row("abc", 7, 7, country="Abcland", iso3="ABC"),
])  # fmt: skip
MANY = frame(*(row(f"a{n}", 3 * n, 3 * n + n % 4, place=f"Ward {n % 3}", period_start=f"20{n % 7 + 10}-01-01",
                   period_end=f"20{n % 7 + 10}-{n % 12 + 1:02}-20", counted_by=f"Body {n % 9}") for n in range(60)))  # fmt: skip


DRAWN = {
    "strip": lambda case: charts.strip(frame(), **TOLD),
    "strip, other lanes": lambda case: charts.strip(MANY, lane="counted_by", **TOLD),
    "ranges": lambda case: charts.ranges(frame(), **TOLD),
    "ranges in groups": lambda case: charts.ranges(frame(), group=["place", "basis"], **TOLD),
    "ranges, log": lambda case: charts.ranges(frame(), scale="log", **TOLD),
    "timeline": lambda case: charts.timeline(frame(), events=[("2016-06-01", "The election")], **TOLD),
    "timeline, many": lambda case: charts.timeline(MANY, number="a3", label="", **TOLD),
    "voices": lambda case: charts.voices(frame(), **TOLD),
    "countries": lambda case: charts.countries(lands(case), **TOLD),
    "two series": lambda case: charts.countries(PAIRS, series="said_by", **TOLD),
    "sides": lambda case: charts.sides(PAIRS, side="said_by", lane="country", below="place", **TOLD),
    "sides, many": lambda case: charts.sides(
        MANY.assign(side=[n % 2 for n in range(60)], at=[n // 2 for n in range(60)]), side="side", lane="at", **TOLD
    ),
    "tiles": lambda case: charts.tiles(WORLD, others=WORLD.assign(iso3="BEL").head(1), **TOLD),
    "hedges": lambda case: charts.hedges(relay(case), **TOLD),
    "no rows": lambda case: charts.ranges(frame().iloc[:0], **TOLD),
    "changed": lambda case: charts.ranges(changed(case), **TOLD),
}
every_chart = pytest.mark.parametrize("name", DRAWN)
every_width = pytest.mark.parametrize("width", WIDTHS)


def changed(case):
    """The invented case's rates, one of them doubled after it was read."""
    rates = analysis.topic(case, "service")
    return rates.assign(high=rates["high"].where(rates["figure_id"] != "buses", 60))


def drawing_of(made):
    return svg.picture(made.figure, made.colours, made.alt)


def inline_of(made, width=None):
    return ET.fromstring(svg.inline(made.sheet(width).figure(made.colours), made.alt, "wc-wide"))


def drawn_text(made, width=None):
    return " ".join(word.text for word in made.form.sheet(width or made.wide, made.source).words)


def links(root):
    return list(root.iter("a"))


@every_chart
def test_the_same_rows_give_the_same_bytes(name, case):
    assert drawing_of(DRAWN[name](case)) == drawing_of(DRAWN[name](case))
    assert DRAWN[name](case).inline() == DRAWN[name](case).inline()


def nudged(made, by):
    """A sheet whose every place is off by some last bits, as on another Python or processor."""
    for n, piece in enumerate(made.pieces):
        if isinstance(piece, sheet.Word):
            made.pieces[n] = piece._replace(x=piece.x * (1 + by), y=piece.y * (1 - by))
        else:
            made.pieces[n] = piece._replace(path=type(piece.path)(piece.path.vertices * (1 + by), piece.path.codes))
    return made


@every_chart
@pytest.mark.parametrize("by", [-1e-14, -3e-16, 3e-16, 1e-14])
def test_the_last_bits_of_a_place_reach_no_saved_drawing(name, by, case):
    made = DRAWN[name](case)
    for width in WIDTHS:
        drawn = [svg.inline(s.figure(made.colours), "", "") for s in (made.sheet(width), nudged(made.sheet(width), by))]
        assert drawn[0] == drawn[1]
        assert not re.search(r'[ "a-zA-Z-]\d*\.\d{2}', re.sub(r">[^<]*<|aria-label=\"[^\"]*\"", "", drawn[0]))


@given(st.integers(-999, 999), st.integers(0, 9999))
def test_a_half_is_rounded_alike_with_and_without_its_last_bit(whole, fine):
    value = whole + fine / 1000
    assert len({svg.seen(v) for v in (value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf))}) == 1


def test_the_sessions_own_style_changes_nothing_and_is_left_alone():
    plain = drawing_of(charts.ranges(frame(), **TOLD))
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9, "svg.hashsalt": None, "text.color": "red"}):
        before = dict(matplotlib.rcParams)
        assert drawing_of(charts.ranges(frame(), **TOLD)) == plain
        assert dict(matplotlib.rcParams) == before


# Whatever the width


@every_chart
@every_width
def test_every_word_stands_inside_the_drawing(name, width, case):
    drawn = DRAWN[name](case)
    if drawn.wide > width > chart.NARROW:
        pytest.skip("not drawn for this width")
    made = drawn.form.sheet(width, "Source: a paper of some name.")
    for word in made.words:
        left, top, right, bottom = word.box
        assert left >= -1, word
        assert right <= width + 1, word
        assert top >= 0, word
        assert bottom <= made.height, word


@every_chart
@every_width
def test_no_two_words_overlap(name, width, case):
    assert sheet.overlapping(DRAWN[name](case).form.sheet(width, "Source: a paper.").words) == []


@every_chart
@every_width
def test_no_word_is_smaller_than_twelve_pixels(name, width, case):
    assert min(word.size for word in DRAWN[name](case).form.sheet(width, "Source.").words) >= 12


@every_chart
def test_every_mark_stands_inside_the_drawing(name, case):
    for width in WIDTHS:
        made = DRAWN[name](case).sheet(width)
        for piece in made.pieces:
            if not isinstance(piece, sheet.Word):
                assert piece.path.vertices[:, 0].min() >= -9
                assert piece.path.vertices[:, 0].max() <= width + 9
                assert piece.path.vertices[:, 1].max() <= made.height


SOME = st.floats(0, 1e6).map(lambda x: round(x, 3))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(SOME, SOME, st.booleans()), min_size=1, max_size=25))
def test_whatever_the_numbers_no_words_of_a_strip_or_a_timeline_overlap(pairs):
    rows = frame(*(row(f"r{n}", min(a, b), nan if opened else max(a, b), period_start=f"201{n % 9}-02-01",
                       period_end=f"201{n % 9}-11-01") for n, (a, b, opened) in enumerate(pairs)))  # fmt: skip
    for made in (charts.ranges(rows, **TOLD), charts.timeline(rows, label="figure_id", **TOLD)):
        for width in WIDTHS:
            assert sheet.overlapping(made.sheet(width).words) == []


# For a page and for a notebook

ELEMENTS = {"svg", "g", "a", "path", "text"}
ATTRIBUTES = set("class d x y viewBox width height role aria-label aria-hidden font-size "
                 "stroke-width stroke-dasharray href".split())  # fmt: skip


@every_chart
@every_width
def test_inline_svg_holds_only_what_the_sanitiser_has_to_know(name, width, case):
    for element in inline_of(DRAWN[name](case), width).iter():
        assert element.tag in ELEMENTS
        assert set(element.keys()) <= ATTRIBUTES


@every_chart
def test_a_drawing_has_no_id_and_no_style_so_that_two_of_a_page_cannot_clash(name, case):
    shown = str(DRAWN[name](case).inline())
    drawings = shown[shown.index("<svg") : shown.rindex("</svg>")] if "<svg" in shown else ""
    assert " id=" not in drawings
    assert "style" not in drawings
    assert "url(" not in drawings


@every_chart
def test_every_colour_of_an_inline_drawing_is_a_role_that_the_stylesheet_knows(name, case):
    rules = page.style()
    for element in inline_of(DRAWN[name](case)).iter():
        for word in (element.get("class") or "").split():
            assert (
                word in ("wc-draw", "wc-wide", "wc-mark", "b", "m", "e", "t")
                or f".{word}{{" in rules
                or f".{word}," in rules
            )
        assert element.get("fill") is None


@every_chart
def test_a_picture_for_a_notebook_is_xml_with_outlined_letters_and_no_date(name, case):
    drawing = drawing_of(DRAWN[name](case))
    names = {element.tag.rpartition("}")[2] for element in ET.fromstring(drawing).iter()}
    assert names <= {"svg", "title", "style", "defs", "path", "g", "use"}
    assert not re.search(rb"<dc:date>|20\d\d-\d\d-\d\dT", drawing)


@every_chart
def test_each_mark_is_a_link_to_its_note_with_a_line_of_its_own(name, case):
    made = DRAWN[name](case)
    for width in WIDTHS:
        found = links(inline_of(made, width))
        assert all(a.get("href").startswith("#") and len(a.get("href")) > 1 for a in found)
        assert all(a.get("aria-label").strip() for a in found)
        assert len(found) == len(made.sheet(width).marked)


def test_a_keyboard_walks_the_marks_lane_by_lane_from_left_to_right():
    made = charts.strip(MANY, lane="place", **TOLD)
    assert made.marks["lane"].tolist() == sorted(made.marks["lane"])
    for _, lane in made.marks.groupby("lane"):
        assert lane["wide_low"].is_monotonic_increasing
    assert [a.get("href")[1:] for a in links(inline_of(made))] == made.marks["figure_id"].tolist()


def test_a_page_gets_inline_svg_for_two_widths_and_a_notebook_a_picture(monkeypatch):
    made = charts.ranges(frame(), **TOLD)
    assert "<svg" not in made._repr_html_()
    monkeypatch.setenv(chart.IN_PAGE, "1")
    shown = made._repr_html_()
    assert shown.count("<svg") == 2
    assert "<img" not in shown
    assert 'class="wc-draw wc-wide"' in shown
    assert 'class="wc-draw wc-narrow" viewBox="0 0 350 ' in shown
    assert "<strong>Buses differ</strong> Buses in the town" in shown


def test_typefaces_of_a_page_are_small_free_and_have_no_address():
    faces = letters.faces()
    files = sum(path.stat().st_size for path in letters.FONTS.glob("*.woff2"))
    assert files <= 90_000
    assert len(faces) <= 120_000
    assert "http" not in faces
    for licence in letters.FONTS.glob("OFL-*.txt"):
        assert "SIL Open Font License, Version 1.1" in licence.read_text(encoding="utf-8")


def test_stylesheet_and_script_hold_no_end_of_their_own_element_and_load_nothing():
    for text in (page.style(), page.script()):
        assert "</" not in text
        assert "http" not in text
        assert "@import" not in text


# Who counted


def luminance(color):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in matplotlib.colors.to_rgb(color)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one, other):
    a, b = sorted((luminance(one), luminance(other)))
    return (b + 0.05) / (a + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_pass_contrast_on_paper_on_the_highlighter_and_on_each_shade(theme):
    colour = {role: pair[theme] for role, pair in palette.ROLES.items()}
    assert contrast(colour["ink"], colour["paper"]) >= 7
    assert contrast(colour["soft"], colour["paper"]) >= 4.5
    assert contrast(colour["ink"], colour["hi"]) >= 4.5
    for shade, role in enumerate(world.INKS):
        assert contrast(colour[role], colour[f"q{shade}"]) >= 4.5, shade


@pytest.mark.parametrize("name", analysis.cases())
def test_groups_of_every_case_differ_in_shape_and_show_on_both_papers_and_on_the_highlighter(name):
    groups = analysis.load(name).vocabulary.groups
    assert len({look["shape"] for look in groups.values()}) == len(groups)
    for look in groups.values():
        for theme, colour in enumerate((look["colour"], palette.dark_of(look))):
            assert contrast(colour, palette.ROLES["paper"][theme]) >= 3, look["label"]
            assert contrast(colour, palette.ROLES["hi"][theme]) >= 3, look["label"]


@pytest.mark.parametrize("name", analysis.cases())
@pytest.mark.parametrize("dark", [False, True])
def test_colours_of_the_groups_of_a_case_lie_apart(name, dark):
    looks = analysis.load(name).vocabulary.groups.values()
    colours = [palette.dark_of(look) if dark else look["colour"] for look in looks]
    for n, one in enumerate(colours):
        for other in colours[n + 1 :]:
            assert math.dist(palette.oklab(one), palette.oklab(other)) >= 0.08, (one, other)


def test_a_group_has_its_cases_colour_and_shape_and_nobody_has_a_hollow_ring(case):
    rows = analysis.topic(case, "service", references=True)
    made = charts.strip(rows, number="buses", **TOLD)
    assert [g.id for g in made.form.groups.values()] == ["town", "unknown"]
    town, nobody = made.form.groups.values()
    assert (town.colour, town.shape) == ("#123456", "square")
    assert nobody.shape == "ring"
    assert made.colours["g0"] == "#123456"
    assert "--wc-g0:#123456;" in made.inline()


def test_a_body_of_no_group_is_not_taken_for_nobody():
    made = charts.strip(frame(BUSES[1], row("b", 3, 3, counted_by="unknown")), **TOLD)
    assert made.marks["group"].tolist() == ["other", "unknown"]
    assert made.marks["lane"].tolist() == ["The town", "counter not named"]


def test_a_groups_own_dark_colour_is_taken_and_a_wrong_one_refused(folder):
    meta = (
        (folder / "case.toml")
        .read_text(encoding="utf-8")
        .replace('shape = "square"', 'shape = "square"\ndark = "#ABCDEF"')
    )
    (folder / "case.toml").write_text(meta, encoding="utf-8")
    look = analysis.load(folder).vocabulary.groups["town"]
    assert palette.dark_of(look) == "#abcdef"
    (folder / "case.toml").write_text(meta.replace("#ABCDEF", "blue"), encoding="utf-8")
    with pytest.raises(Exception, match="'blue' is no colour"):
        analysis.load(folder)


# What is drawn


def test_unlike_units_are_never_on_one_axis():
    mixed = frame(*BUSES, row("count", 900, 900, unit="strikes"), row("rate", 7, 9, unit="strikes/day"))
    for draw in (charts.strip, charts.ranges, charts.timeline):
        marks = draw(mixed, **TOLD).marks
        assert set(marks["unit"]) == {"buses", "strikes", "strikes/day"}
        spans = marks.groupby("unit")["wide_y"].agg(["min", "max"]).sort_values("min")
        assert (spans["min"].iloc[1:].to_numpy() > spans["max"].iloc[:-1].to_numpy()).all()


def test_marks_stand_where_their_numbers_are():
    marks = charts.strip(frame(row("a", 10, 30), row("b", 20, 20)), **TOLD).marks.set_index("figure_id")
    for width in ("wide", "narrow"):
        a, b = marks.loc["a"], marks.loc["b"]
        assert b[f"{width}_low"] == b[f"{width}_high"]
        assert b[f"{width}_low"] == pytest.approx((a[f"{width}_low"] + a[f"{width}_high"]) / 2, abs=0.2)


def test_zero_is_shown_on_a_linear_scale():
    made = charts.ranges(frame(row("a", 900, 950)), **TOLD)
    assert "0" in [word.text for word in made.sheet().words]


def test_rates_by_the_same_time_share_their_scale_so_that_lengths_compare():
    rows = frame(row("a", 100, 100, unit="strikes/day"), row("b", 80, 80, unit="sorties/day"))
    panels = [lanes.Panel(r["unit"], [lanes.Lane("x", [lanes.Line([r])])], []) for r in rows.to_dict("records")]
    assert lanes.shared(panels) == [(0, 20, 40, 60, 80, 100)] * 2
    assert lanes.shared([panels[0], panels[1]._replace(unit="sorties/month")])[1] == (0, 20, 40, 60, 80)
    a, b = charts.strip(rows, **TOLD).marks["wide_low"]
    assert a > b


def test_the_articles_number_is_a_band_through_the_panel_of_its_unit_and_no_mark():
    made = charts.strip(frame(), **TOLD)
    assert "mayor" not in set(made.marks["figure_id"])
    assert "the article: 20–30" in drawn_text(made)
    [band] = [p for p in made.sheet().pieces if getattr(p, "fill", "") == "hi"]
    rival = made.marks.set_index("figure_id").loc["rival"]
    assert band.path.vertices[:, 0].min() > rival["wide_high"]


def test_a_number_of_the_case_may_be_the_band(case):
    made = charts.strip(
        analysis.topic(case, "service", references=True).query("role == 'reference'"), number="buses", **TOLD
    )
    assert "beside the article’s 20–30 buses/day" in made.alt
    with pytest.raises(ValueError, match="number 'trams' is neither in the frame nor in the case"):
        charts.strip(frame(), number="trams", **TOLD)


def test_a_rate_in_another_noun_has_an_outline_that_says_of_what_it_was_said():
    rows = frame(row("said", 7, 12, unit="strikes/day", role="article"), row("flown", 9, 9, unit="sorties/day"))
    assert "7–12, said of strikes" in drawn_text(charts.strip(rows, **TOLD))


def test_lanes_have_the_order_that_is_asked_for():
    made = charts.strip(MANY, lane="place", order=["Ward 2", "Ward 0"], **TOLD)
    assert made.marks["lane"].drop_duplicates().tolist() == ["Ward 2", "Ward 0", "Ward 1"]


def test_numbers_that_nobody_gives_are_named_under_a_strip():
    assert "Not drawn, for nobody gives a number: Nobody, 1 February 2017." in drawn_text(charts.strip(frame(), **TOLD))


def test_a_strip_in_small_has_marks_and_a_band_and_neither_words_nor_links(monkeypatch):
    made = charts.strip(frame(), **TOLD)
    assert made.micro().startswith('<img alt=""')
    monkeypatch.setenv(chart.IN_PAGE, "1")
    small = made.micro(150, 40)
    assert 'viewBox="0 0 150 40"' in small
    assert 'aria-hidden="true"' in small
    assert "<a " not in small
    assert "<text" not in small
    with pytest.raises(ValueError, match="only a strip"):
        charts.timeline(frame(), **TOLD).micro()


@pytest.mark.parametrize(("low", "high"), [(40, nan), (nan, 40)])
def test_an_open_end_is_an_arrow_out_of_the_known_end(low, high):
    made = charts.strip(frame(row("a", low, high), row("b", 90, 90)), **TOLD)
    at = made.marks.set_index("figure_id").loc["a", "wide_low"]
    [mark] = [p for p in made.sheet().pieces if getattr(p, "link", "") == "a"]
    xs = mark.path.vertices[:, 0]
    assert (xs.max() - at > 15) == (high != high)
    assert (at - xs.min() > 15) == (low != low)


def test_an_unknown_number_is_the_word():
    assert "unknown" in drawn_text(charts.ranges(frame(row("a")), **TOLD))


def test_a_log_scale_is_said_in_the_chart():
    assert "ten times" in drawn_text(charts.ranges(frame(), scale="log", **TOLD))


def test_a_hedge_and_our_own_working_are_said_beside_the_number():
    text = drawn_text(charts.ranges(frame(BUSES[0], BUSES[5]), **TOLD))
    assert "20–30 about" in text
    assert "worked out here" in text


def test_what_differs_between_rows_is_said_in_their_labels():
    text = drawn_text(charts.ranges(frame(row("a", 1, 1), row("b", 2, 2, place="Iraq")), **TOLD))
    assert "Iraq" in text
    assert "the town" not in text.replace(TOLD["subtitle"], "")


def test_present_and_cumulative_numbers_stand_in_panels_apart_on_one_scale():
    both = frame(row("a", 10, 10), row("b", 90, 90, basis="cumulative"), row("c", 90, 90))
    marks = charts.timeline(both, **TOLD).marks.set_index("figure_id")
    assert marks["lane"].nunique() == 2
    lines = [p for p in charts.timeline(both, **TOLD).sheet().pieces if getattr(p, "stroke", "") == "line"]
    heights = sorted({round(float(p.path.vertices[0, 1])) for p in lines})
    assert min(abs(h - marks.loc["b", "wide_y"]) for h in heights) % 1 == pytest.approx(
        min(abs(h - marks.loc["c", "wide_y"]) for h in heights) % 1, abs=0.2
    )


def test_a_period_is_drawn_as_long_as_it_lasted():
    rows = frame(row("a", 1, 1), row("b", 2, 2, period_start="2015-01-02", period_end="2016-01-01"))
    made = charts.timeline(rows, **TOLD)
    [line] = [p for p in made.sheet().pieces if getattr(p, "stroke", "") == "ink" and not p.link]
    assert line.path.vertices[-1, 0] - line.path.vertices[0, 0] > 100


def test_time_runs_across():
    marks = charts.timeline(frame(), **TOLD).marks.set_index("figure_id")
    assert marks.loc["rival", "wide_low"] < marks.loc["driver", "wide_low"] < marks.loc["priest", "wide_low"]


def test_rows_without_a_date_are_named_and_the_articles_is_a_band():
    undated = {"period_start": "unknown", "period_end": "unknown"}
    rows = frame(BUSES[1], row("lost", 3, 3, **undated), row("said", 25, 25, role="article", **undated))
    made = charts.timeline(rows, **TOLD)
    assert "Not drawn, for want of a date: The town (3 buses)." in drawn_text(made)
    assert "the article: 25" in drawn_text(made)


def test_an_event_is_a_line_with_its_words():
    made = charts.timeline(frame(), events=[("2016-06-01", "The election")], **TOLD)
    assert "The election" in drawn_text(made)


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(20, 90)), min_size=1, max_size=30))
def test_labels_that_are_spread_keep_their_order_and_their_distance(wanted):
    ys, tall = sorted(y for y, _ in wanted), [t for _, t in wanted]
    tops = layout.spread(ys, tall, 30, 30 + max(900, sum(tall)))
    assert all(b - a >= t - 1e-6 for a, b, t in zip(tops, tops[1:], tall, strict=False))
    assert tops[0] >= 30 - 1e-6


def test_countries_leave_none_out_without_saying_so(case):
    rows = pd.concat(
        [lands(case).assign(figure_id=f"list-{n}", working="", country=f"Land {n}", low=n, high=n) for n in range(30)]
    )
    figure = charts.countries(rows, top=4, **TOLD)
    assert "The 4 highest of 30 countries; the table has the others." in drawn_text(figure)
    assert "Land 29" in drawn_text(figure)
    assert "Land 25" not in drawn_text(figure)


def test_countries_of_two_series_are_refused(case):
    rows = pd.concat([lands(case), lands(case).assign(series="other")])
    with pytest.raises(ValueError, match="series"):
        charts.countries(rows, **TOLD)


def test_the_world_has_a_tile_a_country_and_no_two_on_one_place():
    places = world.world()
    assert len(set(places.values())) == len(places) == 196
    assert all(re.fullmatch("[A-Z]{3}", code) for code in places)


def test_tiles_tell_a_number_from_zero_from_na_from_another_table_from_nothing():
    made = charts.tiles(WORLD, others=WORLD.assign(iso3="BEL", country="Belgium").head(1), **TOLD)
    text = drawn_text(made)
    assert "FRA 1200" in text
    assert "IRQ ?" in text
    assert "LUX 0" in text
    for said in ("listed, no number", "a number in another list only", "no number here: unknown, not zero"):
        assert said in text
    assert "No tile for: Abcland (7 buses)." in text
    assert "only in another table: Belgium" in made.alt
    assert made.marks["figure_id"].tolist()[0] == "fra"
    with pytest.raises(ValueError, match=r"France \(FRA\) has 2 rows: keep one"):
        charts.tiles(pd.concat([WORLD, WORLD.head(1)]), **TOLD)


def test_a_chain_is_a_list_that_says_the_days_between_and_where_a_day_is_unknown():
    made = charts.relay_chain(STEPS, **TOLD)
    assert made.count("<li") == 3
    assert "1 day later" in made
    assert '<li class="wc-unknown">' in made
    vague = STEPS.assign(date=["2017", "2017-06-14", "2017-06-15"])
    assert "days between: unknown" in charts.relay_chain(vague, **TOLD)
    assert "<script" not in charts.relay_chain(STEPS.assign(who=HOSTILE), title=HOSTILE)


def test_voices_put_the_body_with_most_numbers_first_and_say_how_many_are_its_own():
    rows = frame(row("a", 1, 1, counted_by="Few"), *(row(f"b{n}", n, n, counted_by="Many") for n in range(3)))
    made = charts.voices(rows.assign(count_origin=["own count", "own count", "repeats", "repeats"]), **TOLD)
    assert made.marks["lane"].tolist() == ["Many"] * 3 + ["Few"]
    assert "1 of 3 its own" in drawn_text(made)
    assert "Many 3, Few 1. 2 of 4 are the body’s own." in made.alt


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
    assert figure.source in drawn_text(figure)
    assert isinstance(figure.data, pd.DataFrame)


def test_under_a_chart_stand_its_documents_with_their_dates(case):
    shown = charts.ranges(analysis.topic(case, "service"), **TOLD)._repr_html_()
    assert "Read in: The Gazette, 15 June 2017." in shown


def test_charting_leaves_the_frame_as_it_was():
    before = frame()
    charts.ranges(before, **TOLD)
    charts.timeline(before, **TOLD)
    pd.testing.assert_frame_equal(before, frame())


@pytest.mark.parametrize(
    "name", [n for n in charts.__all__ if n[0].islower() and n not in ("who_and_when", "relay_chain")]
)
@pytest.mark.parametrize("rows", [frame().iloc[:0], pd.DataFrame()])
def test_a_frame_without_rows_gives_a_chart_that_says_so(name, rows):
    made = getattr(charts, name)(rows, **TOLD)
    assert made.alt == "Buses differ. Buses in the town. There are no rows to chart."
    assert "There are no rows to chart." in drawn_text(made)
    assert len(made.table) == 0
    assert "<details" not in made._repr_html_()


@pytest.mark.parametrize("draw", [charts.strip, charts.ranges, charts.timeline, charts.voices])
def test_hostile_text_is_inert_and_stays_on_the_page(draw):
    hostile = {
        "said_by": HOSTILE,
        "hedge": HOSTILE[:40],
        "place": HOSTILE,
        "counted_by": HOSTILE,
        "working": '"><script>',
    }
    made = draw(frame(row("a", 1, 2, **hostile), row("b", 3, 3)), title=HOSTILE, subtitle=HOSTILE)
    assert "$x^2$" in drawn_text(made)
    ET.fromstring(drawing_of(made))
    for width in WIDTHS:
        root = inline_of(made, width)
        assert {element.tag for element in root.iter()} <= ELEMENTS
        assert all(word.box[2] <= width + 1 for word in made.sheet(width).words)
    for shown in (made._repr_html_(), made.inline()):
        assert "<script" not in shown


# What is missing, and what was changed


def test_a_frame_made_by_hand_works_and_says_that_its_source_is_not_given():
    bare = pd.DataFrame({"low": [2, 3], "high": [2, "5"], "unit": "buses", "publisher": ["The Post", None]})
    made = charts.ranges(bare, **TOLD)
    assert made.source.startswith("Source: The Post. Source not given for 1 of 2.")
    assert made.source in drawn_text(made)
    assert list(made.table["source"]) == ["The Post, date unknown", "source not given"]
    assert "row 2" in drawn_text(made)
    assert charts.ranges(bare[["low", "high", "unit"]], **TOLD).source.startswith("Source not given.")


@pytest.mark.parametrize("draw", [charts.strip, charts.ranges, charts.timeline, charts.countries, charts.voices])
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
    text = charts.relay_chain(steps, **TOLD)
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
    for said in (made.alt, drawn_text(made)):
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
    assert said in drawn_text(made)
    assert [w.text for w in made.sheet().words if w.struck] == ["20–60"]
    assert "changed: its working gives 20–30 buses/day" in list(made.table["remark"])
    assert re.search(r"<del><a [^>]*>20–60 buses/day</a></del> \(changed:", made._repr_html_())


@pytest.mark.parametrize("draw", [charts.timeline, charts.voices])
def test_every_drawing_of_numbers_strikes_what_was_changed(draw, case):
    rows = changed(case).assign(period_start="2017-01-01", period_end="2017-01-31")
    made = draw(rows, **TOLD)
    assert "Struck through" in drawn_text(made)
    crossed = [p for p in made.sheet().pieces if getattr(p, "width", 1) == 1.8]
    assert [w for w in made.sheet().words if w.struck] or crossed


def test_what_was_worked_out_and_left_alone_is_not_struck(case):
    rates = analysis.topic(case, "service")
    assert "Struck" not in charts.ranges(rates, **TOLD).alt
    assert "Struck" not in charts.ranges(analysis.ratios(rates, "rivals"), **TOLD).alt
    assert "Struck" not in charts.ranges(analysis.per_day(analysis.topic(case, "service", references=True)), **TOLD).alt


# Two series


def test_two_series_stand_side_by_side_a_line_a_country_with_a_mark_and_a_number_each():
    made = charts.countries(PAIRS, series="said_by", **TOLD)
    assert made.marks[["lane", "low"]].to_numpy().tolist() == [["Ab", 4], ["Ab", 12], ["Cd", 9], ["Cd", 8], ["Ef", 2]]
    assert {"4", "9", "2", "12", "8"} <= {w.text for w in made.sheet().words}
    assert sum("Census" in w.text for w in made.sheet().words) == 3
    assert "not in Survey" in drawn_text(made)
    assert "Census beside Survey" in made.alt
    assert "Not in Survey: Ef." in made.alt


def test_countries_of_two_series_are_ordered_and_kept_by_the_greater():
    made = charts.countries(PAIRS, series="said_by", top=2, **TOLD)
    names = [w.text for w in made.sheet().words]
    assert names.index("Ab") < names.index("Cd")
    assert "Ef" not in names
    assert "The 2 highest of 3 countries; the table has the others." in made.alt
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
    assert repr(made) == made.alt


def test_alt_text_of_ones_own_goes_into_the_picture_and_its_title():
    made = charts.ranges(frame(), **TOLD)
    made.alt = "My own words"
    assert '<img alt="My own words"' in made._repr_html_()
    assert b"<title>My own words</title>" in drawing_of(made)


def test_the_table_is_a_frame_of_the_numbers_that_the_chart_shows():
    table = charts.ranges(frame(), **TOLD).table
    assert list(table["number"])[:3] == ["20–30 buses", "5 buses", "more than 40 buses"]
    assert table["low"].tolist()[:2] == [20, 5]


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
    assert "<code>" not in shown  # ids are for .table
    assert 'href="https://example.org/buses"' in shown


def test_a_derived_number_in_the_table_leads_to_its_working_and_has_no_ones_quote(case):
    shown = charts.ranges(analysis.ratios(analysis.topic(case, "service"), "rivals"), **TOLD)._repr_html_()
    assert 'href="#buses-/-rivals"' in shown
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


def test_two_sides_share_their_lanes_and_their_scale_and_a_gap_is_printed_as_unknown():
    made = charts.sides(PAIRS, side="said_by", lane="country", title="Two towns")
    marks = made.marks.set_index("lane")
    assert list(marks.index) == ["Ab, Census", "Ab, Survey", "Cd, Census", "Cd, Survey", "Ef, Census"]
    far = marks["wide_low"]
    step = (far["Cd, Census"] - far["Ab, Census"]) / 5
    assert far["Ab, Survey"] - far["Cd, Survey"] == pytest.approx(4 * step, abs=0.5)
    assert "unknown" in [word.text for word in made.sheet().words]
    assert "Ef: Census 2, Survey unknown" in made.alt


@pytest.mark.parametrize(("more", "said"), [
    ({"country": "Ab"}, "Ab: 3 rows for Census: keep one"), ({"unit": ["buses"] * 4 + ["people"]}, "mixes units"),
])  # fmt: skip
def test_sides_refuse_two_rows_in_one_place_and_two_units_on_one_scale(more, said):
    rows = PAIRS.assign(panel="all", **more)
    with pytest.raises(ValueError, match=said):
        charts.sides(rows, side="said_by", lane="country", panels="panel", title="Two towns")


def totals(*days, **more):
    """Totals by the town from one first day on."""
    until = {"basis": "total over the period", "period_start": "2015-01-01"} | more
    return [row(f"to-{n}", n, n, **until, period_end=day) for n, day in enumerate(days, start=4)]


def test_totals_of_one_body_from_one_first_day_are_one_line_and_those_of_another_stand_apart():
    ours = totals("2015-06-01", "2015-12-01", "2016-06-01")
    made = charts.timeline(frame(*ours, *totals("2016-03-01", counted_by="The rival")), **TOLD)
    paths = [p.path.vertices for p in made.sheet().pieces if getattr(p, "stroke", "") == "ink" and not p.link]
    assert sorted(map(len, paths)) == [2, 4]  # from the first day to the first total, and on to the second and third
    assert "totals so far" in drawn_text(made)
    assert "totals so far" not in drawn_text(charts.timeline(frame(*ours[:2]), **TOLD))


def test_what_is_noted_of_a_number_stands_beside_it_and_in_a_band_instead_of_the_number():
    rows = frame(row("own", 6, 7, role="article", note="a guess"), row("a", 2, 2, note="on foot"), row("b", 9, 9))
    drawn = drawn_text(charts.timeline(rows, note="note", label="", **TOLD))
    assert "2 on foot" in drawn
    assert "the article: a guess" in drawn
    assert "6–7" not in drawn


def test_a_panel_has_the_bands_that_are_given_for_it():
    rows = frame(row("own", 3, 4, role="article"), row("a", 2, 2, kind="by day"), row("b", 9, 9, kind="by night"))
    made = charts.timeline(rows, panels="kind", number={"by night": ["own"]}, label="", **TOLD)
    words = made.sheet().words
    [band] = [word for word in words if word.text == "the article: 3–4"]
    assert band.y > next(word.y for word in words if word.text.startswith("By night"))
    assert charts.timeline(rows, panels="kind", number="own", label="", **TOLD).sheet().words != words


def test_panels_stand_in_the_order_of_the_frame_and_several_share_events_and_calendar():
    kinds = [row(kind, n, n, kind=kind, period_end=f"201{9 - n}-01-01") for n, kind in enumerate("abc")]
    made = charts.timeline(frame(*kinds), panels="kind", events=[("2018-01-01", "The election")], label="", **TOLD)
    words = made.sheet().words
    headings = [word for word in words if word.size == 16]
    assert [word.text[0] for word in headings] == ["A", "B", "C"]
    assert sum(word.text == "The election" for word in words) == sum(word.text == "2018" for word in words) == 1
    assert next(w.y for w in words if w.text == "2018") > headings[-1].y


def test_no_number_of_a_timeline_stands_on_an_edge_of_the_articles():
    rows = frame(row("own", 70, 120, role="article"), *(row(f"r{n}", n, n, period_end=f"2016-{n % 12 + 1:02}-01")
                 for n in range(60, 140, 7)))  # fmt: skip
    sheet = charts.timeline(rows, label="", **TOLD).sheet()
    [band] = [p.path.get_extents() for p in sheet.pieces if getattr(p, "fill", "") == "hi"]
    for word in (word for word in sheet.words if word.halo):
        _, top, _, bottom = word.box
        assert not any(top < edge < bottom for edge in (band.y0, band.y1))


def test_what_is_named_beside_a_timeline_can_be_told_by_a_column():
    made = charts.timeline(MANY, panels="unit", label="", named="place", **TOLD)
    assert {"Ward 0", "Ward 1", "Ward 2"} <= {word.text for word in made.sheet().words}


def test_a_working_that_names_no_body_is_worked_out_here_and_not_nobodys():
    theirs = row("theirs", 3, 3, counted_by="The depot")
    made = charts.ranges(frame(row("ours", 2, 2, working="a / b", counted_by=""), theirs), title="Two")
    assert next(iter(made.marks["group"])) == "ours"
    assert "worked out here from several counts" in drawn_text(made)


def test_a_group_with_one_bodys_numbers_has_that_bodys_name_in_a_timeline_too():
    rows = frame(row("a", 3, 3, period_end="2016-01-01"), row("b", 4, 4, period_end="2016-02-01", counted_by="unknown"))
    told = charts.timeline(rows, **TOLD).inline()
    assert ">The town</text>" in told
    assert ">counter not named</text>" in told
