"""A class's answers as numbers: rows of measure, occasion, item, group, n, value, low, high and a verdict; no words.

Numbers are text of four decimals ("" where there is none), and every verdict is read off that text. The student is
the unit, not the answer: a class's mean is over students. What would show how one student judges a side is never made:
groups are of 8 students or more. page/score.js does the same, step by step.
"""

from collections import Counter

from .. import bank
from .results import ALL, BOTH, SOUND, WEAK, YES, Answers, Row, at, enough, row, share
from .stats import NUMBERS, Interval, four, mean, mean_of_groups, needed, total, wilson
from .students import students
from .taken import FORMS, OCCASIONS, Key

PAIRS = (("before", "after"), ("before", "later"))


def score(answers: Answers, key: Key) -> list[Row]:
    """All measures of a class. answers: dicts as read.Found has them. Returns Rows, always in the same order."""
    scored = [a for a in answers if key.questions[a["question_id"]].scored]
    given = [a for a in scored if a["answer"]]
    made = [*_who(answers, scored), *_means(given, key), *_changes(given, key), *_items(answers, key)]
    made += [*_confidence(given), *_grades(answers, key), *_pieces(answers, key), *_whose(given, key)]
    return made + students(given, key)


# Who answered ---------------------------------------------------------------------------------------------------------


def _who(answers, scored):
    for occasion in (ALL, *OCCASIONS):
        there = at(answers if occasion == ALL else scored, occasion)
        yield row("students", Interval(len({a["code"] for a in there}), None), occasion)
        asked = at(scored, occasion)
        blank = sum(not a["answer"] for a in asked)
        yield row("left blank", Interval(len(asked), blank / len(asked) if asked else None), occasion, blank=blank)


# Means, and their change ----------------------------------------------------------------------------------------------


def _means(given, key):
    for occasion in OCCASIONS:
        for form in ("", *FORMS):
            those = enough([a for a in at(given, occasion) if form in ("", a["form"])], key)
            for measure in (SOUND, WEAK, BOTH) if those else ():
                one = share(mean([result.of(measure) for result in those.values()]))
                yield row(
                    measure, one, occasion, form, verdict=_against_a_coin(one) if measure == BOTH else _spread(one)
                )
            if not form and len(those) >= NUMBERS["pupils"]:
                one = share(mean([result.of(YES) for result in those.values()]))
                yield row(YES, one, occasion, verdict=_leaning(one))


def _spread(one):
    return "no-spread" if one.sd == 0 else "one" if one.low is None else ""


def _against_a_coin(one):
    if one.low is None:
        return _spread(one)
    coin = float(NUMBERS["chance"])
    return "above" if float(four(one.low)) > coin else "below" if float(four(one.high)) < coin else "as-a-coin"


def _leaning(one):
    no, yes = NUMBERS["leaning"]
    return "says-no" if float(four(one.value)) < no else "says-yes" if float(four(one.value)) > yes else "neither"


def turns(given: Answers) -> dict[str, str]:
    """The form that each student took before, by code: the group in which the forms are turned."""
    votes: dict[str, Counter] = {}
    for a in at(given, "before"):
        votes.setdefault(a["code"], Counter())[a["form"]] += 1
    return {code: max(FORMS, key=lambda form: n[form]) for code, n in votes.items()}


def _changes(given, key):
    group = turns(given)
    forms = {q.form for q in key.questions.values() if q.scored}
    for first, then in PAIRS:
        one, other = (enough(at(given, occasion), key) for occasion in (first, then))
        both = [code for code in one if code in other]
        if not other:
            continue
        sizes = [sum(group[code] == form for code in both) for form in FORMS if form in forms]
        apart = min(sizes) > 0
        uneven = apart and max(sizes) - min(sizes) > NUMBERS["uneven"]
        for measure in (BOTH, SOUND, WEAK):
            changes = [(group[code], other[code].of(measure) - one[code].of(measure)) for code in both]
            if uneven:
                made = mean_of_groups([[d for g, d in changes if g == form] for form in FORMS if form in forms])
            else:
                made = mean([d for _, d in changes])
            verdict, size = _changed(made)
            more = {"size": size, "apart": int(apart), "uneven": int(uneven)}
            yield row(f"change in {measure}", made, f"{first} to {then}", verdict=verdict, **more)


def _changed(one):
    """(verdict, how many students would do)."""
    size = needed(one.sd or 0.0, NUMBERS["wished"])
    if one.n < NUMBERS["pupils"]:  # of how many would do nothing can be said where there is no spread
        return "few-both" if one.sd else "none-both", size
    if one.low is None:
        return "no-spread", size
    if float(four(one.low)) <= 0 <= float(four(one.high)):
        return "holds-zero", size
    return ("rose" if one.low > 0 else "fell"), size


# Items ----------------------------------------------------------------------------------------------------------------


def _few(one):
    return "few-answers" if one.n < NUMBERS["answers"] else ""


def _items(answers, key):
    for question in key.questions.values():
        own = [a for a in answers if a["question_id"] == question.question_id and a["right"] is not None]
        occasions = [ALL, *(o for o in OCCASIONS if question.form in FORMS)] if own else []
        for occasion in occasions:
            marks = [a["right"] for a in at(own, occasion)]
            if marks:
                one = wilson(sum(marks), len(marks))
                yield row("right", one, occasion, question.question_id, verdict=_few(one), right=sum(marks))


def _pieces(answers, key):
    for question in key.questions.values():
        told = [a["pieces"] for a in answers if a["question_id"] == question.question_id and a["pieces"]]
        for n, piece in enumerate(question.crucial_pieces if told else ()):
            missing = sum(" ".join(piece.split()) not in ticked for ticked in told)
            one = wilson(missing, len(told))
            yield row("piece not ticked", one, item=question.question_id, verdict=_few(one), right=missing, piece=n)


def _grades(answers, key):
    two = [a["answer"] for a in answers if key.questions[a["question_id"]].kind == "two-grades" and a["answer"]]
    judged = [answer for answer in two if answer[0] != "F" and answer[1] != "6"]
    if two:
        on = sum(answer in NUMBERS["diagonal"] for answer in judged)
        yield row("on the diagonal", one := wilson(on, len(judged)), verdict=_few(one), right=on)
        left = len(two) - len(judged)
        yield row("F or 6", one := wilson(left, len(two)), verdict=_few(one), right=left)


# Confidence -----------------------------------------------------------------------------------------------------------


def _confidence(given):
    sure = [(a, int(a["confidence"]) / 100) for a in given if a["confidence"]]
    for occasion in (ALL, *OCCASIONS):
        told = [(a, c) for a, c in sure if occasion in (ALL, a["occasion"])]
        for step in NUMBERS["steps"] if told else ():
            marks = [a["right"] for a, _ in told if a["confidence"] == str(step)]
            one = wilson(sum(marks), len(marks))
            few, verdict = one.n < NUMBERS["answers"], _against(one, step / 100)
            yield row("right at", Interval(one.n, None) if few else one, occasion, str(step), verdict=verdict)
        by = _by_student(told)
        if by:
            over = mean([total([c - a["right"] for a, c in own]) / len(own) for own in by])
            yield row("over-confidence", over, occasion, verdict=_over(over))
            brier = mean([total([(c - a["right"]) ** 2 for a, c in own]) / len(own) for own in by])
            low = brier.high is not None and float(four(brier.high)) < NUMBERS["chance_brier"]
            yield row("Brier", brier, occasion, verdict=_spread(brier) or ("used" if low else "not-shown"))


def _by_student(told):
    found: dict[str, list] = {}
    for a, c in told:
        found.setdefault(a["code"], []).append((a, c))
    return list(found.values())


def _against(one, said):
    if one.n < NUMBERS["answers"]:
        return "few-answers"
    return "under" if float(four(one.low)) > said else "over" if float(four(one.high)) < said else "as-said"


def _over(one):
    if one.low is None:
        return _spread(one)
    return "over" if float(four(one.low)) > 0 else "under" if float(four(one.high)) < 0 else "holds-zero"


# By whose number: sums of many students only --------------------------------------------------------------------------


def _whose(given, key):
    for occasion in (ALL, *OCCASIONS):
        for group in key.groups:
            for kind in ("sound", "weak"):
                own = [a for a in at(given, occasion) if _is(key.questions[a["question_id"]], group, kind)]
                by = _by_student([(a, a["right"] == (kind == "sound")) for a in own])
                if len(by) < NUMBERS["pupils"]:
                    continue
                one = share(mean([sum(yes for _, yes in theirs) / len(theirs) for theirs in by]))
                few = len(own) < NUMBERS["group_answers"]
                verdict = "few-in-group" if few else _spread(one)
                made = Interval(one.n, None) if few else one
                yield row(f"yes on {kind}", made, occasion, group=group, verdict=verdict, answers=len(own))


def _is(question: bank.Question, group: str, kind: str) -> bool:
    return question.whose == group and question.sound_or_weak == kind
