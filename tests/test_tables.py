"""Reading a case: each thing that can be wrong with a file is named, with its row, its column and a remedy."""

import csv
import io
import shutil

import pandas as pd
import pytest

import analysis
from analysis import check, tables
from analysis.__main__ import main
from analysis.schema import TABLES
from tests.conftest import META, rows, write_case


def spoil(folder, table, old, new, count=1):
    """Change text in one file of a case, as a slip of the hand or a spreadsheet would."""
    path = folder / f"{table}.csv"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, count).encode())


def faults(folder, article=None):
    return [str(f) for f in check.check(folder, [article] if article else []).faults]


def one(folder, *parts, article=None):
    """The case has one fault, whose text holds all the parts."""
    found = faults(folder, article)
    assert len(found) == 1, found
    for part in parts:
        assert part in found[0], found[0]


def test_a_good_case_has_no_fault(folder, article):
    assert faults(folder, article) == []


@pytest.mark.parametrize("table", ["figures", "sources"])
def test_a_table_that_every_case_needs_is_named_where_it_is_missing(folder, table):
    (folder / f"{table}.csv").unlink()
    assert f"{table}.csv: there is no such file in buses/. Write it, with its header." in faults(folder)


OTHERS = [t for t in TABLES if t not in ("figures", "sources")]


@pytest.mark.parametrize("table", OTHERS)
@pytest.mark.parametrize("kept", ["nothing", "its header"])
def test_any_other_table_may_be_missing_or_have_no_rows(folder, table, kept):
    data = {t: r for t, r in rows().items() if t != table}
    if table == "references":  # what other tables say of its rows goes with them
        data["scopes"] = data["scopes"][:1]
        data["sources"] = data["sources"][:1]
        data.pop("bodies")
    write_case(folder, data)
    path = folder / f"{table}.csv"
    path.write_text(path.read_text().splitlines(keepends=True)[0] if kept == "its header" else "")
    if kept == "nothing":
        path.unlink()
    assert faults(folder) == []
    empty = getattr(analysis.load(folder), table)
    assert list(empty.columns) == list(TABLES[table])
    assert empty.empty


def test_bytes_that_are_not_utf_8_are_placed(folder):
    path = folder / "relay.csv"
    path.write_bytes(path.read_bytes().replace(b"up to 30", b"up to \xe9"))
    one(folder, "relay.csv, line 2", "not UTF-8", "0xe9", "Save the file as UTF-8")


def spreadsheet(path, separator=",", mark=b"\xef\xbb\xbf"):
    """A file's bytes as a spreadsheet saves them: a byte-order mark, Windows line ends, another separator."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(lines)
    path.write_bytes(mark + out.getvalue().encode())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_is_read_and_said_once_a_file(folder, separator):
    before = analysis.load(folder)
    for table in ("figures", "relay"):
        spreadsheet(folder / f"{table}.csv", separator)
    result = check.check(folder)
    assert result.faults == []
    name = {",": "", ";": ", semicolons", "\t": ", tabs"}[separator]
    for table in ("figures", "relay"):
        assert result.notes.count(f"{table}.csv: written with a byte-order mark, Windows line ends{name}") == 1
        pd.testing.assert_frame_equal(getattr(analysis.load(folder), table), getattr(before, table))


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
    spoil(folder, "figures", "buses/day", "buzzes/day")
    one(folder, "figures.csv, buses, unit: unknown unit 'buzzes/day'", "Build it of bus, run, rider", "[words.units]")


def test_a_unit_written_otherwise_is_put_right(folder):
    spoil(folder, "figures", "buses/day", "bus/days")
    one(folder, "buses, unit", "Write buses/day")


def test_a_quote_that_does_not_occur_in_the_article_is_refused(folder, article):
    spoil(folder, "figures", "Rivals ran two", "Rivals run two")
    found = faults(folder, article)
    assert "figures.csv, rivals, quote: the quote does not occur in the article. Copy the words" in found[0]


def test_a_quote_with_common_spaces_for_no_break_ones_says_so(folder, article):
    data = rows()
    row = data["figures"][1]
    row["quote"], row["quote_end"] = "Rivals ran two or four. It", row["quote_end"] + 4
    write_case(folder, data)
    assert (
        "the article has a no-break space where it has a plain space. Copy the article's own"
        in faults(folder, article)[0]
    )


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


def test_a_needed_table_without_rows_is_refused(folder):
    path = folder / "figures.csv"
    path.write_text(path.read_text().splitlines(keepends=True)[0])
    assert "figures.csv: the table is empty. Write at least one row under the header." in faults(folder)


def test_a_fault_at_the_head_of_a_file_is_told_alone(folder):
    spoil(folder, "figures", "figure_id", "figure")
    one(folder, "figures.csv, line 1", "missing: figure_id", "unknown: figure")
    write_case(folder, rows())
    spoil(folder, "sources", "publisher", "paper")
    one(folder, "sources.csv, line 1", "missing: publisher")


def test_columns_that_are_missing_or_unknown_are_named(folder):
    spoil(folder, "relay", "wording", "words")
    one(folder, "relay.csv, line 1", "missing: wording", "unknown: words")


def test_a_row_with_too_many_cells_is_placed(folder):
    spoil(folder, "relay", "up to 30 buses", "up to 30, buses")
    one(folder, "relay.csv, line 2", "9 cells where the header has 8")


@pytest.mark.parametrize("table", ["figures", "relay", "sources", "bodies"])
def test_a_row_with_more_cells_than_the_header_is_placed_though_the_last_is_empty(folder, table):
    path = folder / f"{table}.csv"
    lines = path.read_text().splitlines(keepends=True)
    lines[1] = f"{lines[1].rstrip()},\n"
    path.write_text("".join(lines))
    assert (
        f"{table}.csv, line 2: {len(TABLES[table]) + 1} cells where the header has {len(TABLES[table])}"
        in faults(folder)[0]
    )


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


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_pairing_over_a_row_that_is_not_there_is_refused(folder, side):
    data = rows()
    data["scopes"][1][side] = "march"
    write_case(folder, data)
    one(folder, f"scopes.csv, winter, {side}: there is no 'march'", "Give that figure a row")


def test_a_pairing_without_a_second_side_is_a_ratio_that_one_body_states(folder):
    data = rows()
    data["scopes"][1]["b"] = ""
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
    one(folder, "both-months, low: the working gives more than 3,700 runs", "the row says more than 3,701")


def test_a_derivation_that_adds_unlike_units_is_refused(folder):
    spoil(folder, "references", "january + february", "january + buses")
    assert any("both-months, derivation: cannot add january (runs) and buses" in f for f in faults(folder))


def test_a_number_coded_otherwise_than_it_is_printed_is_refused(folder):
    spoil(folder, "figures", ",900,900,", ",9000,9000,")
    one(folder, "riders, as_printed", "printed '900'")


def test_a_web_address_that_could_run_is_refused(folder):
    spoil(folder, "sources", "https://example.org/buses", "javascript:alert(1)")
    one(folder, "sources.csv, gazette-2017-06-15, url", "is no web address")


def test_a_stale_datapackage_is_refused_with_a_remedy_that_works(folder):
    path = folder / "datapackage.json"
    assert main(["schema", str(folder), "--write"]) == 0
    assert faults(folder) == []
    path.write_text(path.read_text().replace("figures", "numbers"))
    one(folder, "datapackage.json", f"check {folder} --fix")
    assert main(["check", str(folder), "--fix"]) == 0
    assert faults(folder) == []


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


# What rests on itself -------------------------------------------------------------------------------------------------


def linked(folder, column, **links):
    """The invented case with ids written into one column of some of its references."""
    data = rows()
    for row in data["references"]:
        row[column] = links.get(row["figure_id"], "")
    write_case(folder, data)


def test_a_derivation_that_names_its_own_row_is_refused(folder):
    linked(folder, "derivation", **{"both-months": "both-months + january"})
    one(folder, "references.csv, both-months, derivation: it rests on itself: both-months, both-months", "Mend")


def test_derivations_that_rest_on_each_other_are_refused(folder):
    linked(folder, "derivation", january="february + both-months", february="january + both-months")
    assert any("references.csv, february, derivation: it rests on itself: february, january, february" in f
               or "references.csv, january, derivation: it rests on itself: january, february, january" in f
               for f in faults(folder))  # fmt: skip


def test_a_number_that_repeats_itself_is_refused(folder):
    linked(folder, "repeats", january="january")
    assert any("references.csv, january, repeats: it rests on itself: january, january" in f for f in faults(folder))


@pytest.mark.parametrize(
    ("column", "slip"),
    [
        ("repeats", "february; buses"),
        ("source_id", "our sums"),
        ("source_id", " our-sums"),
        ("counted_by", " Traffic Office"),
    ],
)
def test_an_id_or_a_name_with_a_slip_in_it_has_one_fault(folder, column, slip):
    data = rows()
    data["references"][0] = data["references"][0] | {column: slip}
    write_case(folder, data)
    one(folder, f"references.csv, january, {column}")


def test_two_pairs_of_numbers_that_repeat_each_other_are_both_refused(folder):
    data = rows()
    pairs = {"january": "february", "february": "january", "buses": "rivals", "rivals": "buses"}
    for row in [*data["references"], *data["figures"]]:
        row["repeats"] = pairs.get(row["figure_id"], "")
    write_case(folder, data)
    assert sum("rests on itself" in f for f in faults(folder)) == 2


# case.toml ------------------------------------------------------------------------------------------------------------


def retell(folder, old, new):
    """Change text in case.toml."""
    assert old in META
    (folder / "case.toml").write_text(META.replace(old, new, 1), encoding="utf-8")


def test_a_case_toml_that_is_no_toml_is_one_fault(folder):
    retell(folder, "version =", "version")
    one(folder, "case.toml", "it is not TOML")


def test_a_case_toml_with_a_byte_order_mark_is_read(folder):
    (folder / "case.toml").write_bytes(b"\xef\xbb\xbf" + META.encode())
    assert faults(folder) == []


@pytest.mark.parametrize("text", ["x = " + "[" * 3000 + "]" * 3000, "x = " + "9" * 6000])
def test_a_case_toml_beyond_what_can_be_read_is_one_fault(folder, text):
    (folder / "case.toml").write_text(f"{text}\n{META}", encoding="utf-8")
    one(folder, "case.toml: it is not TOML", "Mend that line")


def test_bytes_of_case_toml_that_are_not_utf_8_are_placed(folder):
    (folder / "case.toml").write_bytes(META.replace("How many", "Combi\xe9n").encode("latin-1"))
    one(folder, "case.toml, line 2", "0xe9", "UTF-8")


@pytest.mark.parametrize("entry", ["id", "title", "version", "coded_on"])
def test_an_entry_that_is_missing_from_case_toml_is_named(folder, entry):
    line = next(line for line in META.splitlines(keepends=True) if line.startswith(f"{entry} ="))
    retell(folder, line, "")
    one(folder, f"case.toml, {entry}: the entry is missing")


@pytest.mark.parametrize("value", ["7", "2026-11-22", '["a"]', "true"])
def test_an_entry_of_case_toml_that_is_no_text_is_named(folder, value):
    retell(folder, 'title = "How many buses?"', f"title = {value}")
    one(folder, "case.toml, title: it is no text", 'between "quotes"')


def test_a_date_of_case_toml_without_quotation_marks_is_named_in_its_table(folder):
    retell(folder, "[article]", "[article]\npublished = 2017-06-15")
    one(folder, "case.toml, article.published: it is no text", 'between "quotes"')


def test_a_part_of_case_toml_that_is_no_table_is_named(folder):
    (folder / "case.toml").write_text(f'unknown = "yesterday"\n{META}', encoding="utf-8")
    one(folder, "case.toml, unknown: it is no table", "[unknown]")


def test_an_article_that_is_no_table_is_one_fault(folder, article):
    retell(folder, "[article]\nsource_id =", "article =")
    one(folder, "case.toml, article: it is no table", article=article)


def test_an_article_that_names_no_document_is_one_fault(folder, article):
    retell(folder, "[article]\nsource_id =", "[article]\noutlet =")
    one(folder, "case.toml, article.source_id: the entry is missing", article=article)


@pytest.mark.parametrize(("old", "new", "said"), [
    ('[[hands]]\n', '[hands]\n', "hands: it is no list of tables. Write each under a line [[hands]]"),
    ('step = "the speech"\n', '', "hands.1.step: the entry is missing"),
    ('date = "2017-06-14"', 'date = "June"', "hands.1.date: 'June' is no date"),
    ('who = "the mayor"', 'who = ["the mayor"]', "hands.1.who: it is no text"),
    ('who = "the mayor"', 'who = "the mayor"\nknown = "perhaps"', "hands.1.known: 'perhaps' is neither stated nor"),
    ('who = "the mayor"', 'who = "the mayor"\nsessions = ["May"]', "hands.1.sessions: it is no list of tables"),
    ('bus = "buses"', 'bus = "runs"', "words.units.run: 'runs' stands twice"),
    ('bus = "buses"', 'bus = "buses/day"', "words.units.bus: 'buses/day' cannot be a noun"),
    ('bus = "buses"', 'bus = "buses"\nday = "days"', "words.units.day: 'day' is a unit of every case"),
    ('use = ["riders"', 'use = ["buses in service"', "words.measures: 'buses in service' stands twice"),
    ('use = ["riders", "season riders"]', 'use = "riders"', "words.measures: it is no table of lists"),
    ('"the valley" = ["Upper', '"the valley" = ["Outer', "words.places: 'the valley' holds 'Outer Town', which is no"),
    ('"Lower Town" = []', '"Lower Town" = ["the valley"]', "words.places: 'Lower Town' lies within itself"),
    ('season riders"', 'season \u200eriders"', "words.measures.use.2: a hidden character (U+200E) stands there"),
    ('"Lower Town" = []', '"unknown" = []', "words.places: 'unknown' may stand in every case"),
    ('parties = ["town hall"', 'parties = ["none known"', "words.parties: 'none known' may stand in every case"),
    ('parties = ', 'partys = ', "words.partys: nothing reads this entry"),
    ('units = ["buses"', 'units = ["trams"', "words.scope.units: 'trams' is no plural of [words.units]"),
    ('places = ["not stated", "Upper', 'places = ["not stated", "Outer', "words.scope.places: 'Outer Town' is no place"),
    ('adjective = "rival"\n', '', "words.sides.b.adjective: the dial needs this entry"),
    ('"the valley" = "This holds', '"the dale" = "This holds', "scope.left_out.the valley: the dial needs this entry"),
    ('colour = "#123456"', 'colour = "blue"', "groups.town.colour: 'blue' is no colour. Write it as #rrggbb"),
    ('shape = "square"', 'shape = "star"', "groups.town.shape: 'star' is no shape. Use one of: circle"),
    ('label = "Everyone else"\n', '', "groups.others.label: the entry is missing"),
])  # fmt: skip
def test_what_is_wrong_with_the_hands_the_words_and_the_dial_is_named(folder, old, new, said):
    retell(folder, old, new)
    assert any(f.startswith(f"case.toml, {said}") for f in faults(folder)), faults(folder)


@pytest.mark.parametrize(("table", "old", "new", "said"), [
    ("figures", "buses in service", "trams", "buses, measure: 'trams' is not one of the case's words. Use one of: buses in"),
    ("figures", "Upper Town", "Outer Town", "buses, place: 'Outer Town' is not one of the case's words"),
    ("bodies", "town hall", "town", "traffic-office, party: 'town' is not one of the case's words"),
    ("bodies", ",town,", ",down,", "traffic-office, group: 'down' is not one of the case's words"),
    ("references", "Traffic Office", "Office", "january, counted_by: there is no body 'Office'. Give it a row in bodies.csv"),
    ("bodies", "none known,,", "none known,,nobody", "gazette, speaks_for: there is no 'nobody'"),
    ("bodies", "none known,,", "none known,,gazette", "gazette, speaks_for: it rests on itself: gazette, gazette"),
    ("bodies", "The Gazette", "Traffic Office", "line 3 (gazette), name: 'Traffic Office' stands in line 2 already"),
])  # fmt: skip
def test_a_word_that_is_none_of_the_case_s_own_is_refused_with_where_to_add_it(folder, table, old, new, said):
    spoil(folder, table, old, new)
    assert any(f.startswith(f"{table}.csv, {said}") for f in faults(folder)), faults(folder)


@pytest.mark.parametrize("letter", ["\0", "\u202e", "\u2028", "\u200f", "\ufeff", "\x1b"])
def test_a_letter_that_nobody_sees_is_refused(folder, letter):
    spoil(folder, "figures", "the mayor", f"the {letter}mayor")
    one(folder, "buses, said_by: a hidden character", f"U+{ord(letter):04X}", "Remove it")


@pytest.mark.parametrize("number", ["0.375", "1.268", "14.005", "0.001"])
def test_a_number_of_three_decimals_is_one_number(folder, number):
    data = rows()
    data["by_country"][0].update(as_printed="", low=number, high=number)
    write_case(folder, data)
    assert faults(folder) == []
    assert analysis.load(folder)["list-alb"].low == float(number)


def test_a_document_that_case_toml_names_without_a_card_is_a_fault(folder):
    (folder / "case.toml").write_text(
        META.replace("[article]", '[article]\nheadline_source_id = "nobody"'), encoding="utf-8"
    )
    one(folder, "case.toml, article.headline_source_id: there is no 'nobody'", "sources.csv")


@pytest.mark.parametrize("entry", ["published", "captured"])
def test_a_date_of_case_toml_that_is_none_is_named(folder, entry):
    (folder / "case.toml").write_text(META.replace("[article]", f'[article]\n{entry} = "2017-13-45"'), encoding="utf-8")
    one(folder, f"case.toml, article.{entry}: '2017-13-45' is no date", "YYYY-MM-DD or unknown")


def test_the_package_of_a_broken_case_toml_is_not_written(folder, capsys):
    retell(folder, 'id = "buses"', "")
    assert main(["schema", "--write", str(folder)]) == 1
    assert "case.toml, id: the entry is missing" in capsys.readouterr().err


# Cells that once ended in a traceback ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    ["(strikes", "buses)", "buses/0", "·".join(["buses"] * 5000), "buses\0", "buses**100000000",
     "buses**0.5", "buses/day/", "buses·1", "1/2", "buses\n"],
)  # fmt: skip
def test_a_unit_that_is_not_built_of_the_codebook_s_words_is_refused(folder, unit):
    spoil(folder, "figures", "buses/day", f'"{unit}"')
    found = [f for f in faults(folder) if "figures.csv, buses, unit" in f]
    assert len(found) == 1


@pytest.mark.parametrize("number", ["٢٠", "9" * 321, "1" + "0" * 15])
def test_a_number_in_other_digits_or_in_too_many_is_refused(folder, number):
    spoil(folder, "figures", ",20,30,", f",{number},30,")
    found = [f for f in faults(folder) if "figures.csv, buses, low" in f]
    assert len(found) == 1
    assert len(found[0]) < 300


@pytest.mark.parametrize("offset", ["٩", "9" * 30, "nine", "9" * 5000])
def test_an_offset_that_is_no_whole_number_is_refused(folder, article, offset):
    data = rows()
    data["figures"][0]["quote_start"] = 9
    write_case(folder, data)
    spoil(folder, "figures", ",9,", f",{offset},")
    found = faults(folder, article)
    assert any("figures.csv, buses, quote_start" in f and "no whole number" in f for f in found)


def test_how_many_returned_is_a_number_too(folder):
    data = rows()
    data["by_country"][0]["returned"] = 5
    write_case(folder, data)
    spoil(folder, "by_country", ",5,", ",some,")
    one(folder, "by_country.csv, list-alb, returned: 'some' is no number")


def test_a_derived_row_whose_document_has_no_card_is_one_fault(folder):
    spoil(folder, "references", ",our-sums,", ",we-counted,")
    assert any("both-months, source_id: there is no 'we-counted'" in f for f in faults(folder))


def test_a_cell_that_is_too_long_for_csv_is_placed(folder):
    spoil(folder, "relay", "up to 30 buses", "x" * 200_000)
    before = csv.field_size_limit(131_072)  # another package may have raised it for the whole process
    try:
        one(folder, "relay.csv, line 2", "131072")
    finally:
        csv.field_size_limit(before)


def test_a_derivation_with_a_number_too_large_to_compute_with_is_refused(folder):
    spoil(folder, "references", "january + february", "january + february * " + "9" * 400)
    found = [f for f in faults(folder) if "both-months, derivation" in f]
    assert len(found) == 1


@pytest.mark.parametrize("date", ["2017-02-30", "2017-04-31", "2017-02-29", "0000", "٢٠١٧"])
def test_a_day_that_the_calendar_does_not_have_is_refused(folder, date):
    spoil(folder, "references", "2017-01-31", date)
    assert any(f"references.csv, january, period_end: '{date}' is no date" in f for f in faults(folder))


def test_a_leap_day_is_a_date(folder):
    spoil(folder, "sources", "2017-06-15,printed", "2016-02-29,printed")
    assert not any("is no date" in f for f in faults(folder))


def test_a_fault_below_a_cell_with_line_breaks_names_the_line_of_the_file(folder):
    data = rows()
    data["definitions"].append(data["definitions"][0] | {"definition_id": "coach"})
    data["definitions"][0]["meaning"] = "a bus,\nor\na coach"
    write_case(folder, data)
    spoil(folder, "definitions", "coach,bus", "coach,x,bus")
    one(folder, "definitions.csv, line 5", "cells where the header has")


def test_a_printed_number_with_a_plus_sign_is_written_and_read_again(folder):
    data = rows()
    data["references"][0].update(quote="a total of +3100", as_printed="+3100")
    write_case(folder, data)
    assert faults(folder) == []
    assert analysis.load(folder)["january"].row["as_printed"] == "+3100"


@pytest.mark.parametrize("date", ["5-Feb", "2026-05-02", "3/20/2026", "Mar-30"])
def test_a_date_that_a_spreadsheet_made_is_found_where_there_is_no_quote(folder, date):
    data = rows()
    data["by_country"][0]["as_printed"] = date
    write_case(folder, data)
    one(folder, "by_country.csv, list-alb, as_printed", "a date that a spreadsheet made", "column as text")


@pytest.mark.parametrize("printed", ["5-7", "1-10", "7-5"])
def test_a_range_without_a_quote_is_no_date(folder, printed):
    data = rows()
    data["by_country"][0].update(as_printed=printed, low=7, high=7)
    write_case(folder, data)
    assert not any("spreadsheet" in f for f in faults(folder))


# Offsets among themselves, without the article ------------------------------------------------------------------------


def offset(folder, table, place, **cells):
    """The invented case with other cells in one row."""
    data = rows()
    data[table][place].update(cells)
    write_case(folder, data)


def test_a_quote_that_starts_after_it_ends_is_refused_without_the_article(folder):
    offset(folder, "figures", 0, quote_start=44, quote_end=15)
    one(
        folder,
        "figures.csv, buses, quote_start: it starts at 44 and ends at 15",
        f"check {folder} --fill --article FILE, where FILE is the file with the article's text",
    )


def test_a_quote_longer_or_shorter_than_its_offsets_say_is_refused_without_the_article(folder):
    end = rows()["figures"][0]["quote_end"]
    offset(folder, "figures", 0, quote_end=end + 1)
    one(folder, "figures.csv, buses, quote_start", "28 characters, and the words have 27")


def test_a_numeral_outside_its_quote_is_refused_without_the_article(folder):
    offset(folder, "figures", 0, numeral_start=0, numeral_end=5)
    one(folder, "figures.csv, buses, numeral_start", "'20-30' does not stand at 0-5", "in the quote")


@pytest.mark.parametrize("column", ["quote_start", "quote_end", "numeral_start", "numeral_end"])
def test_a_figure_of_the_article_without_an_offset_is_refused(folder, column):
    offset(folder, "figures", 0, **{column: ""})
    one(folder, "figures.csv, buses, " + column.replace("_end", "_start"), "no offset")


def test_a_reference_has_no_offsets(folder):
    offset(folder, "references", 0, numeral_start=0)
    one(folder, "references.csv, january, numeral_start: an offset in a text that is not the article", "Leave it empty")


def test_words_set_aside_whose_offsets_do_not_fit_are_refused_without_the_article(folder):
    start = rows()["set_aside"][0]["quote_start"]
    offset(folder, "set_aside", 0, quote_end=start + 5)
    one(folder, "set_aside.csv, line 2, quote_start", "5 characters, and the words have 4")


def test_offsets_are_counted_among_what_was_checked(folder):
    assert dict(check.check(folder).checked)["offsets checked among themselves"] == 4


# Writing --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "text"), [(1e-05, "0.00001"), (0.1, "0.1"), (2.5e-7, "0.00000025"), (40.0, "40")])
def test_a_small_number_is_written_so_that_our_reader_takes_it(folder, number, text):
    data = analysis.load(folder).figures
    data.loc[0, "low"] = number
    data.loc[0, "high"] = 50
    tables.write(data, folder / "figures.csv", "figures")
    assert f",{text},50," in (folder / "figures.csv").read_text()
    assert tables.read(folder / "figures.csv", "figures").rows[0]["low"] == text


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), 1e16])
def test_a_number_that_our_reader_refuses_is_not_written(folder, number):
    before = (folder / "figures.csv").read_bytes()
    data = analysis.load(folder).figures
    data.loc[0, "high"] = number
    with pytest.raises(ValueError, match="figures, row 1, high"):
        tables.write(data, folder / "figures.csv", "figures")
    assert (folder / "figures.csv").read_bytes() == before
