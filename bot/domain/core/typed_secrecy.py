"""Words that say who is not to read of it: "…, confidentially", "don't tell anyone", "invite only", "vertraulich: …".

A title with one is asked about, wherever it stands: what was made public cannot be taken back. Pure.
"""

import re
from difflib import SequenceMatcher

from bot.domain.core.typed_text import DASHES

_TEAM = (
    r"(?:info|it|cyber)?sec(?:urity)?|legal|hr|finance|exec(?:utive)?s?|leadership|management|managers?|board|admins?|"
    r"staff|internal(?: use)?|team|leads?|invit\w+|members|insiders?|responders|us|your eyes|eyes|need to know"
)
_TELL = (
    r"tell\w*|announc\w*|shar(?:e|ed|ing)|post(?:ed|ing)?|publish\w*|publici[sz]\w*|disclos\w*|forward\w*|spread\w*|"
    r"broadcast\w*|mention\w*|discuss\w*|talk\w*|reveal\w*|notify|inform|invite|let \w+ know|go public|"
    r"make (?:it|this|that) public"
)
_WHOM = (
    r"any(?:one|body)|every(?:one|body)|people|others|outsiders|customers|users|the \w+|outside|publicly|widely|it|"
    r"this|that|yet|about|further|on|please|around"
)
_BEFORE = rf"(?:^|[,;:.!?()\[\]\u2013\u2014]|\s[{DASHES}]+(?=\s)|\b(?:please|pls|and|but|so))\W{{0,6}}"
_UNSAID = (
    rf"(?:{_BEFORE})?(?:do not|don'?t|dont|never|must not|mustn'?t|should ?n[o']t|not to|without) (?:be )?(?:{_TELL}) "
    rf"(?:{_WHOM})\b|"
    rf"{_BEFORE}(?:do not|don'?t|dont|never|must not|mustn'?t|not to be|no) (?:be |public )?(?:{_TELL})\b|"
    rf"{_BEFORE}not (?:yet )?(?:announced|disclosed|published|shared)\b|"
    r"not (?:for|to) (?:the )?(?:every(?:one|body)|any(?:one|body)|all|others|public\w*|wider|general|distribution|"
    r"sharing|release|outsid\w+|announce\w*)\b|"
    r"(?:no ?body|no[ -]one) (?:else )?(?:should|must|may|needs to|has to|is to) (?:know|see|hear|read|find out)\b|"
    r"no(?:body|[ -]?one) else (?:\w+ )?(?:knows?|sees?)\b"
)
_KEPT = (
    r"\bkeep (?:(?:this|it|that|things|everything|all|one)\s+){0,2}(?:(?:very|strictly|please|really|as)\s+)?"
    r"(?:quiet|private|secret|confidential|internal|hush\w*|under wraps|between|to (?:ourselves|yourselves|yourself|"
    r"us|"
    r"the team)|low[ -](?:key|profile)|low|dark|closed|restricted|hidden|on the (?:quiet|low|down[ -]?low)|off)\b"
)
_ONLY = (
    rf"\bfor (?:the )?(?:\w+ )?(?:{_TEAM})(?: team| people| members| eyes| staff)? only\b|"
    rf"\b(?:{_TEAM})(?: team| people| members| eyes| staff)?[ {DASHES}]only(?=\s*(?:$|[)\]}},;:.!|"
    rf"\u2013\u2014{DASHES}]))|"
    rf"\bonly (?:for|to) (?:the )?(?:\w+ )?(?:{_TEAM})\b(?: team)?|"
    rf"\b(?:restricted|limited|confined) to (?:the )?(?:{_TEAM})\b"
)
_STRONG = (
    r"\bconfiden(?:tial|tiel|cial|zial|cieel|tieel)\w*|\bin confidence\b|\bsecretly\b|\btop[ -]secret\b|"
    r"\bin private\b|\b(?:in|by) secret\b|"
    rf"\b(?:strictly|very|highly|most|kept|keeping|strictement) (?:private|secret|sensitive|internal)\b|"
    r"\b(?:hush|shh+|psst+)(?:[ -]?hush)*\b|\bundisclosed\b|\b(?:un(?:der)?|press|news|media) embargo\b|\bembargoed\b|"
    rf"\b(?:under|has an?|signed an?|needs an?) (?:strict )?nda\b|\blegal[ {DASHES}]hold\b|\battorney[ -]client\b|"
    rf"\bprivileged (?:and|&) confidential\b|\b(?:your |our )?eyes[ {DASHES}]only\b|"
    rf"\bneed[ {DASHES}]to[ {DASHES}]know\b|\b(?:by )?invit\w+[ {DASHES}]only\b|\boff[ -]the[ -]record\b|"
    r"\bunder wraps\b|\bbetween (?:us|you and me|ourselves)\b|\bon the (?:quiet|q\.?t|down[ -]?low|low)\b|"
    r"\bclosed[ -]doors?\b|\bnot (?:yet )?(?:public|to be (?:published|disclosed|announced|made public))(?: yet)?\b|"
    r"\bdiscree?t(?:ly|ion)\b|"
    r"\bvertraulich\w*|\bgeheim(?:halt\w*|nis\w*)?\b|\bnicht (?:f\u00fcr alle|\u00f6ffentlich|weiter\w+)\b|"
    r"\bstreng (?:geheim|vertraulich)\b|\bne pas (?:diffuser|divulguer|partager)\b|\bnon public\w*|"
    r"\ben (?:priv\u00e9|secret|privado|secreto)\b|\breservado\b|\briservato\b"
)
_ANYWHERE = re.compile(rf"{_STRONG}|{_KEPT}|{_ONLY}|{_UNSAID}", re.IGNORECASE)
"""What says it wherever it stands."""
_LABEL = (
    r"private|privately|secret|sensitive|restricted|confidential|internal(?: only)?|quiet(?:ly)?|silent|discreet|nda|"
    r"embargo|classified|hidden|closed|pvt|priv|privat|intern|prive|priv\u00e9e?|privado|privato|secreto|segreto|"
    r"non-?public|low[ -]profile|low[ -]key|need to know"
)
_ALONE = re.compile(
    rf"^\W*(?:this is |it is |it's |mark(?:ed)? |as |very |strictly |please |pls )*(?:{_LABEL})"
    rf"(?: (?:please|pls|incident|matter|topic|thing|issue|channel|room))*\s*[:)\]}}|>*_–—]|"
    rf"(?:[,;:.(\[{{|*_–—]|\s[{DASHES}])\s*(?:this is |it is |it's |mark(?:ed)? |as |very |strictly |please |pls |"
    rf"so )*"
    rf"(?:{_LABEL})(?: (?:please|pls|incident|matter|topic|thing|issue|channel|room|only|for now|thanks))*\W*$|"
    rf"[(\[{{](?:[\w']+ ){{0,2}}(?:{_LABEL})(?: [\w']+){{0,2}}[)\]}}]",
    re.IGNORECASE,
)
"""Words that say it when a mark or a bracket sets them apart."""
_FIRST = re.compile(
    rf"^\W*(?:please )?(?:pvt|priv|undisclosed|hush|nda|embargo(?:ed)?|secret(?! (?:managers?|stores?|vaults?|"
    rf"rotations?|"
    r"scann\w+|management|services?|servers?|engines?|keys?|tokens?|access|santa|injection|operators?|mounts?|sync\w*|"
    r"shar\w+|envs?|configs?|values?|volumes?|providers?|backends?|is|are|was|has|not|cannot|fails?|"
    r"expired)\b)(?: (?:incident|one|issue|matter|topic))?|"
    rf"privado|privato|geheim|priv\u00e9e?)(?![^\W_]|[{DASHES}/_.]\w)",
    re.IGNORECASE,
)
_LAST = re.compile(
    rf"(?<![^\W_])(?<![{DASHES}/_.])(?:pvt|priv|undisclosed|hush|nda|embargo|quietly|discreetly|privado|privato|"
    r"geheim|priv\u00e9e?|classified)(?: (?:please|pls|only))?\W*$",
    re.IGNORECASE,
)
_NEAR = ("confidential", "confidentially", "privately", "vertraulich")
_LIKENESS = 0.84
_NOT_NEAR = frozenset(("confidently", "confident", "confidence", "private", "privates", "privately"))
_AROUND = re.compile(
    r"\W*(?:(?:please|pls|plz|thanks|thx|this|that|it|is|it's|its|strictly|very|kept|keep|treat|handle|as|and|so|"
    r"but|mark|"
    r"marked|for|now|the|a|in|room|channel|incident|matter|only|any(?:one|body)|every(?:one|body)|about|yet|team|eyes|"
    r"people|outside|else)\b\W*)*",
    re.IGNORECASE,
)
_MARKS = "\\s,:;.!|([{<*_~`\"'" + DASHES


def span(shown: str) -> tuple[int, int] | None:
    """Where such words begin and end, with what is only polite around them; what hides their place is masked."""
    found = next((one for one in (p.search(shown) for p in (_ANYWHERE, _ALONE, _FIRST, _LAST)) if one), None)
    return _whole(shown, *found.span()) if found else _slip(shown)


def _slip(shown: str) -> tuple[int, int] | None:
    """ "confidentail": mistyped, or of another language."""
    for one in re.finditer(r"(?<!\w)[cpv][^\W\d_]{7,17}(?!\w)", shown, re.IGNORECASE):
        word = one[0].lower()
        if word not in _NOT_NEAR and any(SequenceMatcher(None, word, near).ratio() >= _LIKENESS for near in _NEAR):
            return _whole(shown, *one.span())
    return None


def _whole(shown: str, start: int, end: int) -> tuple[int, int]:
    """To the edge of the title, where only polite words stand between."""
    if _AROUND.fullmatch(shown[end:]):
        end = len(shown)
        before = re.search(r"(?:^|(?<=[,;:(\[{|–—.!]))[^,;:(\[{|–—.!]*$", shown[:start])
        if before and before.start() and _AROUND.fullmatch(before[0] + " "):
            start = before.start()
    elif _AROUND.fullmatch(shown[:start] + " "):
        start = 0
    return start, end
