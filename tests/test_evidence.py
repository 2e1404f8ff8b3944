"""A frame as a table of evidence: numbers lead to their notes, dates and ends are words, what was changed is refused."""

import re

import pandas as pd
import pytest

import analysis
from analysis import evidence, evidence_table


def cells(html):
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in html.split("<tr>")[1:]]


def bare(html):
    return [[re.sub("<[^>]+>", "", cell) for cell in row] for row in cells(html)]


def test_a_row_has_its_number_as_a_link_its_period_in_words_and_its_document_as_a_link(case):
    frame = analysis.topic(case, "service", references=True)
    columns = {"said_by": "Who", "number": "Number", "period": "When", "source": "Read in", "hedge": "Hedge"}
    heads, *lines = bare(evidence_table(frame, columns, "Buses"))
    assert heads == ["Who", "Number", "When", "Read in", "Hedge"]
    assert lines[0] == ["the mayor", "20–30 buses/day", "period unknown", "The Gazette, 15 June 2017", "about"]
    assert lines[3][1:3] == ["more than 600 runs", "February 2017"]
    assert lines[4][3] == "worked out here"
    shown = evidence_table(frame, columns, "Buses")
    assert re.findall(r'href="#([\w-]+)"', shown) == list(frame["figure_id"])
    assert shown.count('href="https://example.org/buses"') == 4


def test_ends_are_words_an_open_one_and_an_unknown_number_are_told_apart(case):
    frame = analysis.topic(case, "service", references=True)[["low", "high", "figure_id"]].iloc[[3, 0]]
    frame.loc[99] = [float("nan"), float("nan"), "nothing"]
    assert bare(evidence_table(frame, ["figure_id", "low", "high"], "Ends")) == [
        ["Figure id", "Low", "High"], ["february", "600", "open"], ["buses", "20", "30"], ["nothing", "unknown", "unknown"],
    ]  # fmt: skip


def test_any_frame_will_do_a_count_is_marked_and_a_gap_is_empty():
    frame = pd.DataFrame(
        {"who": ["Ann", None], "n": [2, 3], "share": [0.5, 1], "day": pd.to_datetime(["2017-06-15"] * 2)}
    )
    shown = evidence_table(
        frame.assign(start=frame["day"], sure=[True, False]), ["who", "n", "share", "start", "sure"], "Any"
    )
    assert cells(shown)[1] == ["Ann", '<span class="wc-count">2</span>', "0.5", "15 June 2017", "yes"]
    assert bare(shown)[2][0] == ""


def test_text_is_escaped_and_html_stands_as_it_is():
    frame = pd.DataFrame({"a": ["<b>"], "b": pd.Series([analysis.cards.HTML("<i>x</i>", "x")], dtype="object")})
    assert "<td><i>x</i></td>" in evidence_table(frame, ["a", "b"], "Text")
    assert "&lt;b&gt;" in evidence_table(frame, ["a", "b"], "Text")


def test_rows_that_were_changed_are_refused_by_name(case):
    frame = analysis.topic(case, "service")
    twice = frame.assign(low=frame["low"] * 2)
    with pytest.raises(ValueError, match=r"buses: the row says 40 to 30 buses/day.* analysis.changed\(frame\)"):
        evidence_table(twice, ["number"], "Twice")
    assert "Twice" in evidence_table(twice, ["said_by"], "Twice")


def test_a_column_that_is_not_there_is_named(case):
    with pytest.raises(ValueError, match=r"the frame has no column colour: its columns are .*number, period, source"):
        evidence_table(analysis.topic(case, "service"), ["colour"], "No")
    with pytest.raises(ValueError, match="the frame has no column working"):
        evidence_table(pd.DataFrame({"low": [1.0], "high": [1.0], "unit": ["buses"]}), ["number"], "No")


def test_a_frame_without_rows_is_one_sentence(case):
    none = analysis.topic(case, "service").head(0)
    assert evidence_table(none, ["number"], "Buses", none="This case has no buses.").text == "This case has no buses."


def test_a_rate_worked_out_in_a_frame_leads_to_its_working_and_has_no_document(case):
    rates = analysis.per_day(analysis.topic(case, "service", references=True))
    shown = evidence.evidence_table(rates, ["number", "source"], "A day")
    assert "#january-/-days(january)" in shown
    assert bare(shown)[3] == ["100 runs/day", "worked out here"]
