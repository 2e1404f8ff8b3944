"""Words of number, hedge and month in the languages of sources, as far as cases have needed them. Data only.

Each is a pattern of the stems in which a language inflects it. What a language has not is not judged.
"""

# How a hedge of schema.HEDGES is printed. A cell of hedge_as_printed may hold several, joined by ;
HEDGES = {
    "en": {
        "about": r"about|around|approximat|roughly|\bsome\b|maybe|circa|or so|give or take|in the region of",
        "at least": r"at least|minimum|no fewer|not? less than|as few as|we estimate|\+|or more",
        "at most": r"at most|maximum|no more than|not exceed|or fewer",
        "more than": r"more than|\bover\b|exceed|passed|upwards of|above|greater than|in excess",
        "fewer than": r"fewer than|less than|below|under\b",
        "nearly": r"nearly|almost|close(?:r)? to|just under|just short",
        "up to": r"up to|as many as|as much as|\bto\b",
        "between": r"between|rang(?:e|ing)|\bfrom\b",
        "estimated": r"estimat|evaluat|likely",
        "average": r"averag|\bmean\b|typical",
        "exactly": r"exact|precise",
        "for example": r"for example|for instance|let['’]s say|including|such as|, say,",
    },
    "ru": {
        "about": r"около|порядка|пример|приблизит|ориентировоч|говорить о|тысяч \w+",
        "at least": r"не менее|как минимум|минимум|по меньшей мере",
        "at most": r"не более|не превыша|максимум",
        "more than": r"более|свыше|больше|порядка",
        "fewer than": r"менее|меньше",
        "nearly": r"почти|чуть менее",
        "up to": r"\bдо\b",
        "between": r"\bот\b|между",
        "estimated": r"оцен|по предварительн",
        "average": r"средн",
        "exactly": r"точн|ровно",
        "for example": r"например|скажем|допустим",
    },
    "fr": {
        "about": r"environ|proche de|près de|quelque",
        "at least": r"au moins|minimum",
        "more than": r"plus de|dépass",
        "up to": r"jusqu",
        "estimated": r"estim",
        "average": r"moyenne",
    },
    "es": {
        "between": r"entre|\bde\b",
        "about": r"\bunos\b|\bunas\b|alrededor|cerca de|aproximad",
        "at least": r"al menos|mínimo|por lo menos",
        "more than": r"más de",
        "up to": r"hasta",
        "estimated": r"estim|evaluaci|se calcula",
        "average": r"promedio|media",
    },
    "pt": {
        "about": r"cerca de|aproximad",
        "at least": r"pelo menos|mínimo",
        "more than": r"mais de",
        "up to": r"até",
        "average": r"média",
    },
    "it": {
        "about": r"circa",
        "at least": r"almeno",
        "more than": r"più di|oltre",
        "up to": r"fino a",
        "average": r"media",
    },
    "de": {
        "about": r"etwa|rund|ungefähr|circa",
        "at least": r"mindestens",
        "more than": r"mehr als|über",
        "up to": r"bis zu",
        "average": r"durchschnitt",
    },
    "ar": {
        "about": r"حوالي|نحو",
        "at least": r"على الأقل",
        "more than": r"أكثر من",
        "up to": r"ما يصل إلى",
    },
    "bg": {"about": r"пример|около", "more than": r"повече от|над\b"},
    "tr": {"about": r"yaklaşık", "more than": r"fazla", "average": r"ortalama"},
}

# The words that stand before a range, of which `between` says that they do. A bare range, A to B or A-B, has none.
BETWEEN = r"\b(?:between|from|от|между|entre|de|von|zwischen|da|بين|من)\W+(?:\w+\W+)?$"

# English words, of quotes and glosses, that tell a number of those who are there from one of all who ever went.
THERE = (
    r"\bthere (?:is|are|were)\b|\b(?:are|were) (?:now |currently |already |still )?(?:fighting|taking part)\b"
    r"|\bcurrently\b|\bat (?:the|its) (?:height|peak)\b|\bremain\b|\bin (?:its|the) ranks\b"
    r"|\bamong (?:those in|members)\b|\bpresent in\b"
)
WENT = (
    r"\b(?:went|gone|travel\w*|joined|to join|made their way|left (?:the|our|for)|poured|becom\w+|became|attract\w*"
    r"|drawn|coming to|contributed|turned their back|have fought)\b"
)
# How English words credit somebody else's count; what follows says whose.
CREDIT = (
    r"\b(?:according to|citing|by (?:the )?data of|credits) (?!(?:the|a|this) report|our )([^,;]{3,40})"
    r"|\b(intelligence (?:assessment|communit|sourc|agenc|estimat).{,20})"
)
# The same with the name first, its capitals kept: the Bus Company has proposed; the company tally.
REPORTED = (
    r"\b((?!We |They |An? |The )[A-Z]\w+(?: [A-Z]\w+){0,3}|[a-z]+(?= (?:tally|assessments)\b)) "
    r"(?:(?:has|have) )?(?:estimate[sd]?|proposed|said|says|claims|claimed|notes|tally|assessments)\b"
)

# Number words by their stems; a word of a number that begins with none of them is not read. Scales multiply.
NUMBERS = {
    "ru": {
        "ни одн": 0, "один": 1, "одн": 1, "два": 2, "дву": 2, "две": 2, "три": 3, "трех": 3, "трёх": 3, "четыр": 4,
        "пят": 5, "шест": 6, "сем": 7, "восем": 8, "восьм": 8, "девят": 9, "десят": 10, "сто": 100, "ста": 100,
    },
    "it": {"cinquemila": 5000, "cinque": 5, "due": 2, "tre": 3, "dieci": 10},
    "ar": {"ولو ضربة واحدة": 0, "ستة": 6},
}  # fmt: skip
SCALES = {
    "ru": {"тыс": 1000, "млн": 10**6, "миллион": 10**6, "млрд": 10**9, "миллиард": 10**9},
    "fr": {"mille": 1000, "million": 10**6, "milliard": 10**9},
    "es": {"mil": 1000, "millon": 10**6, "millón": 10**6},
    "pt": {"mil": 1000, "milh": 10**6},
    "it": {"mil": 1000, "milion": 10**6},
    "de": {"tausend": 1000, "million": 10**6, "milliard": 10**9},
    "ar": {"ألف": 1000, "آلاف": 1000, "مليون": 10**6},
    "tr": {"bin": 1000, "milyon": 10**6},
}

# The first letters of the months, from January to December.
MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec".split(),
    "ru": "янв фев мар апр ма[йя] июн июл авг сен окт ноя дек".split(),
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc".split(),
    "es": "enero febr marzo abril mayo junio julio agosto sept octub noviem diciem".split(),
    "pt": "janei feverei março abril maio junho julho agosto setemb outubro novemb dezemb".split(),
    "it": "gennai febbra marzo aprile maggio giugno luglio agosto settem ottobr novemb dicemb".split(),
    "de": "januar februar märz april mai juni juli august septem oktober november dezember".split(),
    "ar": "كانون.الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين.الأول تشرين.الثاني كانون.الأول".split(),
}
