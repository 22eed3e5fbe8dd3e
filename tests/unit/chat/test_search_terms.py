import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.listing import SearchQuery
from chat.search import matches, parse, snippet, terms, tokenize

PAIRS = {
    "I don't like Élan": {"i", "dont", "like", "elan"},
    "I don’t": {"i", "dont"},
    "Straße ＡＢＣ naïve": {"strasse", "abc", "naive"},
    "e\u0301te\u0301": {"ete"},
    "x_y-z 3.5": {"x", "y", "z", "3", "5"},
    "日本語が": {"日", "本", "語", "が"},
    "हिन्दी शब्द": {"हिन्दी", "शब्द"},
    "Привет, мир": {"привет", "мир"},
    "'quoted' ''": {"quoted"},
    "don't 'tis rock''n'roll' it’s": {"dont", "tis", "rock", "nroll", "its"},
    "Το σπίτι είναι μεγάλο 😀 ½": {"το", "σπιτι", "ειναι", "μεγαλο", "12"},
    "…!? ": set(),
    "": set(),
    "a" * 100: {"a" * 40},
}


@pytest.mark.parametrize("text", PAIRS)
def test_the_terms_of_a_text_are_its_folded_words(text: str) -> None:
    assert terms(text) == PAIRS[text]


@given(st.text(st.characters(max_codepoint=0x2FF) | st.sampled_from("'’ʼ_Жω😀")))
def test_words_are_the_same_ones_whatever_scripts_stand_beside_them(text: str) -> None:
    assert terms(f"{text} ก") == terms(text) | {"ก"}
    assert [token.start for token in tokenize(f"{text} ก")][:-1] == [token.start for token in tokenize(text)]


@given(st.text())
def test_terms_hold_no_space_capital_or_quote_and_stand_where_they_say(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert token.start >= end
        end = token.end
        assert terms(text[token.start : token.end]) == {token.term}
        assert not any(character.isspace() or character in "\"'*:()_-" for character in token.term)
        assert not any("A" <= character <= "Z" for character in token.term)


@given(st.text())
def test_every_word_of_a_text_finds_the_text(text: str) -> None:
    for token in tokenize(text):
        query = parse(text[token.start : token.end] + " ")
        assert query is not None
        assert matches(query, terms(text))


@given(st.text(), st.text())
def test_a_snippet_marks_exactly_the_words_that_match(text: str, wanted: str) -> None:
    query = parse(wanted)
    if query is None:
        return
    piece = snippet(text, query)
    assert "\n" not in piece.text
    for start, end in piece.hits:
        (found,) = {token.term for token in tokenize(piece.text[start:end])}
        assert found in query.terms or (query.prefix and found.startswith(query.prefix))


def test_the_last_word_may_be_unfinished_and_only_that() -> None:
    assert parse("old har") == SearchQuery(terms=("old",), prefix="har")
    assert parse("old har ") == SearchQuery(terms=("old", "har"))
    assert parse("old har.") == SearchQuery(terms=("old", "har"))
    query = parse("old har")
    assert query is not None
    assert matches(query, terms("the old harbour"))
    assert not matches(query, terms("the older harbour"))


def test_one_letter_is_no_beginning_of_a_word() -> None:
    assert parse("a") == SearchQuery(terms=("a",))


def test_a_query_without_words_is_none() -> None:
    assert parse("?! ") is None


def test_a_query_of_very_many_words_is_cut() -> None:
    query = parse(" ".join(f"w{n}" for n in range(100)) + " ")
    assert query is not None
    assert len(query.terms) == 12


def test_a_snippet_shows_the_first_hit_of_a_long_text() -> None:
    query = parse("needle ")
    assert query is not None
    piece = snippet("hay " * 500 + "the Needle here " + "hay " * 500, query)
    assert len(piece.text) < 180
    assert [piece.text[start:end] for start, end in piece.hits] == ["Needle"]
    assert piece.text.startswith("…")
    assert piece.text.endswith("…")
