"""The case that comes with the package: what DESIGN and the issues fixed, and what the tables promise."""

import csv
import json
import os
import re
from pathlib import Path

import pytest

import analysis
from analysis import casefile, check, codebook, schema
from analysis.__main__ import BEGIN, END, main
from analysis.case import read_folder
from tests.conftest import META

HERE = Path(__file__).resolve().parent.parent
ARTICLE = HERE.parent / "shared" / "article.txt"
EVIDENCE = HERE.parent / "shared" / "evidence" / "references.csv"
FOLDER = HERE / "data" / "putin-stone-2017"

# figure_id: numeral as printed, where it stands, low, high (None: open), unit
FIXED = {
    "lede-russia-strikes": ("70-120", 280, 286, 70, 120, "strikes/day"),
    "lede-coalition-strikes": ("2-5", 318, 321, 2, 5, "strikes/day"),
    "quote-russia-strikes": ("70-120", 437, 443, 70, 120, "strikes/day"),
    "quote-coalition-strikes": ("two, three, five", 531, 547, 2, 5, "strikes/day"),
    "lede-fighters": ("80,000", 828, 834, 80000, 80000, "fighters"),
    "lede-mercenaries": ("30,000", 843, 849, 30000, 30000, "fighters"),
    "lede-countries": ("80", 879, 881, 80, 80, "countries"),
    "quote-fighters": ("80,000", 972, 978, 80000, 80000, "fighters"),
    "quote-mercenaries": ("30,000", 985, 991, 30000, 30000, "fighters"),
    "quote-countries": ("80", 1021, 1023, 80, 80, "countries"),
    "quote-soviet-militants": ("Thousands", 1072, 1081, 1000, None, "fighters"),
    "related-sorties": ("1,268", 3340, 3345, 1268, 1268, "sorties/month"),
}
# How many rows of each topic the evidence calls core, and under which id this case codes those whose ends differ there.
CORE = {"fighters": 55, "strikes": 30, "harm": 4, "aim": 2}
CODED_OTHERWISE = {
    "FT20": ("us-intelligence-fighters-2016-08", "us-intelligence-fighters-2016-08-half"),  # two numbers, two rows
    "FF23": ("dni-foreign-syria-2016-02-12",),  # the words that are quoted have no "at least": a point
    "FR08": ("fsb-russia-2015-09",),  # the words that are quoted have "about", the headline has "more than": a point
    "FT16": ("us-intelligence-fighters-2016-02",),  # a nearer page has the low end of dod-fighters-2016-02
}
NUMBER_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve dozen dozens score hundred hundreds
thousand thousands million millions billion half quarter third first second both each every everyone all many several
few certain entire average
some most majority none twice double triple couple pair single once numerous
""".split()


@pytest.fixture(scope="module")
def case():
    return analysis.load()


@pytest.fixture(scope="module")
def article():
    """The article's raw text; it is not part of the repository."""
    if not ARTICLE.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have the article beside the checkout: ../shared/article.txt")
        pytest.skip(
            "the article's full text is not here (../shared/article.txt); it is copyrighted and never committed"
        )
    return ARTICLE.read_bytes().decode("utf-8")


def test_the_twelve_figures_stand_as_fixed(case):
    rows = {r.figure_id: r for r in case.figures.itertuples()}
    assert list(rows)
    assert set(rows) == set(FIXED)
    for figure_id, (printed, start, end, low, high, unit) in FIXED.items():
        r = rows[figure_id]
        assert (r.as_printed, r.numeral_start, r.numeral_end, r.low, r.unit) == (printed, start, end, low, unit)
        assert r.high == high if high else r.high != r.high


def test_the_claim_s_ratio_is_fourteen_to_sixty(case):
    ratio = case["quote-russia-strikes"] / case["quote-coalition-strikes"]
    assert (ratio.low, ratio.high, ratio.unit) == (14, 60, "1")
    assert str(case["quote-russia-strikes"]) == "70–120 strikes/day"


def test_the_case_has_no_fault():
    result = check.check()
    assert result.faults == []
    assert dict(result.checked)["derivations recomputed"] >= 20


@pytest.mark.parametrize("name", analysis.cases())
def test_no_case_has_a_fault(name):
    assert check.check(name).faults == []


def test_every_quote_stands_in_the_article_where_its_offsets_say(article):
    result = check.check(articles=[ARTICLE])
    assert result.faults == []
    assert dict(result.checked)["quotes and numerals against the article"] == len(FIXED)


def test_figures_and_set_aside_account_for_every_digit_and_number_word(article, case):
    spans = [(r.numeral_start, r.numeral_end) for r in case.figures.itertuples()]
    spans += [(r.quote_start, r.quote_end) for r in case.set_aside.itertuples()]
    tokens = list(re.finditer(r"\d+|(?i:\b(?:" + "|".join(NUMBER_WORDS) + r")\b)", article))
    owners = {m.span(): [s for s in spans if s[0] <= m.start() and m.end() <= s[1]] for m in tokens}
    assert len(tokens) > 30
    assert {article[a:b]: o for (a, b), o in owners.items() if len(o) != 1} == {}


def test_the_article_is_quoted_in_part_only(article, case):
    quoted = set()
    for r in case.figures.itertuples():
        quoted |= set(range(r.quote_start, r.quote_end))
    assert len(quoted) < len(article) / 4


def test_the_codebook_names_every_column_and_no_other():
    text = (HERE / "data" / "README.md").read_text(encoding="utf-8")
    section = text.partition(BEGIN)[2].partition(END)[0]
    described = {}
    for part in re.split(r"^### ", section, flags=re.M)[1:]:
        described[part.split(".csv")[0]] = re.findall(r"^\| `(\w+)` \|", part, flags=re.M)
    written = {p.stem: p.read_text(encoding="utf-8").splitlines()[0].split(",") for p in FOLDER.glob("*.csv")}
    assert described == written


def test_the_words_that_the_codebook_shows_are_words_that_a_case_may_have(tmp_path):
    text = (HERE / "data" / "README.md").read_text(encoding="utf-8")
    shown = text.partition("    [words]\n")[2].partition("\n\nA case with")[0]
    shown = "[words]\n" + "\n".join(line[4:] for line in shown.splitlines())
    (tmp_path / "case.toml").write_text(META.partition("[[hands]]")[0] + shown, encoding="utf-8")
    file = casefile.read(tmp_path)
    assert file.faults == []
    assert casefile.Vocabulary(file.meta).units.canonical("bus/day") == "buses/day"
    assert file.meta["hands"][0]["step"] == "the speech"


def test_the_codebook_and_the_package_are_as_the_schema_writes_them(capsys):
    for name in analysis.cases():
        assert main(["schema", name]) == 0, capsys.readouterr().out


def test_frictionless_finds_nothing_wrong(monkeypatch):
    import frictionless

    monkeypatch.chdir(FOLDER)
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert len(report.tasks) == len(schema.TABLES)
    assert json.loads((FOLDER / "datapackage.json").read_text()) == codebook.descriptor(
        casefile.read(FOLDER).meta, FOLDER
    )


def test_the_whole_country_tables_are_there_and_the_partial_ones_say_so(case):
    sizes = case.by_country.groupby(["series", "coverage"]).size()
    assert sizes["icsr-2013", "partial"] == 53  # the report counts 74 nations
    assert sizes["icsr-2015", "whole"] == 52
    assert set(case.by_country["coverage"][case.by_country["series"] != "icsr-2015"]) == {"partial"}


def test_the_codebook_prints_what_each_origin_of_a_count_means():
    text = (HERE / "data" / "README.md").read_text(encoding="utf-8")
    for origin, meaning in schema.COUNT_ORIGINS.items():
        assert f"`{origin}`: {meaning}" in text


@pytest.mark.parametrize("name", ["putin-stone-2017", "macfarland-2016", "nhs-list-2025"])
def test_a_body_with_an_own_count_says_how_or_from_what(name):
    case = analysis.load(name)
    notes = dict(zip(case.bodies["name"], case.bodies["note"], strict=True))
    told = {name for name, note in notes.items() if re.search(r"\b[Cc]ounts\b|judges", note)} | set(
        case.definitions["used_by"]
    )
    own = case.references.query("count_origin == 'own count'")
    words = own["quote"] + " " + own["caveat"]  # a row may say it of itself
    alone = own[~words.str.contains("from reports|reports from|infers|recovering", case=False)]
    assert set(alone["counted_by"]) <= told


def test_qatar_2013_is_put_right_and_kept_as_printed(case):
    qatar = case["icsr-2013-qat"]
    assert (qatar.low, qatar.high, qatar.row["as_printed"]) == (14, 15, "15,14")


def test_harm_and_aim_are_part_of_the_case_for_both_campaigns(case):
    topics = case.references["measure"].map(case.vocabulary.measures)
    assert set(case.references["subject"][topics == "harm"]) >= {"Russian Aerospace Forces", "US-led coalition"}
    assert (topics == "aim").any()


def test_the_printed_numbers_are_no_fewer_than_the_core_of_the_evidence_topic_by_topic(case):
    printed = case.references[case.references["as_printed"] != ""]
    topics = printed["measure"].map(case.vocabulary.measures).value_counts()
    assert len(printed) >= sum(CORE.values()) == 91
    assert {t: n for t, n in CORE.items() if topics.get(t, 0) < n} == {}


def test_every_core_number_of_the_evidence_stands_in_the_case(case):
    if not EVIDENCE.is_file():
        pytest.skip(
            "the list of evidence is not here (../shared/evidence/references.csv); it is no part of the repository"
        )
    with EVIDENCE.open(encoding="utf-8", newline="") as file:
        core = [row for row in csv.DictReader(file) if row["core"] == "yes"]
    stands = {ends(r.low, r.high) for frame in (case.references, case.figures) for r in frame.itertuples()}
    absent = [row["figure_id"] for row in core if ends(row["low"], row["high"]) not in stands]
    assert len(core) == sum(CORE.values())
    assert set(absent) == set(CODED_OTHERWISE)
    assert [i for ids in CODED_OTHERWISE.values() for i in ids if i not in case] == []


def ends(low, high):
    """Both ends of a number, None where one is open."""
    return tuple(None if end == "" or end != end else float(end) for end in (low, high))


def test_one_rule_of_stake_holds_for_every_body(case):
    for name in case.references["counted_by"].unique():
        stake = {case[i].row["stake"] for i in case.references["figure_id"][case.references["counted_by"] == name]}
        assert stake == {"unknown" if name == "unknown" else case.body(name)["party"]}, name


def test_a_row_that_repeats_another_says_whose_count_it_is(case):
    again = case.references[case.references["count_origin"] == "repeats"]
    assert len(again)
    for r in again.itertuples():
        assert r.repeats or r.caveat, r.figure_id


def test_no_file_holds_the_article(article):
    sentences = [s for s in re.split(r"(?<=[.!?\"])\s+", article.replace("\xa0", " ")) if len(s) > 60]
    for path in [*FOLDER.rglob("*.*"), *HERE.glob("notebooks/*.ipynb"), *HERE.glob("*.md")]:
        text = path.read_text(encoding="utf-8").replace("\xa0", " ")
        assert sum(s in text for s in sentences) < len(sentences) / 3, path.name


def test_the_case_can_be_cited_whole_by_figure_and_by_document(case):
    assert case.cite().startswith("Who Counted? Case putin-stone-2017")
    assert "“70-120”" in case.cite("quote-russia-strikes")
    assert "Sputnik" in case.cite("quote-russia-strikes")
    assert "TASS" in case.cite("tass-2015-11-10")
    with pytest.raises(analysis.UnknownFigure):
        case.cite("nobody")


def test_the_command_line_checks_and_says_so(capsys):
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "no fault found" in said
    assert "rows of figures.csv" in said


def test_the_command_line_exits_1_on_a_fault_and_on_a_case_that_is_not_there(folder, capsys):
    path = folder / "relay.csv"
    path.write_text(path.read_text().replace("headline", "rumour"))
    assert main(["check", str(folder)]) == 1
    assert "1 fault" in capsys.readouterr().out
    assert main(["check", "no-such-case"]) == 1
    assert "putin-stone-2017" in capsys.readouterr().err


def test_the_cases_are_listed(capsys):
    assert main(["cases"]) == 0
    assert "putin-stone-2017" in capsys.readouterr().out


def test_a_codebook_whose_last_line_is_missing_is_not_written_over(folder, capsys):
    readme = folder.parent / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\nafter\n")
    assert main(["schema", "--write", str(folder)]) == 1
    assert f"Write {END} on a line of its own" in capsys.readouterr().err
    assert readme.read_text() == f"before\n{BEGIN}\nold\nafter\n"


def test_what_stands_round_the_codebook_is_kept(folder):
    readme = folder.parent / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    assert main(["schema", "--write", str(folder)]) == 0
    assert readme.read_text().startswith(f"before\n{BEGIN}\n\n### sources.csv")
    assert readme.read_text().endswith(f"{END}\nafter\n")


def test_a_document_of_two_cases_has_one_card_in_both():
    """What a card says of a document is the same in every case; when it was read, and what is noted of it, may differ."""
    cards = {}
    for name in analysis.cases():
        for card in analysis.load(name).sources.to_dict("records"):
            if card["url"]:
                said = {
                    c: card[c]
                    for c in ("publisher", "title", "author", "kind", "published", "published_basis", "language")
                }
                cards.setdefault(card["url"].rstrip("/"), []).append(said)
    assert any(len(found) > 1 for found in cards.values())
    assert [url for url, found in cards.items() if any(said != found[0] for said in found)] == []


def test_two_cases_say_one_thing_of_one_number_of_one_document():
    """Place, days and body of a number do not depend on the case in which it stands."""
    same = "low high hedge unit place period_start period_end basis counted_by count_origin".split()
    found = {}
    for folder in sorted(path.parent for path in FOLDER.parent.glob("*/case.toml")):
        _, tables, _ = read_folder(folder)
        cards = {card["source_id"]: card["url"] for card in tables["sources"].rows}
        for row in (row for t in schema.FIGURE_TABLES for row in tables[t].rows):
            if row["as_printed"] and not row["derivation"]:
                address = re.sub(r"^https?://(www\.)?|/$", "", cards[row["source_id"]])
                found.setdefault((address, row["as_printed"], row["unit"]), {}).setdefault(folder.name, []).append(row)
    shared = [rows for rows in found.values() if len(rows) > 1 and all(len(one) == 1 for one in rows.values())]
    assert len(shared) > 8
    for one, other in ([rows[0] for rows in pair.values()] for pair in shared):
        assert [one[c] for c in same] == [other[c] for c in same], (one["figure_id"], other["figure_id"])


def test_a_case_names_no_row_that_another_case_alone_has():
    tables = {path.parent.name: read_folder(path.parent)[1] for path in FOLDER.parent.glob("*/case.toml")}
    named = {name: {next(iter(row.values())) for t in case.values() for row in t.rows} for name, case in tables.items()}
    every = {i for ids in named.values() for i in ids if re.search(r"-.*\d{4}", i)}
    assert len(every) > 500
    for name, case in tables.items():
        texts = [str(v) for t in case.values() for row in t.rows for k, v in row.items() if k in ("note", "caveat")]
        said = {
            word
            for text in texts
            for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", re.sub(r"https?://\S+", "", text))
        }
        assert sorted((said & every) - named[name]) == []
