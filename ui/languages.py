"""Names of languages for people to choose from."""

_NAMES = {
    "en": "English", "en-GB": "English (United Kingdom)", "en-US": "English (United States)",
    "ar": "العربية (Arabic)", "bn": "বাংলা (Bengali)", "bg": "Български (Bulgarian)", "ca": "Català (Catalan)",
    "zh": "中文 (Chinese)", "hr": "Hrvatski (Croatian)", "cs": "Čeština (Czech)", "da": "Dansk (Danish)",
    "nl": "Nederlands (Dutch)", "et": "Eesti (Estonian)", "fi": "Suomi (Finnish)", "fr": "Français (French)",
    "de": "Deutsch (German)", "el": "Ελληνικά (Greek)", "he": "עברית (Hebrew)", "hi": "हिन्दी (Hindi)",
    "hu": "Magyar (Hungarian)", "id": "Bahasa Indonesia (Indonesian)", "it": "Italiano (Italian)", "ja": "日本語 (Japanese)",
    "ko": "한국어 (Korean)", "lv": "Latviešu (Latvian)", "lt": "Lietuvių (Lithuanian)", "ms": "Bahasa Melayu (Malay)",
    "nb": "Norsk (Norwegian)", "fa": "فارسی (Persian)", "pl": "Polski (Polish)", "pt": "Português (Portuguese)",
    "pt-BR": "Português (Brasil)", "ro": "Română (Romanian)", "ru": "Русский (Russian)", "sr": "Српски (Serbian)",
    "sk": "Slovenčina (Slovak)", "sl": "Slovenščina (Slovenian)", "es": "Español (Spanish)", "sw": "Kiswahili (Swahili)",
    "sv": "Svenska (Swedish)", "ta": "தமிழ் (Tamil)", "th": "ไทย (Thai)", "tr": "Türkçe (Turkish)",
    "uk": "Українська (Ukrainian)", "ur": "اردو (Urdu)", "vi": "Tiếng Việt (Vietnamese)",
}  # fmt: skip


def common() -> list[str]:
    """Return the tags that are offered, English first."""
    return list(_NAMES)


def name(tag: str) -> str:
    """Return what the language calls itself, with its English name; a tag that is not offered is its own name."""
    return _NAMES.get(tag, tag)
