"""What publishers call the parts of their pages in class and id attributes.

Names are compared in the form of `html_clean.names_of`: small letters, hyphens and capitals turned
into blanks. Collected from the markup of the large platforms and from common content managers.
"""

from __future__ import annotations

import re
from functools import cache

_CONSENT = (
    r"cookies?|gdpr|onetrust|consent (?:banner|manager|popup|box|bar|modal)|app banner|banner|usa banner"
)
_NAVIGATION = (
    r"breadcrumbs?|skip (?:link|nav|to)\w*|nav(?:bar|igation)?|header nav|menu|masthead|site (?:header"
    r"|footer)"
    r"|page footer|(?<!table )(?<!tbl )footer|pagination|pager|toc|table of contents|contents list"
    r"|on this page"
    r"|jump (?:to|links?|menu)|search(?: \w+)?|side ?bars?|ncbi (?:header|footer|alerts?)"
    r"|journal (?:info|header|nav)|issue (?:nav|info)|article (?:navigation|nav)"
)
_TOOLS = (
    r"tool ?bars?|tool ?box|article (?:tools?|actions?|metrics)|download(?:s| links?| options?| pdf)"
    r"|citation (?:tools?|export|manager|download)|export citation|cite (?:this|box|modal|button)|print only"
    r"|no print"
    r"|modal|pop ?up|language (?:switch\w*|select\w*)|translate|accessibility (?:bar|menu|links?)"
)
_SOCIAL = (
    r"share|sharing|social(?: \w+)?|addthis|altmetrics?|metrics|badges?|newsletter|subscribe|subscription"
    r"|sign ?up"
    r"|log ?in|sign ?in|paywall|purchase|access options|follow us|feedback|survey|disqus|respond"
    r"|comments? (?:section|area|list|form|box)|adverts?|advertisement|advertising|ads|promo(?:tion)?"
    r"|sponsored"
)
_THINGS = (
    r"(?:articles?|content|links?|posts?|items?|reading|papers?|stories|journals?|resources|topics|products"
    r"|information)"
)
_OTHER_WORKS = (
    rf"related {_THINGS}|similar {_THINGS}|recommend(?:ed|ations?)|trending|most (?:read|viewed|cited"
    rf"|popular)"
    r"|latest (?:articles?|news)|cited ?by|citing articles?|associated data|collections? (?:list|button)"
)
_RECORD = (
    r"linkouts?|link ?out list|full text links?|mesh terms|substances|publication types|grants? list"
    r"|author (?:bio|search|links?)|affiliations?|aff list|contrib group|authors? list|article header meta"
    r"|article (?:dates?|history|info(?:rmation)?|notes?)|history dates|copyright|licen[cs]e|permissions"
    r"|rights ?link"
)
_VIEWERS = (
    r"fig(?:ure)? (?:viewer|controls?|links?|tools?|actions?)|lightbox|gallery controls?|viewer controls?"
    r"|magnifier"
    r"|zoom|carousel|slider|screen reader(?: only| text)?|sr only|visually ?hidden"
)
_ARTICLE = (
    r"article ?body|article (?:content|text|fulltext|main|container)|full ?text(?: view| content)?"
    r"|hl ?fld fulltext"
    r"|main article body|c article body|body content|post content|entry content|jig ncbiinpagenav"
    r"|article view"
    r"|paper body"
)
_REFERENCES = (
    r"ref(?:erence)?s? list|references?(?: section| content)?|bibliography(?: \w+)?|citations? list|reflist"
    r"|biblist"
    r"|ref cit blk|c article references"
)


@cache
def junk() -> re.Pattern[str]:
    """Parts of the page that are no part of the article."""
    return _named(_CONSENT, _NAVIGATION, _TOOLS, _SOCIAL, _OTHER_WORKS, _RECORD, _VIEWERS)


@cache
def article() -> re.Pattern[str]:
    """Elements that hold the article."""
    return _named(_ARTICLE)


@cache
def references() -> re.Pattern[str]:
    """Lists of references."""
    return _named(_REFERENCES)


def _named(*parts: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")
