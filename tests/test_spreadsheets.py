"""What a spreadsheet makes of a case: read, said once, written back; and offsets filled in from the article's text."""

import csv
import io
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

import analysis
from analysis import against, check, commands, mend, placing, tables
from analysis.__main__ import main
from analysis.schema import TABLES
from tests.conftest import ARTICLE, rows, write_case

OFFSETS = placing.OFFSETS
EXCEL = {"mark": b"\xef\xbb\xbf", "end": "\r\n"}


def saved(path, separator=",", mark=b"", end="\n", quoting=csv.QUOTE_MINIMAL, change=lambda lines: lines):
    """Save a table as a spreadsheet does: another separator, a byte-order mark, its line ends, all cells quoted."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = change(list(csv.reader(file)))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(lines)
    path.write_bytes(mark + out.getvalue().encode())


FORMS = {
    "Excel, CSV UTF-8": EXCEL,
    "Excel in Europe": EXCEL | {"separator": ";"},
    "tabs": {"separator": "\t", "end": "\r\n"},
    "LibreOffice": {},
    "all cells quoted": {"quoting": csv.QUOTE_ALL},
    "empty rows and columns": {"change": lambda lines: [[*line, "", ""] for line in [*lines, [""] * len(lines[0])]]},
    "columns moved": {"change": lambda lines: [line[::-1] for line in lines]},
}


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("form", FORMS)
def test_a_saved_case_comes_back_from_a_spreadsheet_unchanged(folder, tmp_path, form):
    case = analysis.load(folder)
    kept = case.save(tmp_path / "kept")
    before = contents(kept)
    for path in kept.glob("*.csv"):
        saved(path, **FORMS[form])
    again = analysis.load(kept)
    for table in TABLES:
        assert getattr(again, table).equals(getattr(case, table)), table
    assert mend.fix(kept) or contents(kept) == before
    assert contents(kept) == before
    assert mend.fix(kept) == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="there is no program called soffice here")
@pytest.mark.parametrize("name", ["buses", "putin-stone-2017"])
def test_a_case_comes_back_from_libreoffice_byte_for_byte(folder, tmp_path, name):
    """CSV to xlsx to CSV, every column imported as text, as the README says."""
    case = analysis.load(folder if name == "buses" else name)
    kept = case.save(tmp_path / "kept")
    texts = "/".join(f"{n}/2" for n in range(1, 41))
    office = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    to_sheet = [*office, "xlsx:Calc MS Excel 2007 XML", f"--infilter=CSV:44,34,76,1,{texts}", "--outdir", tmp_path]
    back = [*office, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", tmp_path]
    subprocess.run([*to_sheet, *kept.glob("*.csv")], check=True, capture_output=True, timeout=120)
    subprocess.run([*back, *tmp_path.glob("*.xlsx")], check=True, capture_output=True, timeout=120)
    assert len(list(tmp_path.glob("*.csv"))) == len(list(kept.glob("*.csv"))) > 2
    for path in kept.glob("*.csv"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize(("form", "said"), [("Excel in Europe", "a byte-order mark, Windows line ends, semicolons"), ("tabs", "Windows line ends, tabs"),
                                            ("empty rows and columns", "empty rows or columns"), ("columns moved", "columns in another order")])  # fmt: skip
def test_the_form_of_a_file_is_a_note_once_a_file_and_no_fault(folder, capsys, form, said):
    saved(folder / "figures.csv", **FORMS[form])
    assert main(["check", str(folder)]) == 0
    out = capsys.readouterr().out
    assert out.count("figures.csv: written with") == 1
    assert f"figures.csv: written with {said}\n" in out
    assert f"check {folder} --fix\n" in out
    assert main(["check", str(folder), "--fix"]) == 0
    out = capsys.readouterr().out
    assert "figures.csv: written in its canonical form" in out
    assert "written with" not in out


def test_a_file_that_cannot_be_read_whole_is_left_as_it_is(folder):
    path = folder / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b"about 20-30 buses ran daily", b"about, 20-30 buses", 1))
    before = path.read_bytes()
    assert mend.fix(folder) == []
    assert path.read_bytes() == before


@pytest.mark.parametrize("spoilt", [b"\xff", b"", b"figure_id;source_id\n", b'figure_id,"', b"one,two\n1,2\n"])
def test_one_fault_at_the_head_of_a_file_brings_no_others_elsewhere(folder, spoilt):
    for table in ("figures", "references", "sources"):
        kept = (folder / f"{table}.csv").read_bytes()
        (folder / f"{table}.csv").write_bytes(spoilt)
        assert [f.file for f in check.check(folder).faults] == [f"{table}.csv"]
        (folder / f"{table}.csv").write_bytes(kept)


@pytest.mark.parametrize("hidden", ["\0", "\u202e", "\u2066", "\u200f", "\u2028", "\x1b", "\ufeff"])
@pytest.mark.parametrize("column", ["quote", "caveat", "said_by", "unit"])
def test_letters_that_nobody_sees_are_a_fault(folder, column, hidden):
    data = rows()
    data["references"][0][column] = f"a{hidden}b"
    write_case(folder, data)
    assert any("hidden character" in f.message and f.column == column for f in check.check(folder).faults)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("low", "7.6E+06", "a spreadsheet has shortened it"), ("low", "02-May", "a spreadsheet may have made a date of it"), ("low", "0,375", "Write a decimal point: 0.375"),
     ("low", "7,6", "Write a decimal point: 7.6"), ("low", "TRUE", "Write digits only"), ("low", "80.000", "Write it without separators: 80000"), ("low", "1.2e3", "a spreadsheet has shortened it"),
     ("period_start", "01/02/2017", "Write YYYY"), ("period_start", "Jan-17", "Write YYYY"), ("as_printed", "20-Mar", "is a date that a spreadsheet made")],
)  # fmt: skip
def test_what_a_spreadsheet_does_to_a_cell_is_told_with_the_way_back(folder, column, value, said):
    data = rows()
    data["figures"][0][column] = value
    write_case(folder, data)
    assert any(said in str(f) for f in check.check(folder).faults if f.column == column), check.check(folder).faults


@pytest.mark.parametrize("page", ["cp1252", "mac_roman"])
def test_letters_garbled_by_a_code_page_are_told_and_put_right(folder, page):
    data = rows()
    said = "the driver’s “friend”, Zoë; 5\u00a0000 – x"
    garbled = "".join(chr(b) if page == "cp1252" and b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([b]).decode(page) for b in said.encode())  # fmt: skip
    data["figures"][0]["said_by"], data["figures"][1]["caveat"] = garbled, "Zoë’s"
    write_case(folder, data)
    found = [str(f) for f in check.check(folder).faults]
    assert len(found) == 1
    assert "is garbled" in found[0]
    assert mend.fix(folder) == ["figures.csv: written in its canonical form"]
    assert analysis.load(folder).figures.said_by[0] == said
    assert analysis.load(folder).figures.caveat[1] == "Zoë’s"


@pytest.mark.parametrize(
    ("days", "made"),
    [(["26/11/2026", "01/02/2017"], ["2026-11-26", "2017-02-01"]), (["11/26/2026", "1/2/2017"], ["2026-11-26", "2017-01-02"]),
     (["26.11.2026", "1.2.2017"], ["2026-11-26", "2017-02-01"]), (["01/02/2017", "03/04/2017"], None), (["26/11/2026", "11/26/2026"], None)],
)  # fmt: skip
def test_days_written_a_spreadsheets_way_are_put_right_where_day_and_month_are_certain(folder, days, made):
    data = rows()
    for row, day in zip(data["figures"], days, strict=False):
        row["coded_on"] = day
    write_case(folder, data)
    assert sum(f"check {folder} --fix" in f.remedy for f in check.check(folder).faults) == 2
    mend.fix(folder)
    kept = [row["coded_on"] for row in tables.read(folder / "figures.csv", "figures").rows][:2]
    assert kept == (made or days)


# Filling in ---------------------------------------------------------------------------------------------------------


def emptied(data):
    for row in data["figures"]:
        row |= dict.fromkeys((*OFFSETS, "prefix", "suffix"), "")
    for row in data["set_aside"]:
        row |= {"quote_start": "", "quote_end": ""}
    return data


def test_offsets_prefix_and_suffix_are_filled_in_and_then_nothing_is_left_to_do(folder, article, capsys):
    write_case(folder, emptied(rows()))
    assert main(["check", str(folder), "--article", str(article)]) == 1
    assert main(["check", str(folder), "--fill", "--article", str(article)]) == 0
    assert "figures.csv: filled in 3 rows from the article" in capsys.readouterr().out
    case = analysis.load(folder)
    for row in case.figures.to_dict("records"):
        assert ARTICLE[row["quote_start"] : row["quote_end"]] == row["quote"]
        assert ARTICLE.count(row["prefix"] + row["quote"] + row["suffix"]) == 1
        assert (row["prefix"], row["suffix"]) != ("", "")
    before = contents(folder)
    assert main(["check", str(folder), "--fill", "--article", str(article)]) == 0
    assert contents(folder) == before


def filled(folder, article, data):
    """(the rows after filling in, what could not be placed)."""
    write_case(folder, data)
    _, faults = mend.fill(folder, [article])
    return tables.read(folder / "figures.csv", "figures").rows, [str(f) for f in faults]


def test_a_quote_that_occurs_more_often_is_left_and_its_places_are_named(folder, article):
    data = emptied(rows())
    data["figures"][0] |= {"quote": "ran", "as_printed": "ran"}
    made, faults = filled(folder, article, data)
    assert made[0]["quote_start"] == ""
    assert len(faults) == 1
    assert re.search(
        r"figures.csv, buses, quote: 'ran' stands at 33 \(….*ran daily.*…\), 51 \(….*Rivals ran.*…\)", faults[0]
    )
    assert "Lengthen the quote, or write some of the words before it into prefix" in faults[0]
    data["figures"][0]["prefix"] = "Rivals "
    made, faults = filled(folder, article, data)
    assert (made[0]["quote_start"], made[0]["numeral_end"], faults) == ("51", "54", [])


def test_what_cannot_be_filled_in_is_told_once_a_row(folder, article, capsys):
    data = emptied(rows())
    data["figures"][0] |= {"quote": "ran", "as_printed": "ran"}
    write_case(folder, data)
    assert main(["check", str(folder), "--fill", "--article", str(article)]) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("figures.csv, buses")]
    assert len(told) == 1, told


@pytest.mark.parametrize(
    ("printed", "typed", "said"),
    [("the drivers’ 5 buses", "the drivers' 5 buses", "the article has ’ where it has '"), ("some\u00a05 buses", "some 5 buses", "the article has a no-break space where it has a plain space"),
     ("from 5–6 buses", "from 5-6 buses", "the article has – where it has -"), ("“5 buses”", '"5 buses"', "the article has “ where it has \", ” where it has \""), ("5 old\nbuses", "5 old buses", "the article has a line end where it has a plain space")],
)  # fmt: skip
def test_a_letter_that_looks_like_the_articles_is_told_and_the_articles_own_is_written(printed, typed, said):
    text = placing.text_of(f"He saw {printed} there. Not 7.")
    row = {"figure_id": "a", "quote": typed, "as_printed": "5-6" if "6" in typed else "5", **dict.fromkeys((*OFFSETS, "prefix", "suffix"), "")}  # fmt: skip
    found = next(f for f in against.faults(text, [row], []) if f.column == "quote")
    assert said in found.message
    assert "Copy the article's own characters" in found.remedy
    assert list(placing.fill(text, [row], [])) == []
    assert (row["quote"], text.raw[int(row["quote_start"]) : int(row["quote_end"])]) == (printed, printed)
    assert row["as_printed"] in printed
    assert [f for f in against.faults(text, [row], []) if f.row == "a"] == []


def test_a_numeral_that_stands_twice_in_its_quote_is_named_unless_its_place_is_written(folder, article):
    text = placing.text_of("Then 5 of 5 buses ran, and 15 more.")
    row = {"figure_id": "a", "quote": "5 of 5 buses ran, and 15", "as_printed": "5", **dict.fromkeys((*OFFSETS, "prefix", "suffix"), "")}  # fmt: skip
    told = list(placing.fill(text, [row], []))
    assert "'5' stands at 5" in told[0].message
    assert ", 10" in told[0].message
    assert "numeral_start" in told[0].remedy
    row |= {"numeral_start": "10", "numeral_end": "11"}
    assert list(placing.fill(text, [row], [])) == []
    assert row["numeral_start"] == "10"


def test_a_quote_that_was_shortened_stays_with_its_numeral(folder, article):
    text = placing.text_of("About 5 buses. Later about 5 buses ran.")
    row = {"figure_id": "a", "quote": "5 buses", "as_printed": "5", "prefix": "Later about", "suffix": " ran.", "quote_start": "15", "quote_end": "39", "numeral_start": "27", "numeral_end": "28"}  # fmt: skip
    assert list(placing.fill(text, [row], [])) == []
    assert (row["quote_start"], row["quote_end"]) == ("27", "34")
    assert text.raw.count(row["prefix"] + row["quote"] + row["suffix"]) == 1


def test_tokens_set_aside_take_the_places_that_no_figure_has(folder, article):
    text = placing.text_of("In 2016, 2016 buses; in 2016 too; 12016.")
    figure = {"numeral_start": "9", "numeral_end": "13"}
    aside = [{"token": "2016", "quote_start": "", "quote_end": "", "line": n} for n in (2, 3)]
    assert list(placing.fill_aside(text, [figure], aside)) == []
    assert [row["quote_start"] for row in aside] == ["3", "24"]
    aside = [{"token": "2016", "quote_start": "", "quote_end": "", "line": 2}]
    assert "it stands at 3, 24" in next(placing.fill_aside(text, [figure], aside)).message
    aside = [{"token": "1999", "quote_start": "", "quote_end": "", "line": 2}]
    assert "does not occur" in next(placing.fill_aside(text, [figure], aside)).message


def test_the_article_s_hash_is_written_where_none_stands_and_a_quote_is_found(folder, article, tmp_path):
    data = emptied(rows())
    data["sources"][0] = data["sources"][0] | {"sha256": ""}
    write_case(folder, data)
    other = tmp_path / "other.txt"
    other.write_text("Another text, of 20-30 buses.")
    assert mend.fill(folder, [other]) == ([], [])
    assert mend.fill(folder, [article])[1] == []
    assert check.check(folder, [article]).faults == []


def test_a_text_that_belongs_to_no_case_is_named(folder, article, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(analysis.case, "home", lambda: folder.parent)
    other = tmp_path / "other.txt"
    other.write_text("Another text.")
    assert main(["check", "--article", str(article), "--article", str(other)]) == 1
    out = capsys.readouterr().out
    assert "no fault found" in out
    assert "No case was coded from other.txt" in out
    assert main(["check", "--fill", "--article", str(article)]) == 0
    assert main(["check", "--fill"]) == 1
    assert "--fill takes what it writes from the article" in capsys.readouterr().err


# Remedies -----------------------------------------------------------------------------------------------------------

# What is wrong (table, row, cells), and the remedy with the text that it gives for the column of the fault.
GIVEN = {
    "a word of no list": ("figures", 0, {"channel": "hearsay"}, r"Use one of: ([^,]+),"),
    "a word not of the case": ("figures", 0, {"place": "Elsewhere"}, r"Use one of: ([^,]+),.* add it to places in \[words\]"),
    "a unit that is none": ("figures", 0, {"unit": "buzzes/day"}, r"e\.g\. (buses/day)"),
    "a unit in another form": ("figures", 0, {"unit": "bus/days"}, r"Write (\S+)\.$"),
    "a number in groups": ("figures", 2, {"high": "9.000"}, r"Write it without separators: (\d+), if"),
    "a decimal comma": ("figures", 0, {"low": "19,5"}, r"Write a decimal point: ([0-9.]+)\.$"),
    "an empty cell": ("figures", 0, {"counted_by": ""}, r"write (unknown) where"),
    "no date": ("figures", 0, {"period_start": "soon"}, r"or (unknown)\.$"),
    "no hedge": ("figures", 0, {"hedge": "roughly"}, r"joined by ;: ([a-z ]+),"),
    "a working that gives another number": ("references", 2, {"low": "3600"}, r"Write what the working gives"),
}  # fmt: skip


@pytest.mark.parametrize("what", GIVEN)
def test_the_word_or_number_that_a_remedy_gives_is_taken(folder, what):
    table, n, cells, pattern = GIVEN[what]
    data = rows()
    data[table][n] = data[table][n] | cells
    write_case(folder, data)
    fault = next(f for f in check.check(folder).faults if f.column in cells)
    match = re.search(pattern, str(fault))
    assert match, fault
    given = match[1] if match.groups() else "3700"
    data[table][n] |= {fault.column: given}
    if fault.column == "hedge":
        data[table][n] |= {"hedge": given, "low": 20}
    write_case(folder, data)
    assert [f for f in check.check(folder).faults if f.column == fault.column] == []


TYPED = {
    "no offsets": lambda data: emptied(data),
    "an offset that is off": lambda data: data["figures"][1].update(numeral_start=1, numeral_end=12),
    "a token that is elsewhere": lambda data: data["set_aside"][0].update(quote_start=0, quote_end=4),
    "a look-alike": lambda data: data["figures"][1].update(quote="Rivals ran two or four. It"),
    "a prefix that does not fit": lambda data: data["figures"][1].update(prefix="nowhere "),
    "garbled letters": lambda data: data["figures"][1].update(caveat="the driverâ€™s"),
    "days of a spreadsheet": lambda data: data["figures"][1].update(coded_on="26/11/2026"),
    "a stale datapackage": lambda data: None,
}


@pytest.mark.parametrize("what", TYPED)
def test_a_command_that_a_remedy_names_puts_it_right_when_typed(folder, article, what, capsys):
    data = rows()
    TYPED[what](data)
    write_case(folder, data)
    if what == "a stale datapackage":
        (folder / "datapackage.json").write_text("{}")
    assert main(["check", str(folder), "--article", str(article)]) == 1
    typed = set(re.findall(rf"{re.escape(commands.COMMAND)} (check .*)", capsys.readouterr().out))
    assert len(typed) == 1, typed
    main(shlex.split(typed.pop()))
    assert main(["check", str(folder), "--article", str(article)]) == 0


def test_a_case_that_does_not_load_says_what_to_type_with_its_name(folder):
    data = rows()
    TYPED["garbled letters"](data)
    write_case(folder, data)
    with pytest.raises(analysis.CaseError, match=rf"{re.escape(f'check {folder} --fix')}$"):
        analysis.load(folder)


def test_names_with_a_space_are_typed_between_quotation_marks(folder, article, tmp_path):
    mine = article.rename(tmp_path / "my article.txt")
    write_case(folder, emptied(rows()))
    found = check.check(folder, [mine]).faults
    assert all(f.remedy.endswith(f'check {folder} --fill --article "{mine}"') for f in found)


# One fault a row ----------------------------------------------------------------------------------------------------


def told(folder, *articles):
    return check.check(folder, articles).faults


@pytest.mark.parametrize("spoilt", [b"\xff", b"one,two\n1,2\n", b'figure_id,"'])
@pytest.mark.parametrize("table", ["figures", "set_aside", "sources"])
def test_a_table_that_cannot_be_read_brings_no_faults_of_the_article_s_words(folder, article, table, spoilt):
    (folder / f"{table}.csv").write_bytes(spoilt)
    result = check.check(folder, [article])
    assert [f.file for f in result.faults] == [f"{table}.csv"]
    assert not [note for note in result.notes if "was not read" in note]


@pytest.mark.parametrize("at_hand", [True, False])
@pytest.mark.parametrize("cells", [dict.fromkeys(OFFSETS, ""), {"numeral_end": ""}, {"quote_start": "0", "quote_end": "3", "numeral_start": "1"}, {"quote": "buses ran weekly"},
                                   {"as_printed": "20-Mar", "quote_start": ""}, {"as_printed": "31"}, {"quote_start": "soon", "numeral_start": "1"}])  # fmt: skip
def test_a_row_whose_words_are_not_where_it_says_has_one_fault(folder, article, cells, at_hand):
    data = rows()
    data["figures"][0] = (
        data["figures"][0] | cells | ({"low": 31, "high": 31} if cells.get("as_printed") == "31" else {})
    )
    write_case(folder, data)
    found = told(folder, *[article] * at_hand)
    assert [f.row for f in found] == ["buses"], found
    assert "at -" not in found[0].message


def test_rows_without_offsets_have_one_fault_each(folder, article):
    write_case(folder, emptied(rows()))
    for articles in ([], [article]):
        assert sorted(f.row for f in told(folder, *articles)) == ["buses", "line 2", "riders", "rivals"]
    assert told(folder, article)[0].message == "'about 20-30 buses ran daily' has no offset; it stands at 15"


def test_where_filling_in_cannot_help_no_remedy_says_that_it_can(folder, article):
    data = emptied(rows())
    data["figures"][0] |= {"quote": "some 20-30 buses ran hourly"}
    data["figures"][1] |= {"quote": "ran", "as_printed": "ran"}
    data["set_aside"][0] |= {"token": "1999"}
    write_case(folder, data)
    found = {f.row: f for f in told(folder, article)}
    assert [row for row, fault in found.items() if "--fill" in fault.remedy] == ["riders"]
    assert "does not occur in the article" in found["buses"].message
    assert "stands at 33" in found["rivals"].message
    assert "does not occur" in found["line 2"].message


def test_a_number_of_a_row_with_a_fault_is_not_said_to_have_no_row(folder, article):
    data = rows()
    data["figures"][2] |= {"numeral_start": 1, "numeral_end": 4}
    write_case(folder, data)
    assert [(f.row, f.column) for f in told(folder, article)] == [("riders", "numeral_start")]


@pytest.mark.parametrize(
    ("quote", "made", "low", "high"),
    [("some 1,200 buses", "1200", 1200, 1200), ("a 2-5 lead of 9", "02-May", 2, 5), ("some 7.50 miles", "7.5", 7.5, 7.5), ("some 1 200 buses", "1200", 1200, 1200), ("1.200 of 5 buses", "1.2", 1200, 1200),
     ("12 of 1,200 buses", "1200", 1200, 1200)],
)  # fmt: skip
def test_a_printed_number_that_a_spreadsheet_changed_is_written_again_from_the_article(quote, made, low, high):
    text = placing.text_of(f"He saw {quote} there.")
    printed = next(p for p in ("1,200", "2-5", "7.50", "1 200", "1.200") if p in quote)
    at = text.raw.index(printed)
    kept = {"figure_id": "a", "quote": quote, "prefix": "saw ", "suffix": "", "quote_start": "7", "quote_end": str(7 + len(quote)), "unit": "buses",
            "numeral_start": str(at), "numeral_end": str(at + len(printed)), "low": str(low), "high": str(high)}  # fmt: skip
    row = kept | {"as_printed": made}
    assert "--fill" in next(against.faults(text, [row], [])).remedy
    assert list(placing.fill(text, [row], [])) == []
    assert row == kept | {"as_printed": printed}


def test_a_printed_number_that_the_quote_does_not_have_is_left_as_it_is():
    text = placing.text_of("He saw some 1,200 buses there.")
    row = {"figure_id": "a", "quote": "some 1,200 buses", "as_printed": "1300", "low": "1300", "high": "1300", "unit": "buses", **dict.fromkeys((*OFFSETS, "prefix", "suffix"), "")}  # fmt: skip
    assert "'1300' does not occur in the quote" in next(placing.fill(text, [row], [])).message
    assert row["as_printed"] == "1300"


@pytest.mark.parametrize(
    "raw",
    [
        ("figure_id,source_id\n" * 9).encode("utf-16"),
        ("figure_id,source_id\n" * 9).encode("utf-16-le"),
        b"\xef\xbb\xbf" + ("figure_id,source_id\n" * 9).encode("utf-16"),
    ],
)
def test_a_file_in_utf_16_is_one_fault_and_no_note(folder, raw):
    (folder / "figures.csv").write_bytes(raw)
    result = check.check(folder)
    assert len(result.faults) == 1
    assert result.faults[0].remedy == "Save the file as UTF-8 (in Excel: CSV UTF-8)"
    assert not [note for note in result.notes if "mark" in note or "--fix" in note]


def test_every_command_that_a_message_names_is_there(capsys):
    package = Path(analysis.__file__).parent
    texts = {path: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    named = {
        m[1] for text in texts.values() for m in re.finditer(r"COMMAND\} (\w+)|python -m analysis (\w+)", text) if m[1]
    }
    assert {"check"} <= named
    for command in named:
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0
        capsys.readouterr()
