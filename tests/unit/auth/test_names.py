import itertools

import pytest

from auth import names
from auth.names import Email
from core.errors import FieldProblem


def key(text: str) -> str:
    return names.email_key(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "@example.com",
        "a@",
        "a@b",
        "a b@example.com",
        "a@example.com\nBcc: x@example.org",
        "a@exa\x00mple.com",
        "a\r\n@example.com",
        '{"$gt": ""}',
        "a@@example.com",
        "a@example..com",
        "x" * 65 + "@example.com",
        "a@" + "b" * 300 + ".com",
        "<a@example.com>",
        "Anna <a@example.com>",
        "a\u200b@example.com",
        "a\u202e@example.com",
        "a@localhost",
        "a@127.0.0.1",
        "\ud800@example.com",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    assert isinstance(names.parse_email(text), FieldProblem)
    assert key(text) == ""


@pytest.mark.timeout(20)  # a pattern that goes back and forth in it would take hours
def test_a_megabyte_is_refused() -> None:
    assert key("a" * 1_000_000 + "@example.com") == ""


def test_the_address_is_kept_as_given_and_the_key_is_folded() -> None:
    found = names.parse_email("  Anna.Berg@Example.COM ")
    assert found == Email("Anna.Berg@Example.COM", "anna.berg@example.com")


@pytest.mark.parametrize(
    "same",
    [
        ("ANNA@EXAMPLE.COM", "anna@example.com"),
        ("jos\u00e9@example.com", "jose\u0301@example.com"),
        ("JOS\u00c9@example.com", "jos\u00e9@example.com"),
        ("anna@b\u00fccher.example.org", "anna@xn--bcher-kva.example.org"),
        ("anna@\uff45xample.com", "anna@example.com"),
        ("mi\u212ae@example.com", "mike@example.com"),  # the Kelvin sign
    ],
)
def test_two_spellings_of_one_address_have_one_key(same: tuple[str, str]) -> None:
    assert key(same[0]) == key(same[1]) != ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("straße@example.com", "strasse@example.com", False),
        ("STRAẞE@example.com", "straße@example.com", True),
        ("σας@example.com", "σασ@example.com", False),
        ("Anna@Example.com", "anna@example.com", True),
        ("JOSE\u0301@example.com", "jos\u00e9@example.com", True),
        ("anna@b\u00fccher.example.org", "anna@xn--bcher-kva.example.org", True),
        ("anna@example.com", "anna@example.org", False),
        ("anna@straße.example.org", "anna@strasse.example.org", False),
        ("no address", "no address", True),
    ],
)
def test_addresses_with_one_key_may_be_two_mailboxes(one: str, other: str, same: bool) -> None:
    assert names.same_mailbox(one, other) is names.same_mailbox(other, one) is same


@pytest.mark.parametrize(("one", "other"), [("straße@example.com", "strasse@example.com"), ("σας@example.com", "σασ@example.com")])
def test_no_two_accounts_can_have_addresses_that_differ_in_folded_letters_only(one: str, other: str) -> None:
    """docs/accounts.md says why."""
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(
    "lookalike",
    [
        "\u0430nna@example.com",  # Cyrillic a, then Latin letters
        "ann\u03b1@example.com",  # Greek alpha
        "\uff41nna@example.com",  # full-width a
        "of\ufb01ce@example.com",  # a ligature
    ],
)
def test_an_address_that_only_looks_like_another_is_refused(lookalike: str) -> None:
    assert isinstance(names.parse_email(lookalike), FieldProblem)


def test_an_address_in_one_foreign_script_is_accepted() -> None:
    assert isinstance(names.parse_email("анна@example.com"), Email)


@pytest.mark.parametrize("text", ["ann", "A.b-c_9", "x" * 30, "zohanzafar", "johndoe"])
def test_usernames_of_the_documented_form_are_accepted(text: str) -> None:
    assert names.username_problem(text) is None
    assert names.username_key(text) == text.casefold()


@pytest.mark.parametrize(
    "text", ["", "ab", "x" * 31, "an na", "anna@home", "аnna", "anna\n", "anna\x00", "ａnna", "<b>anna</b>", "ann\u0130", "$gt!"]
)
def test_other_usernames_are_refused(text: str) -> None:
    problem = names.username_problem(text)
    assert problem is not None
    assert problem.code == "USERNAME_INVALID"


@pytest.mark.parametrize("text", ["admin", "Admin", "ROOT", "viva", "support", "no-reply"])
def test_nobody_can_pose_as_the_site(text: str) -> None:
    problem = names.username_problem(text)
    assert problem is not None
    assert problem.code == "USERNAME_RESERVED"


@pytest.mark.parametrize(
    ("base", "first", "second"),
    [
        ("anna.berg", "anna.berg", "anna.berg2"),
        ("Anna+news", "anna", "anna2"),
        ("admin", "admin2", "admin3"),
        ("a", "a10", "a11"),
        ("анна", "anna", "anna2"),
        ("José", "jose", "jose2"),
        ("x" * 60, "x" * 24, "x" * 24 + "2"),
        ("--", "learner", "learner2"),
    ],
)
def test_a_username_is_derived_and_numbered(base: str, first: str, second: str) -> None:
    found = list(itertools.islice(names.username_candidates(base), 2))
    assert found == [first, second]
    assert all(names.username_problem(name) is None for name in found)


@pytest.mark.parametrize("text", ["Anna", "Анна", "李", "O’Neil", "Anne-Marie", "J. R.", "Zoë", "नीलम", "d'Arc", "مُحَمَّد"])
def test_names_of_any_script_are_accepted(text: str) -> None:
    assert names.name_problem("first_name", text, label="First name") is None


@pytest.mark.parametrize("text", ["", "1234", "Anna 😀", "<script>", "a\nb", "Anna\u202e", "x" * 51, "--", "An{na}", "a\x00b", "A1"])
def test_what_is_no_name_is_refused(text: str) -> None:
    problem = names.name_problem("first_name", text, label="First name")
    assert problem is not None
    assert problem.field == "first_name"


@pytest.mark.parametrize("text", ["", "Ada Lovelace", "Test User 1", "Ada Lovelace (Countess)", "x" * 255])
def test_full_names_may_be_longer_and_numbered(text: str) -> None:
    assert names.full_name_problem("full_name", text) is None


@pytest.mark.parametrize("text", ["123", "Ada <b>", "Ada 🦊", "x" * 256, "Ada\r\nBcc: a"])
def test_what_is_no_full_name_is_refused(text: str) -> None:
    assert names.full_name_problem("full_name", text) is not None


def test_spaces_in_names_are_tidied() -> None:
    assert names.clean_name("  Ada   Lovelace ") == "Ada Lovelace"
    assert names.clean_name("Zoe\u0308") == "Zo\u00eb"


@pytest.mark.parametrize(
    ("tag", "standard"), [("en", "en"), ("EN", "en"), ("pt-br", "pt-BR"), ("zh-Hant-TW", "zh-Hant-TW"), ("en_US", "en-US"), (" fr ", "fr")]
)
def test_language_tags_are_brought_into_one_form(tag: str, standard: str) -> None:
    assert names.parse_language("speaking_language", tag) == standard


@pytest.mark.parametrize("tag", ["", "english", "e", "xx", "12", "en-", "en--US", "x" * 300, "en\x00", "日本", "../etc"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    found = names.parse_language("speaking_language", tag)
    assert isinstance(found, FieldProblem)
    assert found.code == "LANGUAGE_INVALID"


def test_preferences_are_merged_and_null_removes() -> None:
    old: dict[str, object] = {"theme": "dark", "voice": {"speed": 1, "name": "a"}}
    merged = names.merge_preferences(old, {"voice": {"speed": 2, "name": None}, "theme": None, "new": [1, "x"]})
    assert merged == {"voice": {"speed": 2}, "new": [1, "x"]}
    assert old == {"theme": "dark", "voice": {"speed": 1, "name": "a"}}


@pytest.mark.parametrize(
    "patch",
    [
        "text",
        [1],
        {"$set": 1},
        {"a.b": 1},
        {"": 1},
        {"a\x00": 1},
        {"x" * 65: 1},
        {"a": "\x00"},
        {"a": float("nan")},
        {"a": float("inf")},
        {"a": 2**64},
        {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}},
        {"a": "\ud800"},
        {"a": "x" * 9000},
        {"a": object()},
    ],
)
def test_preferences_that_cannot_be_stored_are_refused(patch: object) -> None:
    assert isinstance(names.merge_preferences({}, patch), FieldProblem)


def test_preferences_cannot_grow_without_end_by_small_steps() -> None:
    kept = names.merge_preferences({}, {"a": "x" * 5000})
    assert not isinstance(kept, FieldProblem)
    assert isinstance(names.merge_preferences(kept, {"b": "x" * 5000}), FieldProblem)
