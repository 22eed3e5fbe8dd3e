"""Patterns that say in the OpenAPI document what the services check. They document; the services decide."""

_LANGUAGES = """
aa|ab|ae|af|ak|am|an|ar|as|av|ay|az|ba|be|bg|bh|bi|bm|bn|bo|br|bs|ca|ce|
ch|co|cr|cs|cu|cv|cy|da|de|dv|dz|ee|el|en|eo|es|et|eu|fa|ff|fi|fj|fo|fr|
fy|ga|gd|gl|gn|gu|gv|ha|he|hi|ho|hr|ht|hu|hy|hz|ia|id|ie|ig|ii|ik|in|io|
is|it|iu|iw|ja|ji|jv|jw|ka|kg|ki|kj|kk|kl|km|kn|ko|kr|ks|ku|kv|kw|ky|la|
lb|lg|li|ln|lo|lt|lu|lv|mg|mh|mi|mk|ml|mn|mo|mr|ms|mt|my|na|nb|nd|ne|ng|
nl|nn|no|nr|nv|ny|oc|oj|om|or|os|pa|pi|pl|ps|pt|qu|rm|rn|ro|ru|rw|sa|sc|
sd|se|sg|sh|si|sk|sl|sm|sn|so|sq|sr|ss|st|su|sv|sw|ta|te|tg|th|ti|tk|tl|
tn|to|tr|ts|tt|tw|ty|ug|uk|ur|uz|ve|vi|vo|wa|wo|xh|yi|yo|za|zh|zu
"""
_REGIONS = "AT|AU|BR|CA|CH|CN|DE|EG|ES|FR|GB|HK|IN|IT|JP|KR|MX|PT|RU|SA|TR|TW|US"
LANGUAGE_PATTERN = f"^({_LANGUAGES.replace(chr(10), '')})(-({_REGIONS}))?$"

EMAIL_PATTERN = r"^[A-Za-z0-9]{1,32}([._+-][A-Za-z0-9]{1,16})?@[A-Za-z0-9]{1,32}(\.[A-Za-z0-9]{1,20})?\.[A-Za-z]{2,10}$"
"""The usual form of an address; email-validator, which knows the whole of RFC 5322 and 6531, decides."""

PASSWORD_PATTERN = r"^(?!([\s\S])\1+$)[\s\S]{8,128}$"
"""8 to 128 characters that are not all the same; common passwords and those made of one's own name are refused too."""

_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_INVISIBLE = (
    r"\s\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
)
MESSAGE_PATTERN = f"^[^{_CONTROL}]*[^{_INVISIBLE}][^{_CONTROL}]*$"
"""Something visible, and no control characters but tab and line ends."""

TITLE_PATTERN = f"[^{_INVISIBLE}{_CONTROL}]"
"""Something visible; control characters are left out."""

KEY_PATTERN = "^[ -~]*$"
"""Printable ASCII."""

FULL_NAME_PATTERN = r"^([^\W_]|[ '’.,()-])*[^\W\d_]([^\W_]|[ '’.,()-])*$"
"""Letters of any script (`\\w` in its Unicode sense), at least one; also digits, spaces and the usual marks."""
