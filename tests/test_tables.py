"""Reading a case: each thing that can be wrong with a file is named, with its row, its column and a remedy."""

import shutil

import pandas as pd
import pytest

import analysis
from analysis import check, tables
from analysis.schema import TABLES
from tests.conftest import rows, write_case


def spoil(folder, table, old, new, count=1):
    """Change text in one file of a case, as a slip of the hand or a spreadsheet would."""
    path = folder / f"{table}.csv"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, count).encode())


def faults(folder, article=None):
    return [str(f) for f in check.check(folder, article).faults]


def one(folder, *parts, article=None):
    """The case has one fault, whose text holds all the parts."""
    found = faults(folder, article)
    assert len(found) == 1, found
    for part in parts:
        assert part in found[0], found[0]


def test_a_good_case_has_no_fault(folder, article):
    assert faults(folder, article) == []


def test_a_missing_file_is_named(folder):
    (folder / "relay.csv").unlink()
    one(folder, "relay.csv", "no such file", "Restore it")


def test_bytes_that_are_not_utf_8_are_placed(folder):
    path = folder / "relay.csv"
    path.write_bytes(path.read_bytes().replace(b"up to 30", b"up to \xe9"))
    one(folder, "relay.csv, line 2", "not UTF-8", "0xe9", "Save the file as UTF-8")


def test_a_byte_order_mark_is_refused(folder):
    path = folder / "relay.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    one(folder, "relay.csv", "byte-order mark", "without BOM")


def test_windows_line_ends_are_refused(folder):
    path = folder / "relay.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    one(folder, "relay.csv, line 1", "CRLF", "LF line ends")


def test_an_id_given_twice_in_a_table_is_named_with_both_lines(folder):
    path = folder / "references.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]))
    one(folder, "references.csv, line 5 (january), figure_id", "stands in line 2 already")


def test_an_id_given_twice_in_two_tables_is_named(folder):
    data = rows()
    data["by_country"][0]["figure_id"] = "buses"
    write_case(folder, data)
    one(folder, "by_country.csv, buses, figure_id", "stands in figures.csv already")


def test_low_above_high_is_refused(folder):
    spoil(folder, "figures", ",20,30,", ",30,20,")
    assert "figures.csv, buses, low: low 30 is above high 20. Swap them" in faults(folder)[0]


def test_an_unknown_unit_is_named_with_the_units_there_are(folder):
    spoil(folder, "figures", "strikes/day", "strokes/day")
    one(folder, "figures.csv, buses, unit: unknown unit 'strokes/day'", "Build it of strike, sortie")


def test_a_unit_written_otherwise_is_put_right(folder):
    spoil(folder, "figures", "strikes/day", "strike/days")
    one(folder, "buses, unit", "Write strikes/day")


def test_a_quote_that_does_not_occur_in_the_article_is_refused(folder, article):
    spoil(folder, "figures", "Rivals ran two", "Rivals run two")
    found = faults(folder, article)
    assert "figures.csv, rivals, quote: the quote does not occur in the article. Copy the words" in found[0]


def test_a_quote_with_common_spaces_for_no_break_ones_says_so(folder, article):
    data = rows()
    row = data["figures"][1]
    row["quote"], row["quote_end"] = "Rivals ran two or four. It", row["quote_end"] + 4
    write_case(folder, data)
    assert "Copy the raw characters, no-break spaces too" in faults(folder, article)[0]


def test_a_quote_that_occurs_twice_is_refused_until_its_surroundings_make_it_one(folder, article):
    data = rows()
    row = data["figures"][0]
    row.update(quote="ran", quote_start=33, quote_end=36, as_printed="ran", numeral_start=33, numeral_end=36)
    write_case(folder, data)
    assert any("occur 2 times" in f and "Lengthen prefix and suffix" in f for f in faults(folder, article))
    row.update(prefix="Rivals ", quote_start=51, quote_end=54, numeral_start=51, numeral_end=54)
    write_case(folder, data)
    assert not any("occur" in f and "times" in f for f in faults(folder, article))


def test_an_offset_that_is_off_by_one_says_where_the_words_stand(folder, article):
    data = rows()
    data["figures"][1]["numeral_start"] += 1
    write_case(folder, data)
    one(folder, "rivals, numeral_start", "does not stand at", f"it stands at {data['figures'][1]['numeral_start'] - 1}",
        article=article)  # fmt: skip


def test_another_text_than_the_one_that_was_coded_is_refused(folder, article):
    article.write_text("Another article. 20-30")
    one(folder, "not the text that was coded", article=article)


def test_a_digit_in_the_article_that_nobody_accounts_for_is_a_fault(folder, article):
    data = rows()
    data["figures"] = data["figures"][:2]
    write_case(folder, data)
    one(folder, "'900' at", "neither a figure nor set aside", article=article)


def test_a_number_with_a_point_for_thousands_is_refused(folder):
    spoil(folder, "figures", ",900,900,", ",80.000,80.000,")
    assert (
        "figures.csv, riders, low: '80.000' could be two numbers. Write it without separators: 80000"
        in faults(folder)[0]
    )


@pytest.mark.parametrize("date", ["20-Mar", "Mar-30", "2026-05-02", "3/20/2026"])
def test_a_number_that_a_spreadsheet_made_a_date_is_found_by_its_quote(folder, date):
    spoil(folder, "figures", ",20-30,", f",{date},")
    one(folder, "figures.csv, buses, as_printed", "a date that a spreadsheet made", "column as text")


def test_a_low_end_that_a_spreadsheet_made_a_date_is_refused(folder):
    spoil(folder, "figures", ",20,30,", ",2-May,30,")
    assert any("'2-May' is no number" in f and "a spreadsheet may have made a date of it" in f for f in faults(folder))


@pytest.mark.parametrize("formula", ["=cmd()", "+1+1", "-2+3", "@SUM(A1)", "\tx"])
def test_a_cell_that_a_spreadsheet_would_run_is_refused_unless_escaped(folder, formula):
    spoil(folder, "definitions", "a bus", formula)
    one(folder, "definitions.csv, bus, meaning", "would run as a formula", "apostrophe")


@pytest.mark.parametrize("text", ["=cmd()", "-5 to 6", "'quoted'", "''", "@x", "plain"])
def test_our_writer_escapes_formulae_and_our_reader_restores_them(folder, text):
    data = rows()
    data["definitions"][0]["meaning"] = text
    write_case(folder, data)
    assert faults(folder) == []
    assert analysis.load(folder).definitions["meaning"][0] == text


def test_an_empty_table_is_refused_with_or_without_its_header(folder):
    path = folder / "relay.csv"
    header = path.read_text().splitlines(keepends=True)[0]
    for content in ("", header):
        path.write_text(content)
        one(folder, "relay.csv", "the table is empty")


def test_columns_that_are_missing_or_unknown_are_named(folder):
    spoil(folder, "relay", "wording", "words")
    one(folder, "relay.csv, line 1", "missing: wording", "unknown: words")


def test_a_row_with_too_many_cells_is_placed(folder):
    spoil(folder, "relay", "up to 30 buses", "up to 30, buses")
    one(folder, "relay.csv, line 2", "9 cells where the header has 8")


def test_a_word_that_is_not_in_the_codebook_is_refused(folder):
    spoil(folder, "figures", "indirect speech", "hearsay")
    one(folder, "buses, channel: 'hearsay' is not one of the codebook's words", "direct quote")


def test_an_empty_cell_that_must_be_filled_is_refused(folder):
    spoil(folder, "figures", "the mayor", "")
    one(folder, "buses, said_by: the cell is empty", "unknown")


def test_a_date_that_is_none_is_refused(folder):
    spoil(folder, "references", "2017-01-31", "2017-02-31x")
    assert "period_end: '2017-02-31x' is no date" in faults(folder)[0]


def test_a_row_whose_document_has_no_card_is_refused(folder):
    spoil(folder, "figures", "gazette-2017-06-15", "gazette-2017-06-16")
    one(folder, "buses, source_id: there is no 'gazette-2017-06-16'", "sources.csv")


@pytest.mark.parametrize("side", ["russia", "coalition"])
def test_a_pairing_over_a_row_that_is_not_there_is_refused(folder, side):
    data = rows()
    data["scopes"][1][side] = "march"
    write_case(folder, data)
    one(folder, f"scopes.csv, winter, {side}: there is no 'march'", "Give that figure a row")


def test_a_pairing_without_a_second_side_is_a_ratio_that_one_body_states(folder):
    data = rows()
    data["scopes"][1]["coalition"] = ""
    write_case(folder, data)
    assert faults(folder) == []


def test_a_card_in_which_no_row_stands_is_refused(folder):
    data = rows()
    data["sources"].append(data["sources"][0] | {"source_id": "stray"})
    write_case(folder, data)
    one(folder, "sources.csv, stray", "no row stands in this document")


def test_a_derivation_over_a_row_that_is_not_there_is_refused(folder):
    spoil(folder, "references", "january + february", "january + march")
    assert any("both-months, derivation: there is no 'march'" in f for f in faults(folder))


def test_a_derived_number_that_does_not_follow_from_its_working_is_refused(folder):
    spoil(folder, "references", ",3700,", ",3701,")
    one(folder, "both-months, low: the working gives more than 3,700 sorties", "the row says 3,701")


def test_a_derivation_that_adds_unlike_units_is_refused(folder):
    spoil(folder, "references", "january + february", "january + buses")
    assert any("both-months, derivation: cannot add january (sorties) and buses" in f for f in faults(folder))


def test_a_number_coded_otherwise_than_it_is_printed_is_refused(folder):
    spoil(folder, "figures", ",900,900,", ",9000,9000,")
    one(folder, "riders, as_printed", "printed '900'")


def test_a_web_address_that_could_run_is_refused(folder):
    spoil(folder, "sources", "https://example.org/buses", "javascript:alert(1)")
    one(folder, "sources.csv, gazette-2017-06-15, url", "is no web address")


def test_a_stale_datapackage_is_refused(folder):
    path = folder / "datapackage.json"
    path.write_text(path.read_text().replace("figures", "numbers"))
    one(folder, "datapackage.json", "python -m analysis schema --write")


def test_loading_names_every_fault_at_once(folder):
    spoil(folder, "figures", "indirect speech", "hearsay", count=2)
    with pytest.raises(analysis.CaseError) as e:
        analysis.load(folder)
    assert [f.row for f in e.value.faults] == ["buses", "rivals"]


def test_a_case_that_is_not_there_is_named_with_those_that_are(tmp_path):
    with pytest.raises(FileNotFoundError, match="putin-stone-2017"):
        analysis.load("no-such-case")
    with pytest.raises(FileNotFoundError, match=r"no case\.toml"):
        analysis.load(tmp_path)


def test_writing_a_table_twice_gives_the_same_bytes_and_leaves_nothing_behind(folder):
    before = (folder / "figures.csv").read_bytes()
    tables.write(analysis.load(folder).figures, folder / "figures.csv", "figures")
    assert (folder / "figures.csv").read_bytes() == before
    assert not list(folder.glob("*.new"))


def test_a_write_that_fails_leaves_the_old_table(folder, monkeypatch):
    before = (folder / "relay.csv").read_bytes()
    monkeypatch.setattr(tables, "_cell", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tables.write(analysis.load(folder).relay, folder / "relay.csv", "relay")
    assert (folder / "relay.csv").read_bytes() == before


def test_every_table_of_the_schema_is_read_as_its_types_say(case):
    for name in TABLES:
        for column, meant in TABLES[name].items():
            kind = {"number": "float64", "integer": "Int64"}.get(meant.type, "str")
            assert str(getattr(case, name)[column].dtype) == kind, (name, column)


def test_a_copied_case_reads_from_wherever_it_lies(folder, tmp_path):
    there = tmp_path / "a folder é"
    shutil.copytree(folder, there)
    assert isinstance(analysis.load(there).figures, pd.DataFrame)
