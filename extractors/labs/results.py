"""Words that tell a result ("normal", "elevated", "within the reference range"), by what they say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from extractors.labs.words import RESULT_CLASSES, slots
from extractors.rules.book import Book, Found
from extractors.rules.rule import Rule
from extractors.text import Sentence, View, lower_same_length

#: What a result word says. "changed": low or high now, or a verb of change; "noun": only before a name;
#: "rise": behind the name of a test that rises in disease;
#: "back": normal again; "clean", "none": no abnormality; "absence": "no" before what should not be there.
KINDS = (
    "low", "high", "normal", "back", "changed-low", "changed-high", "noun-low", "noun-high", "clean", "none",
    "noun-rise", "rise",
    "negative", "positive", "absence",
)  # fmt: skip


class ResultWord(NamedTuple):
    """A result word at [start, end); `kind` is one of KINDS."""

    start: int
    end: int
    kind: str


def _says(kind: str) -> Callable[[re.Match[str]], str]:
    def read(match: re.Match[str]) -> str:
        return kind

    return read


def _rule(name: str, kind: str, phrase: str, says: tuple[str, ...], silent: tuple[str, ...]) -> Rule:
    """A rule for whole words, all of whose matches say the same."""
    whole = rf"(?<![\w-])(?:{phrase})(?!\w)"
    return Rule(name, whole, _says(kind), says=dict.fromkeys(says, kind), silent=silent)


_BACK = (
    _rule(
        "back to normal",
        "back",
        r"{aux}{return} (?:(?:back|down) )?to (?:within )?{the}(?:near[ -])?(?:normal|reference)"
        r"(?: {range noun})?",
        ("Calcium fell back to normal values.", "It had returned to within the reference range."),
        ("It returned to baseline.", "It fell to 12."),
    ),
    _rule(
        "to normal",
        "back",
        r"to (?:within )?(?:the )?normal(?: {range noun})?|"
        r"to (?:the |within (?:the )?)(?:reference|normal) (?:range|interval)",
        ("Calcium went to normal levels.", "brought to within the reference range"),
        ("to the ward", "to a normal diet"),
    ),
    _rule(
        "normalised",
        "back",
        r"became normal|{aux}normali[sz]ed|normali[sz]ation(?: (?:of|in))?|normali[sz]ing",
        ("PTH normalised.", "Calcium became normal.", "after normalization of calcium"),
        ("It was never normal.",),
    ),
)
_NORMAL = (
    _rule(
        "not abnormal",
        "normal",
        r"(?:not|never|neither|nor) (?:be |been )?(?:significantly |markedly |clearly )?{not abnormal}",
        ("PTH was not elevated.", "Calcium had never been low."),
        ("PTH was not measured.", "It was elevated."),
    ),
    _rule(
        "none is abnormal",
        "normal",
        r"none of (?:which|these|them|the \w+) (?:was|were|is|are) {not abnormal}",
        ("Calcium was 9 and PTH 30, none of which was abnormal.",),
        ("None of these was normal.",),
    ),
    _rule(
        "no rise of",
        "normal",
        r"(?:no|without(?: an[y]?)?) (?:(?:significant|associated|concomitant|further) )?"
        r"(?:elevation|increase|abnormality|abnormalities|rise|alteration|pathology)"
        r"(?: (?:was|were) (?:found|detected|noted|seen|observed|identified|present))? (?:of|in)",
        (
            "There was no elevation of alkaline phosphatase.",
            "ALT was high without an increase in bilirubin.",
            "No abnormalities were found in calcium or phosphate.",
        ),
        ("There was no pain in the back.", "without any pain"),
    ),
    _rule(
        "nearly normal",
        "normal",
        r"(?:low|high|borderline|upper|lower|mid|near)[ -](?:to[ -])?normal|"
        r"(?:at|in|near) the (?:lower|upper) (?:limit|end|part|half|margin)s? of "
        r"(?:the )?(?:normal|reference)(?: (?:range|values?|interval))?",
        ("TSH was low-normal.", "PTH was at the upper limit of normal."),
        ("in the lower limb", "low bone mass"),
    ),
)
_BEYOND = (
    _rule(
        "multiple of N",
        "high",
        r"(?!1 ?(?:n|uln))[1-9]\d*(?:[.,]\d+)? ?(?:[x×] ?)?(?:n|uln)(?=[ ,;.)\]]|$)",
        ("AST was 3N.", "GGT 2.5 x ULN", "ALT (6 N)"),
        ("AST was 1N.", "stage T2 N1", "3 nodules"),
    ),
    _rule(
        "times the norm",
        "high",
        r"(?:{grown} (?:(?:up )?(?:to|by|at) )?)?{roughly}{multiple} "
        r"(?:{grown} (?:than |above |over |to )?|above |over |that of )?(?:{norm})",
        (
            "ALP was twice the upper limit of normal.",
            "It was 2.5 times the normal value.",
            "GGT was 2-3 times the upper limit of normal.",
            "LDH was increased to ten times the normal value.",
            "LDH was 4 times elevated than normal.",
            "Lipase was greater than three times the upper limit.",
        ),
        ("It was measured three times.", "twice the dose"),
    ),
    _rule(
        "grown manifold",
        "high",
        r"(?:elevated|raised|increased|high) (?:by |up to )?{roughly}(?:{number}|{times})[ -]?fold|"
        r"(?:{number}|{times})[ -]?fold (?:elevated|raised|increased|higher)",
        ("Troponin was elevated 20-fold.", "Amylase was five-fold increased."),
        ("a 5-fold reduction", "The dose was doubled."),
    ),
    _rule(
        "above the norm",
        "high",
        r"(?:above|over|exceed(?:ing|ed|s)|beyond|in excess of|(?:higher|greater|more) than) (?:{norm})",
        ("ALP was above the reference range.", "higher than normal", "GGT was over the limit."),
        ("above the knee", "more than 30", "above the limit of detection", "over the limit of 10"),
    ),
    _rule(
        "below the norm",
        "low",
        r"(?:below|under|beneath|(?:lower|less) than) (?:{norm})",
        ("25-OH D was below the normal limits.", "lower than normal", "It lay under the range for adults."),
        ("below the knee", "less than 30", "under the limit of quantification"),
    ),
)
_WITHIN = (
    _rule(
        "within the norm",
        "normal",
        r"(?:within|inside|in) {the}"
        r"(?:(?:upper|lower|mid|low|high|age|adjusted|laboratory|expected)[ -]){0,2}"
        r"(?:normal|reference|physiologic(?:al)?|expected|therapeutic) "
        r"(?:laboratory |reference |adult |limits? of )?{range noun}(?: limits)?",
        ("TSH was within the normal range.", "Calcium lay in the age-adjusted reference range."),
        ("in the therapeutic setting", "within a week"),
    ),
    _rule(
        "within normal",
        "normal",
        r"within normal(?! \w+ \d)|wnl|between (?:the )?(?:normal|reference) (?:{range noun})(?! \d)|"
        r"in (?:the )?range of normal|in(?:side)? (?:{the norms})|"
        r"(?:within|inside) (?:range|limits|norms?|{the norm})(?: of (?:normal|reference))?",
        (
            "Calcium WNL.",
            "They were within limits.",
            "PTH was in the range of normal.",
            "It lay inside its limits.",
            "Zinc in the norm.",
            "between the normal range",
        ),
        ("within normal range 3", "in the limits", "within the range of 3 to 5"),
    ),
    _rule(
        "normal word",
        "normal",
        r"{normal}|intact(?=[,.;]|$)|(?:(?<=were )|(?<=was )|(?<=all ))correct(?=[,.;)]|$| (?:and|except)\b)",
        (
            "Calcium was normal.",
            "Renal function was unremarkable.",
            "Liver function intact.",
            "Creatinine was correct.",
        ),
        ("intact PTH", "abnormal calcium", "to correct calcium", "the correct diagnosis"),
    ),
    _rule(
        "normal by its letter",
        "normal",
        r"(?<=[:=] )(?:n|nl|nad)(?=[.,;)]|$)",
        ("TSH and PTH: NL.", "LFT = N, RFT = N"),
        ("n: 4", "factor n: nl 3"),
    ),
    _rule(
        "without abnormality",
        "normal",
        r"without (?:any )?(?:pathological |relevant |significant )?{abnormality}",
        ("Blood count without abnormalities.", "without any pathological findings"),
        ("without any pain",),
    ),
)
_BEFORE_VALUE = (
    _rule(
        "as low as", "low", r"as low as", ("Calcium was as low as 1.7.",), ("as long as", "as well as low")
    ),
    _rule("as high as", "high", r"as high as", ("PTH rose as high as 300.",), ("as far as", "high as")),
)
_WORDS = (
    _rule(
        "deficiency meant",
        "low",
        r"{meaning} (?:an? )?(?:(?:severe|mild|moderate|marked|significant|clear|relative|profound) )?"
        r"(?:deficiency|insufficiency)(?: state| status| range)?(?! (?:of|in) )",
        ("It was 11 ng/mL, indicating deficiency.", "9 ng/mL, consistent with a severe insufficiency"),
        ("indicating deficiency of iron", "in keeping with osteoporosis"),
    ),
    _rule(
        "low word",
        "low",
        r"{low}",
        ("Her 25-hydroxyvitamin D was inadequate.", "Zinc was hyponormal.", "PTH was undetectably low."),
        ("The pain was below the chest.", "adequate sleep"),
    ),
    _rule(
        "high word", "high", r"{high}", ("PTH was high.", "supranormal values"), ("higher up", "a highway")
    ),
    _rule(
        "lowered",
        "changed-low",
        r"{changed low}",
        ("TSH was suppressed.", "reduced calcium"),
        ("reduces pain",),
    ),
    _rule(
        "raised",
        "changed-high",
        r"{changed high}",
        ("PTH was elevated.", "increased ALP"),
        ("It increases.",),
    ),
)
_CLEAN = (
    _rule(
        "showed no abnormality",
        "clean",
        r"(?:(?:(?:{showed}|with|had|yielded) |(?<=: ))(?:no|not any) |"
        r"(?:did|do|does) not (?:show|reveal|disclose|demonstrate|detect|identify|display|yield|have|find) "
        r"(?:any |an )?)"
        r"(?:(?:significant|relevant|further|other) )?"
        r"(?:abnormal(?:it\w+)?(?: {finding})?|anomal(?:y|ies)|patholog(?:y|ies)|pathological {finding}|"
        r"alterations?|deviations?|changes)",
        (
            "Laboratory tests showed no significant abnormalities.",
            "revealed no pathological findings",
            "TSH and PTH: no anomaly",
            "Calcium and PTH did not show any abnormality.",
        ),
        ("She had no pain.", "showed normal values", "did not show any improvement"),
    ),
    _rule(
        "no abnormality",
        "none",
        r"(?:(?:{showed}|detected|found|displayed|(?:(?:was|were) )?with) )?"
        r"(?:no|not any|absence of|neither) (?:any )?(?:evidence of |signs? of )?(?:an? )?"
        r"(?:abnormal\w*|patholog\w*|monoclonal \w+|{m spike}|paraprotein\w*|"
        r"alterations?|gammopathy|proteinuria)",
        ("Electrophoresis found no monoclonal band.", "without it no evidence of an M-spike"),
        ("no evidence of fracture",),
    ),
)
_NOUNS = (
    _rule(
        "rise of",
        "noun-high",
        r"(?:elevations?|rise) (?:of|in)|excess of",
        ("There was an elevation of ALP.", "a rise in calcium"),
        ("an excess weight",),
    ),
    _rule(
        "increase of",
        "noun-rise",
        r"(?:increases?|increment|upsurge|surge) (?:of|in)",
        ("There was an increase of transaminases.", "a surge in troponin"),
        ("The dose was increased in June.", "an increase to 40 mg"),
    ),
    _rule(
        "rise behind a name",
        "rise",
        r"(?:elevation|increase|rise){noun ends}",
        ("There was troponin elevation.", "a CRP rise was noted"),
        ("an increase to 12", "rise of CRP", "levels increase in pregnancy"),
    ),
    _rule(
        "deficiency of",
        "noun-low",
        r"(?:deficienc(?:y|ies)|deficits?|insufficienc(?:y|ies)|lack) (?:of|in)",
        ("a deficiency of vitamin D",),
        ("vitamin D deficiency was treated",),
    ),
    _rule(
        "suppression of",
        "noun-low",
        r"suppression of(?= (?:(?:the|her|his|serum|plasma|intact) ){0,2}{suppressed hormone}\b)",
        ("There was a suppression of PTH.", "suppression of her TSH"),
        ("suppression of ovulation", "a suppression test", "suppression of bone turnover"),
    ),
)
_QUALITATIVE = (
    _rule(
        "negative word",
        "negative",
        r"{negative}",
        ("ANA were negative.", "Antibodies were not detected.", "HIV was non-reactive."),
        ("negatively charged", "a finding"),
    ),
    _rule(
        "positive word",
        "positive",
        r"{positive}|presence of",
        ("ANA were positive.", "The presence of ketones was shown."),
        ("positively charged",),
    ),
    _rule(
        "absence word",
        "absence",
        r"(?:no|without)(?: (?:evidence|signs?|presence|detectable|traces?))?(?: of)?",
        ("no ketones", "without evidence of ketones"),
        ("now", "none"),
    ),
)
#: Of rules that match at one place the first counts.
BOOK = Book(
    "labs.results",
    (
        *_BACK,
        *_NORMAL,
        *_BEYOND,
        *_WITHIN,
        *_BEFORE_VALUE,
        *_WORDS,
        *_CLEAN,
        *_NOUNS,
        *_QUALITATIVE,
    ),
    slots(*RESULT_CLASSES),
)


def result_words(view: View, sentence: Sentence, words: str) -> list[ResultWord]:
    """All result words of a sentence, offsets relative to it; `words` are its own with ranges blanked out."""
    at = sentence.start
    return [ResultWord(f.start - at, f.end - at, f.read()) for f in BOOK.leftmost(view, sentence, words)]


def result_words_in(text: str) -> list[ResultWord]:
    """The same for a text that is no sentence of a view: a label, a cell."""
    found: list[Found] = BOOK.leftmost_in(text, lower_same_length(text))
    return [ResultWord(f.start, f.end, f.read()) for f in found]


def is_result(lower: str) -> bool:
    """Whether a text in lower case is nothing but a result word."""
    return any(bound.pattern.fullmatch(lower) for bound in BOOK.bound)
