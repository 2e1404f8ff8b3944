"""The article's figures as tidy frames that keep their evidence."""

import pickle

import pandas as pd
import pytest

import analysis
from analysis import frames
from tests.conftest import rows, write_case


@pytest.fixture(scope="module")
def real():
    return analysis.load()


def test_the_views_hold_the_article_s_figures_by_subject(real):
    strikes = ["lede-russia-strikes", "lede-coalition-strikes", "quote-russia-strikes", "quote-coalition-strikes"]
    fighters = ["lede-fighters", "lede-mercenaries", "quote-fighters", "quote-mercenaries", "quote-soviet-militants"]
    assert list(analysis.strike_rates(real)["figure_id"]) == [*strikes, "related-sorties"]
    assert list(analysis.fighter_counts(real)["figure_id"]) == fighters
    assert list(analysis.origin_countries(real)["figure_id"]) == ["lede-countries", "quote-countries"]


def test_without_a_case_they_read_the_default_one(real):
    pd.testing.assert_frame_equal(analysis.strike_rates(), analysis.strike_rates(real))


def test_the_outside_rows_stand_below_in_the_same_columns(real):
    alone, both = analysis.fighter_counts(real), analysis.fighter_counts(real, references=True)
    assert list(both.columns) == list(alone.columns) == list(frames.COLUMNS)
    assert list(both["role"].unique()) == ["article", "reference"]
    pd.testing.assert_frame_equal(both.head(len(alone)), alone)
    assert not set(both["unit"]) & {"strikes", "sorties/day", "countries"}


def test_asking_leaves_the_case_unchanged(real):
    before = real.figures.copy()
    view = analysis.strike_rates(real)
    view["low"] = 0.0
    pd.testing.assert_frame_equal(real.figures, before)


def evidence(frame):
    texts = ["figure_id", "unit", "quote", "said_by", "source_id", "working"]
    return frame[[*texts, "low", "high"]].fillna(dict.fromkeys(texts, ""))


def test_the_evidence_survives_csv_parquet_and_pickle(real, tmp_path):
    frame = analysis.strike_rates(real, references=True)
    frame.to_csv(tmp_path / "f.csv", index=False)
    frame.to_parquet(tmp_path / "f.parquet")
    for again in (
        pd.read_csv(tmp_path / "f.csv"),
        pd.read_parquet(tmp_path / "f.parquet"),
        pickle.loads(pickle.dumps(frame)),
    ):
        pd.testing.assert_frame_equal(evidence(again), evidence(frame), check_dtype=False)


def test_the_evidence_survives_concat_merge_and_groupby(real):
    frame = analysis.strike_rates(real)
    pd.testing.assert_frame_equal(evidence(pd.concat([frame, frame]).head(len(frame))), evidence(frame))
    merged = frame.merge(real.sources, on="source_id")
    assert list(merged["working"]) == list(frame["working"])
    first = frame.groupby("unit", sort=False).first()
    assert first.loc["strikes/day", "working"] == "lede-russia-strikes"


def test_figures_can_be_framed_by_their_ids(real):
    ids = ["quote-fighters", "fsb-fighters-2015-11"]
    frame = frames.frame(real, ids)
    assert list(frame["figure_id"]) == ids
    assert list(frame["role"]) == ["article", "reference"]
    with pytest.raises(analysis.UnknownFigure):
        frames.frame(real, ["no-such-figure"])


def test_every_measure_of_the_real_case_has_a_topic(real):
    for table in (real.figures, real.references):
        assert set(table["measure"]) <= set(real.vocabulary.measures)


def test_a_row_of_a_table_by_country_stands_beside_others_with_empty_text_where_it_has_none(case):
    both = frames.frame(case, ["january", "list-alb"])
    assert list(both["quote"]) == ["a total of 3,100", ""]
    assert not both.drop(columns=["low", "high", "start", "end"]).isna().any().any()


def test_a_topic_of_any_case_is_served_and_one_that_it_has_not_is_named(case):
    assert list(analysis.topic(case, "use")["figure_id"]) == ["riders"]
    assert list(analysis.topic(case, "service", references=True)["figure_id"]) == [
        "buses", "rivals", "january", "february", "both-months"
    ]  # fmt: skip
    with pytest.raises(KeyError, match="buses has no topic 'strikes'; its topics are service, use"):
        analysis.strike_rates(case)


def test_a_row_says_who_published_it_whose_stake_it_is_and_the_days_of_its_period(case):
    row = analysis.topic(case, "service", references=True).set_index("figure_id").loc["january"]
    assert (row["publisher"], row["published"], row["case"]) == ("The Gazette", "2017-06-15", "buses")
    assert (row["stake"], row["group"]) == ("town hall", "town")
    assert (str(row["start"].date()), str(row["end"].date())) == ("2017-01-01", "2017-01-31")
    unknown = analysis.topic(case, "use").iloc[0]
    assert (unknown["stake"], unknown["group"]) == ("unknown", "")
    assert pd.isna(unknown["start"])


def test_a_case_without_outside_rows_has_frames_with_their_columns(tmp_path):
    bare = analysis.load(write_case(tmp_path / "bare", {t: rows()[t][:n] for t, n in (("sources", 1), ("figures", 3))}))
    assert list(analysis.topic(bare, "use", references=True).columns) == list(frames.COLUMNS)
    assert list(frames.frame(bare, []).columns) == list(frames.COLUMNS)
    assert frames.on_topic(bare, "use").empty
