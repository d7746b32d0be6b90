"""Mobility, loss of height and death."""

from __future__ import annotations

import re

from extractors.course.vocabulary import AROUND, SLOTS, Said, always
from extractors.language.numbers import parse_count, parse_decimal, parse_words
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

#: No "body height", which is somebody's, but "vertebral body height".
_VERTEBRAL = Glue(r"\b(?:{vertebral})\b(?!(?<=[^l] body) (?:height|stature))", AROUND)
#: What a patient can do "again" or "now" is told of the course.
_AGAIN = Glue(
    r"\b(?:again|now|currently|regain\w*|recover\w*|return\w*|resum\w*|got back|gone back|went back|back "
    r"to)\b"
)
_ONLY = Glue(r"\bonly\b")
_LEVEL = Glue(r"\b(?:levels?|[tld]h? ?\d{1,2}|central|endplate)\b")
_SOMEBODY = Glue(
    r"\b(?:she|he|her|his|patient\w*|woman|man|body|reported|noticed|complain\w*|stature|kyphosis)\b"
)
_LOSES = Glue(r"\b(?:she|he|patient|who|lost|noticed|reported|complain\w*|history of|body)\b")
_MAY = Glue(r"\b(?:may|might|should|would|will|must|if|until|not|unable|never|cannot|inability|difficulty)\b")
_INCH = ("inch", "inches", "in", '"')
#: Heights below this are told in metres.
_TALLEST_M, _IN_A_METRE = 2.5, 100
#: Nobody loses more (cm).
_MOST_CM = 30.0


def _lost(m: re.Match[str]) -> Said | None:
    """A loss of height told with how much it is, not that of a vertebra."""
    if _VERTEBRAL.within(m.string, max(0, m.start() - 40), m.end() + 12):
        return None
    if _LEVEL.within(m.string, *m.span()):
        return None
    told, printed = next((m[f"n{i}"], m[f"u{i}"]) for i in ("", 2, 3, 4, 5, 6, 7) if m[f"n{i}"])
    unit = "inch" if printed in _INCH else "cm"
    words = parse_words(told)
    value = float(words) if words is not None else parse_count(told) or parse_decimal(told)
    if not 0 < value <= (_MOST_CM if unit == "cm" else _MOST_CM / 2.54):
        return None
    return Said("height loss", "present", value, unit)


def _difference(m: re.Match[str]) -> Said | None:
    i = next(i for i in ("", "2", "3") if m[f"from{i}"])
    lost = parse_decimal(m[f"from{i}"]) - parse_decimal(m[f"to{i}"])
    lost = round(lost * _IN_A_METRE if parse_decimal(m[f"to{i}"]) < _TALLEST_M else lost, 1)
    return Said("height loss", "present", lost, "cm") if 0 < lost <= _MOST_CM else None


def _shorter(m: re.Match[str]) -> Said | None:
    """A loss of height told of somebody, not of a vertebra."""
    if _VERTEBRAL.within(m.string) or _LEVEL.within(m.string):
        if not _LOSES.within(m.string, max(0, m.start() - 60), m.end()):
            return None
    elif not m["no"] and not _SOMEBODY.within(m.string):
        return None
    return Said("height loss", "none" if m["no"] else "present")


def _able(m: re.Match[str]) -> Said | None:
    if _MAY.within(m.string, max(0, m.start() - 30), m.start()):
        return None
    again = _AGAIN.within(m.string, max(0, m.start() - 40), m.end() + 12)
    return Said("mobility", "resolved", later=again is None)


def _aided(m: re.Match[str]) -> Said | None:
    if _MAY.within(m.string, max(0, m.start() - 30), m.start()) or _ONLY.within(
        m.string, m.start() - 30, m.end()
    ):
        return None
    return Said("mobility", "improved", later=True)


def _normal(m: re.Match[str]) -> Said | None:
    if _MAY.within(m.string, max(0, m.start() - 30), m.start()):
        return None
    return Said("mobility", "resolved", later=m["again"] is None)


def _better(m: re.Match[str]) -> Said | None:
    if _MAY.within(m.string, max(0, m.start() - 20), m.end()):
        return None
    return Said("mobility", "improved")


_AMOUNT = r"(?:about |approximately |over |nearly |at least |some |almost |more than |around |~ ?)?"
_N = r"(?:{decimal}|{number word})"
_U = r"cm|centimet(?:er|re)s?|inch(?:es)?|in(?= (?:of|in) )"

#: The rule of a death whose subject stands before another verb.
GONE_ON = "and died"
BOOK = Book(
    "course.function",
    (
        Rule(
            "height lost",
            rf"\b(?:lost|losing|loss of|decreased by|decrease of|reduced by|shrunk|shrank|shortened by|"
            rf"shrunk by) "
            rf"{_AMOUNT}(?P<n>{_N})[ -]?(?P<u>{_U})\b (?:in |of |from |(?:in relation|compared|"
            rf"relative) (?:to|with) )?"
            rf"(?:(?:her|his|the|body|total|standing|previous|prior|former|usual|maximum|peak) )*"
            rf"(?:height|stature)\b"
            rf"|\b(?:loss|decrease|reduction|diminution) (?:of|in) (?:body |her |his )?(?:height|stature)"
            rf"(?: of | was | by |: ?| \(){_AMOUNT}(?P<n5>{_N})[ -]?(?P<u5>{_U})\b"
            rf"|\b(?:she|he|who|patient|body) (?:had |has )?(?:shrunk|shrank) (?:by "
            rf")?{_AMOUNT}(?P<n6>{_N})[ -]?(?P<u6>{_U})\b"
            rf"|\b(?:height|stature) (?:loss|reduction|decrease) (?:of |was |: ?|\()?{_AMOUNT}(?P<n2>{_N})"
            rf"[ -]?(?P<u2>{_U})\b"
            rf"|(?<![\d.])(?P<n3>{_N})[ -]?(?P<u3>{_U})[ -](?:loss (?:of|in) (?:body )?(?:height|stature)|"
            rf"(?:height|stature) loss|shorter|"
            rf"less than (?:before|prior to) (?:(?:her|the) )?(?:\w+ )?(?:pregnanc|deliver|birth|illness)|"
            rf"(?:decrease|reduction|diminution) (?:of|in) (?:(?:her|his|body) ){{0,2}}(?:height|stature)|"
            rf"of (?:height|stature) loss|of (?:her |his )?height\b)"
            rf"|\b(?:height|stature)\b[^.;]{{0,30}}? (?:by|loss of|lost|shrunk|dropped|decreased|decreases|"
            rf"declined|diminished|reduced) {_AMOUNT}(?P<n4>{_N})[ -]?(?P<u4>{_U})\b"
            rf"|\b(?:she|he|patient|who) (?:had |has )?(?:already )?lost {_AMOUNT}(?P<n7>{_N})[ "
            rf"-]?(?P<u7>{_U})"
            rf"(?= in (?:all|total)\b|[.,;)]| (?:since|during|over|within|compared|between|after|by)\b|$)",
            _lost,
            says={
                "She had lost 4 cm in height.": Said("height loss", "present", 4.0, "cm"),
                "A height loss of 1.5 inches was noted.": Said("height loss", "present", 1.5, "inch"),
                "Her height had decreased by 5 cm.": Said("height loss", "present", 5.0, "cm"),
                "Her height had dropped 6 cm.": Said("height loss", "present", 6.0, "cm"),
                "She has lost 3.5 cm in all.": Said("height loss", "present", 3.5, "cm"),
                "A loss of 2 cm compared with her former height was seen.": Said(
                    "height loss", "present", 2.0, "cm"
                ),
                "There was a 3-cm loss of height.": Said("height loss", "present", 3.0, "cm"),
                "Loss of height: 4 cm.": Said("height loss", "present", 4.0, "cm"),
                "A 2.5 cm reduction of body height was measured.": Said("height loss", "present", 2.5, "cm"),
            },
            silent=("Her height was 160 cm.", "She lost 4 kg in weight.", "She lost height."),
        ),
        Rule(
            "height before and after",
            r"\b(?:height|stature)\b[^.;]{0,20}? (?:decreased|fell|fallen|dropped|declined|reduced|gone|"
            r"went|shrunk|diminished) "
            r"(?:down )?from (?P<from>{decimal}) ?(?:c?m )?to (?P<to>{decimal}) ?c?m\b"
            r"|\b(?:height|stature)\b[^.;\d]{0,25}(?P<to2>{decimal}) ?cm\b[^.;()\d]{0,40}[,(] ?"
            r"(?:(?:previously|formerly|originally|was|had been|it|she|compared|with|to|vs\.?|versus|"
            r"before|down|"
            r"from|against) ){1,3}(?P<from2>{decimal}) ?cm\b"
            r"|\b(?:height|stature)\b[^.;\d]{0,25}(?P<to3>{decimal}) ?cm,? ?\(?(?P<from3>{decimal}) ?cm "
            r"(?:before|previously|prior to|formerly|in (?:her|his) (?:passport|youth)|at (?:the )?age)\b",
            _difference,
            says={
                "Her height had decreased from 165 to 160 cm.": Said("height loss", "present", 5.0, "cm"),
                "Her height had diminished from 1.66 m to 1.60 m.": Said("height loss", "present", 6.0, "cm"),
                "Her height was 156 cm (previously 160 cm).": Said("height loss", "present", 4.0, "cm"),
                "Height: 153 cm (158 cm before pregnancy).": Said("height loss", "present", 5.0, "cm"),
            },
            silent=("Her weight decreased from 65 to 60 kg.", "Her height was 156 cm (weight 60 kg)."),
        ),
        Rule(
            "height loss",
            r"\b(?P<no>no |without |denied )?(?:(?:any|significant|marked|progressive|noticeable|"
            r"considerable) )?"
            r"(?:loss of (?:body )?(?:height|stature)|(?:body )?height loss|loss in height|"
            r"lost (?:her |his |some )?height|decrease in (?:body )?height|decreased height)\b"
            r"(?! (?:of|at|in) (?:the )?[tl]\d)",
            _shorter,
            says={
                "She noticed loss of height.": Said("height loss", "present"),
                "There was no height loss.": Said("height loss", "none"),
            },
            silent=("Her height was 160 cm.", "vertebral height loss", "loss of height at T8"),
        ),
        Rule(
            "shorter or not",
            r"\b(?:she|he|patient|who) (?:had |has )?(?:become|became|grown|got) (?:\w+ly |much )?shorter\b"
            r"|\b(?:her|his|body|standing) (?:height|stature) (?P<no>(?:(?:had|has) )?(?:remained|stayed|"
            r"was) "
            r"(?:unchanged|stable|the same)|(?:had|has|did) not (?:changed?|decreased?|fallen))\b",
            lambda m: Said("height loss", "none" if m["no"] else "present"),
            says={
                "She had become shorter.": Said("height loss", "present"),
                "Her height remained unchanged.": Said("height loss", "none"),
            },
            silent=("The cervix became shorter.", "The height of the vertebra remained unchanged."),
        ),
        Rule(
            "normal again",
            r"\b(?P<again>regained|recovered|restored|recovery of|return of) (?:her |his )?(?:full|"
            r"complete|normal) "
            r"(?:mobility|ambulation|function|motion|gait|walking)\b"
            r"|\b(?:has|had|with|showed|to|a) (?:an? )?(?:completely )?normal (?:gait|walking|ambulation|"
            r"mobility)\b"
            r"|\b(?:gait|walking|mobility) (?:was|is|became|had become|returned to) normal\b"
            r"|\b(?:off|discarded|dispensed with|gave up|given up) (?:her |his |the |both )?"
            r"(?:crutch(?:es)?|walker|walking frame|cane|sticks?|wheelchair)\b",
            _normal,
            says={
                "She regained full mobility.": Said("mobility", "resolved"),
                "At a year she had a normal gait.": Said("mobility", "resolved", later=True),
                "She was off crutches.": Said("mobility", "resolved", later=True),
            },
            silent=("She hoped that she might regain mobility.", "She had no normal meal."),
        ),
        Rule(
            "walks so far",
            r"\b(?:able to|could|can) (?:now |again )?(?:walk|ambulate) (?:for )?(?:about |up to |some |at "
            r"least )?"
            r"(?:\d{1,4}|short distances|a few steps)(?: ?(?:m|metres|meters|km|steps|minutes|min))?\b"
            r"|\b(?:was|were|be|been) (?:\w+ly |then |fully |successfully ){0,2}(?:re-?)?mobili[sz]ed\b"
            r"(?! (?:bone|calcium|from the skeleton))",
            _aided,
            says={
                "By then she could walk 100 m.": Said("mobility", "improved", later=True),
                "She was gradually mobilised with a corset.": Said("mobility", "improved", later=True),
            },
            silent=("She could only walk 10 m.", "She could not walk 100 m."),
        ),
        Rule(
            "walks alone",
            r"\b(?:walk(?:s|ed|ing)?|ambulat(?:e|es|ed|ing|ory)|mobili[sz](?:e|es|ed|ing)|mobile|move|"
            r"stand and walk) "
            r"(?:(?:\w+ly|well|again|and \w+) ){0,2}?(?:unaided|unassisted|independently|normally|freely|"
            r"painlessly|"
            r"without (?:any )?(?:\w+ )?(?:{aid}))\b"
            r"|\bindependent(?:ly)? (?:ambulation|walking|mobile|ambulatory|ambulant)\b"
            r"|\bindependent (?:in|for|with|of help in) (?:all |most |her |his |the ){0,2}"
            r"(?:daily (?:life|living|activities)|activities of daily|adls?\b|self-?care)",
            _able,
            says={
                "She walked unaided.": Said("mobility", "resolved", later=True),
                "She could walk without crutches again.": Said("mobility", "resolved"),
                "She was independent in daily activities.": Said("mobility", "resolved", later=True),
            },
            silent=("She walked.", "She could not walk without crutches.", "unable to walk unaided"),
        ),
        Rule(
            "walks with an aid",
            r"\b(?:walk(?:s|ed|ing)?|ambulat(?:e|es|ed|ing)|mobili[sz](?:e|es|ed|ing)) (?:[\w-]+ ){0,3}?"
            r"(?:with|using|on) (?:an? |the aid of |the help of |two |one |her )?(?:[\w-]+ )?"
            r"(?:cane|crutch(?:es)?|walker|stick|frame|walking aid|rollator)\b",
            _aided,
            says={
                "At one month she walked with crutches.": Said("mobility", "improved", later=True),
            },
            silent=("She walked without crutches.", "She was using crutches."),
        ),
        Rule(
            "fully mobile",
            r"\bfully (?:ambulatory|mobile|ambulant|weight[- ]bear(?:ing)?|independent|functional|"
            r"mobili[sz]ed)\b"
            r"|\bfull(?:y)? (?:recover(?:ed|y) of|regained) (?:\w+ )?(?:mobility|function)\b"
            r"|\bfull weight[- ]?bearing (?:was|is|had been) (?:\w+ly |then |again )?"
            r"(?:allowed|permitted|possible|achieved|started|begun|resumed|tolerated)\b",
            _able,
            says={
                "At six months she was fully ambulatory.": Said("mobility", "resolved", later=True),
                "Full weight bearing was then allowed.": Said("mobility", "resolved", later=True),
            },
            silent=("She was fully conscious.", "Full weight bearing was not possible."),
        ),
        Rule(
            "cares alone",
            r"\b(?:care[sd]?|caring|look(?:s|ed|ing)? after|lift(?:s|ed|ing)?|carr(?:y|ies|ied|ying)|"
            r"hold(?:s|ing)?)"
            r"(?: for| of| up)? (?:her|the) (?:own )?(?:bab(?:y|ies)|child(?:ren)?|daughter|son|infant|"
            r"twins|newborn)"
            r"(?: [\w-]+){0,2}? (?:without (?:any )?(?:\w+ )?(?:{aid})|unaided|independently|alone|again|"
            r"by herself|on her own)\b",
            _able,
            says={"She cared for her son without help.": Said("mobility", "resolved", later=True)},
            silent=("She could not lift her baby without pain.", "She cared for her baby."),
        ),
        Rule(
            "back to daily life",
            r"\b(?:returned|return|resumed|resume|resumption of|got back|gone back|went back|back|perform|"
            r"performed|"
            r"carry out|carried out|do|doing|cope with|performing|resuming|returning)(?: to| with| in)?"
            r"(?: (?:all|her|his|the|full|full-time|part-time|most|normal|previous|regular|of)){0,4} "
            r"(?:{daily life})\b",
            _able,
            says={
                "She returned to her daily activities.": Said("mobility", "resolved"),
                "She was doing all household work.": Said("mobility", "resolved", later=True),
            },
            silent=("She returned to the clinic.", "She was unable to perform her daily activities."),
        ),
        Rule(
            "mobility better",
            r"\b(?:mobility|ambulation|gait|functional (?:status|capacity|ability)|walking (?:ability|"
            r"distance))\b[^.;,]{0,30}? "
            r"(?:improved|recovered|restored|regained|normali[sz]ed)\b"
            r"|\b(?:regained|recovered|improvement (?:in|of)|improved|recovery of|restoration of) (?:\w+ "
            r"){0,3}?"
            r"(?:mobility|ambulation|ability to walk|walking ability|gait|functional (?:status|capacity|"
            r"ability))\b",
            _better,
            says={"Her mobility improved.": Said("mobility", "improved")},
            silent=("Mobility was poor.", "Her vision improved."),
        ),
        Rule(
            "death",
            r"\b(?:(?:the|our|this|index) (?:young |newborn |index |preterm )?{somebody}|she|he|who)"
            r"(?: \w+ly| then| later| had| has){0,2} {died}\b(?! down| away from)"
            r"|\b(?:led to|resulted in|until|causing) (?:her|his|the patient's) death\b|"
            r"\b(?:leading to|resulting in|ending in|followed by) (?:the )?death "
            r"(?=on|after|within|at|\d|{number word} (?:days|hours|weeks|months))\b|"
            r"\b(?:patient's|child's|infant's|baby's|her|his) death\b"
            r"|(?<!fetal )(?<!foetal )(?<!intrauterine )(?<!neonatal )(?<!infant )(?<!cell )(?<!brain "
            r")(?<!cot )"
            r"(?<!perinatal )\bdeath (?:ensued|occurred|followed|supervened)\b(?! in (?:\d|{number word}|"
            r"all|most))"
            r"|\b(?:outcome|evolution|course|episode) (?:was|proved|had been) (?:\w+ly )?(?:fatal|lethal)\b"
            r"|\bresuscitation\b(?: \w+){0,2} (?:was|were|proved|remained) (?:unsuccessful|futile|in vain|"
            r"without success)\b"
            r"|\b(?:had|suffered|developed|sustained|with|and) (?:an? )?(?:sudden )?fatal "
            r"(?:outcome|issue|(?:cardio\w*|cardiac|respiratory|heart) (?:arrest|failure|collapse))\b",
            always("death", "present"),
            says={
                "The patient died of sepsis.": Said("death", "present"),
                "She suffered a fatal cardiac arrest.": Said("death", "present"),
                "The young girl died 18 hours after surgery.": Said("death", "present"),
                "She had intractable shock leading to death on day 5.": Said("death", "present"),
                "Death ensued on day 12.": Said("death", "present"),
                "Unfortunately, the outcome was fatal.": Said("death", "present"),
                "Resuscitation efforts were unsuccessful.": Said("death", "present"),
            },
            silent=(
                "Her father died.",
                "The pain died down.",
                "It may have a fatal outcome.",
                "A disease leading to death was feared.",
                "Fetal death occurred at 30 weeks.",
            ),
        ),
        Rule(
            GONE_ON,
            r"(?<=[a-z] )and (?:\w+ly |then |later |soon ){0,2}{died}"
            r"(?= (?:of|from|on|after|within|in|at|due|to|because|despite|\d|{number word}|the (?:next|same))"
            r"\b|[.,;])",
            always("death", "present"),
            says={"He relapsed and finally died of septic shock.": Said("death", "present")},
            silent=("The swelling grew and died down.", "He died of it."),
        ),
    ),
    SLOTS
    | {
        "died": r"(?:died|passed away|expired|succumbed|deceased|(?:was )?(?:pronounced|declared) dead)",
        "somebody": (
            r"(?:patient|woman|man|lady|gentleman|boy|girl|child|infant|baby|newborn|neonate|toddler|proband)"
        ),
    },
)
