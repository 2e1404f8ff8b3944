"""Columns against each other: each check finds its slip in a row that was right, and is content with its remedy."""

import pytest

from analysis import case as cases
from analysis import check, crosscheck, kin, printed, schema
from tests.conftest import rows, write_case

PUTIN, MACFARLAND, NHS = "putin-stone-2017", "macfarland-2016", "nhs-list-2025"

# case, row, the cells that change, the column that is told, words of the message
SLIPS = {
    "another number than is printed": (PUTIN, "lede-fighters", {"low": "80001"}, "as_printed", "printed '80,000'"),
    "one end of a range at both": (PUTIN, "lede-russia-strikes", {"low": "120"}, "low", "printed '70-120'"),
    "a number of two columns of a file": (PUTIN, "icsr-russia-2014-12", {"high": "1600"}, "as_printed", "printed '800,1500'"),
    "a number in Russian words": (PUTIN, "mod-sorties-to-2016-12-22", {"low": "17800", "high": "17800"}, "low", "18 тысяч 800"),
    "a range in Russian words": (PUTIN, "patrushev-fighters-2014-09", {"low": "3000"}, "low", "30 до 50 тысяч"),
    "a number in Turkish": (MACFARLAND, "iraq-police-killed-2016-05", {"low": "300", "high": "300"}, "low", "3 bin"),
    "a number in Italian": (MACFARLAND, "lukyanov-killed-coalition-2016-05", {"low": "500", "high": "500"}, "as_printed", "printed '5000'"),
    "millions": (NHS, "gov-257bn", {"low": "25800000000", "high": "25800000000"}, "as_printed", "£25.7 billion"),
    "a hedge without printed words": (PUTIN, "lede-mercenaries", {"hedge": "about"}, "hedge", "no printed words say 'about'"),
    "a hedge that the words do not say": (PUTIN, "quote-fighters", {"hedge": "nearly"}, "hedge", "'approximate' is printed"),
    "a hedge left out": (PUTIN, "lede-fighters", {"hedge": ""}, "hedge", "'about' is printed"),
    "a hedge left out with its words": (PUTIN, "lede-fighters", {"hedge": "", "hedge_as_printed": ""}, "hedge", "before the number"),
    "between left out": (PUTIN, "un-members-2018-08", {"hedge": "", "hedge_as_printed": ""}, "hedge", "'between' before"),
    "from … to left out": (PUTIN, "mod-sorties-per-day-2015-to-2017", {"hedge": "average", "hedge_as_printed": "on the average"}, "hedge", "'from' before"),
    "between where no word is": (PUTIN, "dod-fighters-2016-02", {"hedge": "between"}, "hedge", "no printed words say 'between'"),
    "all who went for those there": (PUTIN, "us-house-hsc-2015-rus", {"basis": "cumulative"}, "basis", "verb says present"),
    "those there for all who went": (PUTIN, "us-house-hsc-2015-jor", {"basis": "present at the time"}, "basis", "verb says cumulative"),
    "unknown though the verb tells": (PUTIN, "us-house-hsc-2015-tun", {"basis": "unknown"}, "basis", "verb says present"),
    "a noun that is not printed": (PUTIN, "soufan-2017-uzb", {"unit_as_printed": "people"}, "unit_as_printed", "does not stand"),
    "a noun that is printed and left out": (NHS, "sep24-cases", {"unit_as_printed": ""}, "unit_as_printed", "behind the number"),
    "a body's number as the outlet's own": (PUTIN, "oir-civilians-killed-to-2016-12", {"channel": "document", "said_by": "AFP"}, "channel", "reports 'coalition tally'"),
    "an agency's number as the outlet's own": (MACFARLAND, "ic-fighters-2016-08", {"channel": "document", "said_by": "Air Force Magazine"}, "channel", "reports 'community assessments'"),
    "the speaker's office for the body credited": (PUTIN, "oir-fighters-iraq-2017-03", {"counted_by": "CJTF-OIR"}, "counted_by", "credits 'intelligence sources"),
    "a number that its quote has not": (PUTIN, "soufan-2015-tsn-tun", {"as_printed": "7000"}, "as_printed", "does not occur"),
    "an end of two cells of a file": (PUTIN, "icsr-2013-rus", {"low": "450"}, "as_printed", "printed '45,609'"),
    "an end open without a hedge": (PUTIN, "lede-fighters", {"high": ""}, "high", "high is open"),
    "an end closed under a hedge": (PUTIN, "mod-sorties-to-2017-08-25", {"high": "28000"}, "high", "hedged more than"),
    "the hedge of a derived row": (PUTIN, "mod-all-sorties-2017-04-29-to-12-11", {"hedge": "about"}, "hedge", "the working is hedged"),
    "a unit that the measure has not": (PUTIN, "mod-sorties-to-2015-10-30", {"unit": "strikes"}, "unit", "sorties in strikes"),
    "a measure that the unit has not": (PUTIN, "mod-sorties-to-2015-10-30", {"measure": "targets"}, "unit", "targets in sorties"),
    "a measure of another topic": (NHS, "green-8bn", {"measure": "planned care routes"}, "unit", "planned care routes in pounds"),
    "a total in a unit of time": (PUTIN, "mod-sorties-to-2015-10-30", {"unit": "sorties/day"}, "unit", "basis total over the period"),
    "a rate without its time": (PUTIN, "lede-russia-strikes", {"unit": "strikes"}, "unit", "basis rate in strikes"),
    "a share of things": (PUTIN, "schmid-share-2015-10", {"unit": "fighters"}, "unit", "basis share in fighters"),
    "a place that the quote denies": (PUTIN, "oir-strikes-iraq-to-2015-09-30", {"place": "Raqqa"}, "place", "names Iraq"),
    "a place that nothing shows": (MACFARLAND, "dod-strike-sorties-2015", {"place": "Iraq"}, "place", "nothing in the row"),
    "a place within that nobody named": (NHS, "jul24-cases", {"place": "Ealing Southall"}, "place", "England"),
    "a day that the id denies": (PUTIN, "mod-sorties-to-2015-10-30", {"period_end": "2015-09-30"}, "period_end", "the id says 2015-10-30"),
    "a first day that the id denies": (PUTIN, "mod-sorties-2015-10-09-to-12", {"period_start": "2014-10-09"}, "period_start", "2015-10-09"),
    "a day after the document": (PUTIN, "cia-fighters-2014-09", {"period_end": "2015-08"}, "period_end", "lies after 2014-09-12"),
    "a month that nothing shows": (NHS, "sep23-cases", {"period_start": "2021-01-31"}, "period_start", ""),
    "a day to come": (PUTIN, "lede-fighters", {"coded_on": "2126-01-01"}, "coded_on", "yet to come"),
    "coded before it was read": (PUTIN, "lede-fighters", {"coded_on": "2026-01-01"}, "coded_on", "before its document was read"),
    "a period of one moment": (PUTIN, "abadi-share-iraq-2015-06", {"basis": "present at the time", "period_start": "2014"}, "period_start", ""),
    "a year where the caveat has the day": (PUTIN, "antonov-foreign-2015", {"period_start": "2015", "period_end": "2015"}, "period_end", "the caveat has 2015-11-04"),
    "a headline that is none": (PUTIN, "lede-fighters", {"channel": "headline"}, "channel", "not in the document's title"),
    "a title that is none": (MACFARLAND, "headline-killed", {"channel": "indirect speech"}, "channel", "stands in the document's title"),
    "a related headline elsewhere": (PUTIN, "mod-sorties-to-2015-10-30", {"channel": "related headline"}, "channel", "article's page"),
    "a related headline in small letters": (PUTIN, "lede-fighters", {"channel": "related headline"}, "channel", "as a headline is"),
    "a data file that is none": (PUTIN, "lede-fighters", {"channel": "data file"}, "channel", "data file in a news agency report"),
    "a document that a person says": (PUTIN, "lede-fighters", {"channel": "document"}, "channel", "is not the document"),
    "an outlet that quotes itself": (NHS, "dec24-share-18", {"channel": "direct quote"}, "channel", "the document's own voice"),
    "our own words reported": (PUTIN, "gru-fighters-syria-2017-08", {"channel": "indirect speech"}, "channel", "the quote says 'our'"),
    "indirect speech of nobody": (PUTIN, "iraq-government-fighters-2015", {"said_by": "unknown"}, "said_by", "indirect speech of nobody"),
    "a speaker that nothing shows": (MACFARLAND, "jones-killed-2015-01", {"said_by": "Michael Fallon, British Defence Secretary"}, "said_by", "Fallon"),
    "a speaker of another body": (PUTIN, "fsb-fighters-2015-11", {"said_by": "Ryan Trapani, CIA spokesman"}, "counted_by", "not known to speak"),
    "our name under another's number": (NHS, "jul24-cases", {"said_by": "Who Counted?"}, "said_by", "derived rows alone"),
    "another body's count": (PUTIN, "fsb-fighters-2015-11", {"counted_by": "SOHR"}, "counted_by", "not known to speak for SOHR"),
    "nobody's own count": (PUTIN, "mod-sorties-to-2015-10-30", {"counted_by": "unknown"}, "counted_by", "own statement of nobody"),
    "a body where no origin is known": (PUTIN, "lede-fighters", {"counted_by": "Russian FSB"}, "counted_by", ""),
    "another speaker of one sentence": (PUTIN, "fsb-fighters-iraq-2015-11", {"said_by": "Alexander Bortnikov, director, Russian FSB"}, "said_by", "number of the sentence"),
    "another subject of one sentence": (PUTIN, "fsb-fighters-iraq-2015-11", {"subject": "groups not named"}, "subject", "number of the sentence"),
    "one side by the other's ministry": (PUTIN, "oir-strikes-syria-to-2016-01-20", {"subject": "Russian forces"}, "subject", "of the other side"),
    "a derived row that somebody says": (PUTIN, "mod-all-sorties-2017-04-29-to-12-11", {"said_by": "TASS"}, "said_by", "worked out"),
    "a derived row of another place": (PUTIN, "mod-all-sorties-2017-04-29-to-12-11", {"place": "Iraq"}, "place", "made of rows with Syria"),
    "a derived row's period": (PUTIN, "mod-strikes-2016-12-23-to-2017-04-26", {"period_end": "2018-04-26"}, "period_end", ""),
    "a compiler's own statement": (PUTIN, "soufan-countries-2014-06", {"count_origin": "own statement"}, "count_origin", "puts its numbers together"),
    "a statement of a body that counts so": (PUTIN, "afcent-weapons-2017-03", {"count_origin": "own statement"}, "count_origin", "is an own count"),
    "a derived row not computed": (PUTIN, "mod-all-sorties-2017-04-29-to-12-11", {"count_origin": "tally"}, "count_origin", "derived row"),
    "a list of another subject than its document": (PUTIN, "us-house-hsc-2015-deu", {"subject": "groups not named"}, "subject", "us-house-foreign-2015"),
    "another country's code": (PUTIN, "icsr-2015-fra", {"iso3": "DEU"}, "iso3", "DEU is Germany, and the country France"),
    "no country's code": (PUTIN, "icsr-2015-fra", {"iso3": "FRX"}, "iso3", "no code of ISO 3166-1"),
    "a country that the id denies": (PUTIN, "icsr-2015-fra", {"iso3": "DEU", "country": "Germany"}, "iso3", "the id says fra"),
    "a row unlike its series": (PUTIN, "icsr-2015-fra", {"period_end": "2015-12"}, "period_end", "the other rows of its series"),
}  # fmt: skip


@pytest.fixture(scope="module")
def read():
    """{case: (its meta, its tables)}; a test puts back what it changes."""
    found = {name: cases.read_folder(cases.folder_of(name)) for name in (PUTIN, MACFARLAND, NHS)}
    return {name: (file.meta, tables) for name, (file, tables, _) in found.items()}


def row_of(tables, figure_id):
    return next(row for t in schema.FIGURE_TABLES for row in tables[t].rows if row["figure_id"] == figure_id)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_row_its_column_and_a_remedy(read, slip):
    name, figure_id, cells, column, words = SLIPS[slip]
    meta, tables = read[name]
    row = row_of(tables, figure_id)
    was = {c: row[c] for c in cells}
    row.update(cells)
    found = [f for f in check.of_rows(meta, tables) if f.row == figure_id]
    row.update(was)
    told = [f for f in found if f.column == column and words in f.message]
    assert told, found
    assert all(f.remedy for f in told)


@pytest.mark.parametrize("slip", [s for s in SLIPS if SLIPS[s][3] in ("place", "period_end", "said_by", "hedge")])
def test_what_the_remedy_says_of_the_caveat_is_enough(read, slip):
    name, figure_id, cells, column, words = SLIPS[slip]
    meta, tables = read[name]
    row = row_of(tables, figure_id)
    was = dict(row)
    row.update(cells)
    told = [f for f in check.of_rows(meta, tables) if (f.row, f.column) == (figure_id, column) and words in f.message]
    asked = [f.remedy.partition(f"{crosscheck.SAY} ")[2].strip("'") for f in told]
    row["caveat"] += f" It stands so: {'; '.join(asked)}."
    left = [f for f in check.of_rows(meta, tables) if (f.row, f.column) == (figure_id, column)]
    row.update(was)
    if all(asked):
        assert left == []


def test_a_row_with_a_fault_of_its_own_is_told_once(folder):
    path = folder / "figures.csv"
    path.write_text(path.read_text().replace("buses/day", "buzzes/day", 1))
    assert [f.column for f in check.check(folder).faults] == ["unit"]


def test_a_draft_is_not_held_against_others_until_a_person_signs_it(tmp_path):
    data = rows()
    data["figures"][2] |= {"hedge": "nearly", "coder": "draft"}
    assert check.check(write_case(tmp_path / "draft", data)).faults == []
    data["figures"][2]["coder"] = "Ada"
    assert {f.column for f in check.check(write_case(tmp_path / "signed", data)).faults} == {"hedge"}


def test_a_case_of_few_rows_is_not_asked_to_show_where_all_comes_from(tmp_path):
    data = rows()
    data["references"][0] |= {"period_start": "2011-03", "period_end": "2011-03", "said_by": "somebody else"}
    data["references"] = [row for row in data["references"] if row["figure_id"] == "january"]
    data["scopes"] = data["scopes"][:1]
    faults = check.check(write_case(tmp_path / "few", data)).faults
    assert [f for f in faults if "nothing in the row" in f.message] == []


def test_the_dates_of_a_card_stand_in_their_order():
    card = {"source_id": "paper", "published": "2017-06-15", "accessed": "2017-06-14"}
    assert [f.column for f in crosscheck.cards([card], "2018-01-01")] == ["published"]
    card |= {"published": "unknown", "accessed": "2019"}
    assert [f.column for f in crosscheck.cards([card], "2018-01-01")] == ["accessed"]


@pytest.mark.parametrize(
    ("words", "language", "low", "high"),
    [
        ("3,300 and 11,000", "en", 3300, 11000),
        ("two to five", "en", 2, 5),
        ("1.6 million", "en", 1600000, 1600000),
        ("70 thousand", "en", 70000, 70000),
        ("6-7 тысяч", "ru", 6000, 7000),
        ("пяти до семи тысяч", "ru", 5000, 7000),
        ("3 тысячи 417", "ru", 3417, 3417),
        ("38,2 тыс", "ru", 38200, 38200),
        ("50.000 a 200.000", "es", 50000, 200000),
        ("9 mil", "pt", 9000, 9000),
        ("10 mille", "fr", 10000, 10000),
        ("3 Tausend", "de", 3000, 3000),
        ("22 ألف", "ar", 22000, 22000),
    ],
)
def test_a_printed_number_is_read_in_the_language_of_its_document(words, language, low, high):
    assert printed.ends(words, language)[:2] == (low, high)


def test_words_that_are_not_understood_are_not_judged():
    assert printed.ends("viele", "de") is None
    assert printed.ends("14 and some", "en") is None


def test_every_code_of_a_country_is_one_and_has_a_name():
    known = kin.countries()
    assert len(known) > 245
    assert all(len(code) == 3 and code.isupper() and names for code, names in known.items())
