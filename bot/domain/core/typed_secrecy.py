"""Words that say who is not to read of it: "…, confidentially", "don't tell anyone", "invite only", "vertraulich: …".

A title with one is asked about, wherever it stands: what was made public cannot be taken back. Pure.
"""

import re
from difflib import SequenceMatcher

from bot.domain.core.typed_text import DASHES

_TEAM = (
    r"(?:info|it|cyber)?sec(?:urity)?|legal|hr|finance|exec(?:utive)?s?|leadership|management|managers?|board|"
    r"admins?|"
    r"staff|internal(?: use)?|team|leads?|invit\w+|members|insiders?|responders|us|your eyes|eyes|need to know"
)
_TELL = (
    r"tell\w*|announc\w*|shar(?:e|ed|ing)|post(?:ed|ing)?|publish\w*|publici[sz]\w*|disclos\w*|forward\w*|spread\w*|"
    r"broadcast\w*|mention\w*|discuss\w*|talk\w*|reveal\w*|notify|inform|invite|let \w+ know|go public|"
    r"make (?:it|this|that) public|put|writ\w+|say\w*|speak|leak|gossip|advertis\w+"
)
_WHOM = (
    r"any(?:one|body)|every(?:one|body)|people|others|outsiders|customers|users|the \w+|outside|publicly|widely|it|"
    r"this|that|yet|about|further|on|please|around"
)
_BEFORE = rf"(?:^|[,;:.!?()\[\]\u2013\u2014]|\s[{DASHES}]+(?=\s)|\b(?:please|pls|and|but|so))\W{{0,6}}"
_UNSAID = (
    rf"(?:{_BEFORE})?(?:do not|don'?t|dont|never|must not|mustn'?t|should ?n[o']t|not to|"
    rf"without) (?:be )?(?:{_TELL}) "
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
    r"\b(?:hush|shh+|psst+)(?:[ -]?hush)*\b|\bundisclosed\b|\b(?:un(?:der)?|press|news|media) embargo\b|"
    r"\bembargoed\b|"
    rf"\b(?:under|has an?|signed an?|needs an?) (?:strict )?nda\b|\blegal[ {DASHES}]hold\b|\battorney[ -]client\b|"
    rf"\bprivileged (?:and|&) confidential\b|\b(?:your |our )?eyes[ {DASHES}]only\b|"
    rf"\bneed[ {DASHES}]to[ {DASHES}]know\b|\b(?:by )?invit\w+[ {DASHES}]only\b|\boff[ -]the[ -]record\b|"
    r"\bunder wraps\b|\bbetween (?:us|you and me|ourselves)\b|\bon the (?:quiet|q\.?t|down[ -]?low|low)\b|"
    r"\bclosed[ -]doors?\b|\bnot (?:yet )?(?:public|to be (?:published|disclosed|announced|made public))(?: yet)?\b|"
    r"\bdiscreet\w*|\bdiscret(?:ly|ely|ion)\b|\bbe discrete\b|\bdiskret\b|\bmum'?s the word\b|"
    r"\btlp\W{0,3}(?:red|amber)\b\S*|"
    r"\bno (?:public|open|shared) (?:channel|room|post|message|thread|war ?room|incident|notice)s?\b|"
    r"\bwithout (?:any |an |a |the )?(?:public )?(?:announcements?|announcing|publicity|publishing)\b|"
    rf"\b(?:dms?|direct messages?)[ {DASHES}]only\b|\bonly (?:by|via|in|over|through) (?:dms?|direct messages?)\b|"
    r"\bshush\w*|\bnon-?disclosure\b|\btell no[ -]?(?:one|body)\b|\bnot a word to\b|\blips (?:are )?sealed\b|"
    r"\bnot in (?:the )?(?:#|<#)\S+|"
    r"\bvertrouwelijk\w*|\bkonfiden[ct]i\w+|\bconfiden\u021bial\w*|\bpoufn\w+|\bsigilos[oa]\b|\bfortrolig\w*|"
    r"\bhemlig\w*|"
    r"\bluottamuksellis\w+|\bluottamuksellinen\b|\bd\u016fv\u011brn\w+|\bbizalmas\w*|\bgizli\b|\bsekret\w*|"
    r"\b\u043a\u043e\u043d\u0444\u0438\u0434\u0435\u043d\u0446\w+|\b\u0441\u0435\u043a\u0440\u0435\u0442\w*|"
    r"\b\u043f\u0440\u0438\u0432\u0430\u0442\u043d\w+|"
    r"\u673a\u5bc6|\u6a5f\u5bc6|\u4fdd\u5bc6|\u79d8\u5bc6|\u6975\u79d8|\u5185\u5bc6|\u975e\u516c\u958b|"
    r"\u4e0d\u516c\u5f00|\uae30\ubc00|\ube44\ubc00|"
    r"\bunter uns\b|\bentre (?:nous|nosotros|n\u00f3s)\b|\bno (?:divulgar|difundir|publicar|compartir)\b|"
    r"\bnon (?:divulgare|condividere|pubblicare)\b|\bniet (?:delen|openbaar)\b|"
    r"\bvertraulich\w*|\bgeheim(?:halt\w*|nis\w*)?\b|\bnicht (?:f\u00fcr alle|\u00f6ffentlich|weiter\w+)\b|"
    r"\bstreng (?:geheim|vertraulich)\b|\bne pas (?:diffuser|divulguer|partager)\b|\bnon public\w*|"
    r"\ben (?:priv\u00e9|secret|privado|secreto)\b|\breservado\b|\briservato\b"
)
_ANYWHERE = re.compile(rf"{_STRONG}|{_KEPT}|{_ONLY}|{_UNSAID}", re.IGNORECASE)
"""What says it wherever it stands."""
_LABEL = (
    r"private|privately|silently|secretly|secret|sensitive|restricted|confidential|internal(?: only)?|"
    r"quiet(?:ly)?|silent|discreet|nda|"
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
    r"scann\w+|management|services?|servers?|engines?|keys?|tokens?|access|santa|injection|operators?|mounts?|"
    r"sync\w*|"
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
_WHO = (
    r"me|myself|(?-i:us|Us)|you|him|her|them|(?:the |our |my )?(?:(?:info|cyber|it)?sec(?:urity)?|legal|hr|execs?|"
    r"leadership|management|(?:the )board|responders|(?:sec(?:urity)? |legal |core |small )?team)|<@\w+[^<>]*>"
)
_OTHERS = r"(?:\s*(?:and|&|\+|plus|or)\s*(?:<@\w+[^<>]*>|@?\w+))"
_REMARK = re.compile(
    rf"(?:only|just|solely|strictly)(?: for| to| with| between)?(?: @?\w+ (?:and|&|\+))? (?:{_WHO})(?: team|"
    rf" people)?{_OTHERS}*"
    r"(?: (?:on this|for now|thanks))?(?: (?:should|can|may|must|needs? to|gets? to|to) (?:see|know|read|hear|"
    r"have|be)\b.*)?|"
    rf"(?:{_WHO}){_OTHERS}* only|@?\w+ (?:and|&|\+) (?:me|us) only|for (?:{_WHO}){_OTHERS}*(?: only| alone)|"
    r"just (?:the )?(?:two|three|few|\d) of us|"
    r"(?:hide|conceal|cover up) (?:this|it|that|everything|from|the incident|the channel)\b.*|"
    r"(?:keep|stay|be|remain)(?: it| this| that)? (?:mum|schtum|shtum|silent|hidden|locked|invisible|quiet|"
    r"low|closed)\b.*|"
    r"(?:a |in a |for a |with a )?(?:small|limited|restricted|closed|select|inner|narrow|reduced) (?:group|"
    r"audience|circle|"
    r"distribution|access|list|visibility|room|channel|team)(?: only)?|"
    rf"no ?(?:body|[ -]?one) (?:outside|except|but|beyond|apart from|other than) (?:of )?(?:{_WHO}|this|our|my)\b.*|"
    r"(?:hr|legal|security|sec|personnel|people|compliance|privacy|staff|board)[ -](?:matter|eyes|sensitive|"
    r"business|case|topic)|"
    r"no[nt]? (?:for |in |to )?(?:the )?(?:public\w*|open|incidents?|general|main|press|media|audience|"
    r"publicity|broadcasts?|"
    r"fanfare|fuss|channel|room|announcing|leaks)(?: (?:channel|room))?|"
    r"(?:this|it)? ?(?:stays?|remains?) (?:here|between|with us|within|inside|internal|in (?:this|the|our) )\b.*|"
    r"(?:be )?careful who\b.*|watch who\b.*|not a word|zip(?:ped)?(?: it)?|stealth(?:y|ily)?(?: mode)?|"
    r"incognito|covert(?:ly)?|"
    r"lock(?:ed|ed down| it| it down| this| this down)?|hidden|hide|unlisted|limited|nda applies|on a leash|"
    r"(?:dm|message) (?:me|us)(?: .*)?|(?:we|let's|lets) keep (?:it|this) .+",
    re.IGNORECASE,
)
"""A short remark about who may know, set apart in front of what happened or behind it."""
_POLITELY = re.compile(
    r"^(?:(?:please|pls|plz|but|and|so|be|this is|it's|it is)\s+)+|(?:\s+(?:please|pls|plz|thanks|thx|for now))+$", re.I
)
_ENDS_REMARK = r",;:.!?()\[\]{}|\u2013\u2014"
_BEHIND = re.compile(rf"(?:[,;:.!?(\[{{|\u2013\u2014]|\s[{DASHES}]+\s)\s*(?P<remark>[^{_ENDS_REMARK}]{{2,60}})\W*$")
_IN_FRONT = re.compile(rf"^\W*(?P<remark>[^{_ENDS_REMARK}]{{2,60}}?)\s*(?:[:)\]}}|!,\u2013\u2014]|\s[{DASHES}]+\s)\W*")
SHORT = 6
"""Words of a remark that begins with what says it: no more is meant than that."""
_UNSAID_FIRST = re.compile(
    rf"(?:do not|don'?t|dont|never|must not|without|no) (?:be |public )?(?:{_TELL})\b", re.IGNORECASE
)
_SHH = re.compile(r"^\W*s+h+!+\W*|(?<=[^\w\s])\s*s+h+!+\W*$", re.IGNORECASE)
_ONLY_FIRST = re.compile(rf"^\W*(?:{_TEAM})(?: use| eyes| team)?[ {DASHES}]only\W+(?=\w)", re.IGNORECASE)
_NEAR = ("confidential", "confidentially", "privately", "vertraulich")
_LIKENESS = 0.84
_NOT_NEAR = frozenset(("confidently", "confident", "confidence", "private", "privates", "privately"))
_AROUND = re.compile(
    r"\W*(?:(?:please|pls|plz|thanks|thx|this|that|it|is|it's|its|be|strictly|very|kept|keep|treat|handle|as|and|so|"
    r"but|mark|"
    r"marked|for|now|the|a|in|room|channel|incident|matter|only|any(?:one|body)|every(?:one|body)|about|yet|"
    r"team|eyes|"
    r"people|outside|else)\b\W*)*",
    re.IGNORECASE,
)
_MARKS = "\\s,:;.!|([{<*_~`\"'" + DASHES


def span(shown: str) -> tuple[int, int] | None:
    """Where such words begin and end, with what is only polite around them; what hides their place is masked."""
    if remark := _remark(shown):
        return remark
    patterns = (_SHH, _ONLY_FIRST, _ANYWHERE, _ALONE, _FIRST, _LAST)
    found = next((one for one in (p.search(shown) for p in patterns) if one), None)
    return _whole(shown, *found.span()) if found else _slip(shown)


def _remark(shown: str) -> tuple[int, int] | None:
    """Where a short remark about who may know is set apart: "keys leaked, only me and bo"."""
    for found in (_IN_FRONT.search(shown), _BEHIND.search(shown)):
        if found and _is_remark(found["remark"].strip()):
            return found.span()
    return None


def _is_remark(said: str) -> bool:
    plain = _POLITELY.sub("", said)
    told = next((one for one in (p.search(plain) for p in (_ANYWHERE, _UNSAID_FIRST)) if one), None)
    return _REMARK.fullmatch(plain) is not None or (
        told is not None and told.start() == 0 and len(plain.split()) <= SHORT
    )


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
