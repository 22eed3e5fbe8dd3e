import pytest

from auth.policy import NoBreachCheck, Owner, PasswordPolicy, Rules

POLICY = PasswordPolicy(app_name="Viva", breaches=NoBreachCheck())
ANNA = Owner(email="anna.berg@example.com", username="annab", names=("Anna", "Bergström", "Anna Bergström"))


class Breached:
    """Knows some passwords, and remembers what it was asked."""

    def __init__(self, *known: str) -> None:
        self.known = known
        self.asked: list[str] = []

    def contains(self, password: str) -> bool:
        self.asked.append(password)
        return password in self.known


def codes(password: str, *, rules: Rules = Rules.FULL, owner: Owner | None = None) -> list[str]:
    return [problem.code for problem in POLICY.problems(password, rules=rules, owner=owner)]


def messages(password: str) -> list[str]:
    return [problem.message for problem in POLICY.problems(password)]


@pytest.mark.parametrize("password", ["SuperSecret123!", "MyStr0ngP@ss!", "MySecureP@ss123", "Quiet-Harbour-71"])
def test_the_documented_samples_are_accepted(password: str) -> None:
    assert codes(password) == []


def test_the_sample_of_the_accounts_dialect_is_accepted_where_length_is_the_only_rule() -> None:
    """ASVS 6.2.5."""
    assert codes("securepassword", rules=Rules.LENGTH) == []
    assert codes("securepassword") == ["PASSWORD_NO_UPPERCASE", "PASSWORD_NO_NUMBER"]


def test_every_broken_rule_is_named_at_once() -> None:
    assert messages("......") == [
        "Password must be at least 8 characters long",
        "Password must contain uppercase letter",
        "Password must contain lowercase letter",
        "Password must contain number",
    ]


def test_the_length_is_counted_in_code_points_of_the_composed_form() -> None:
    """ASVS 6.2.1, 6.2.9."""
    assert "PASSWORD_TOO_SHORT" in codes("a" * 7, rules=Rules.LENGTH)
    assert codes("🦊🐻🐼🐨🐯🦁🐮🐷", rules=Rules.LENGTH) == []
    assert "PASSWORD_TOO_SHORT" in codes("e\u0301" * 7, rules=Rules.LENGTH)
    assert codes("e\u0301xyzuvw\u00e8" * 16, rules=Rules.LENGTH) == []  # 144 code points as typed, 128 composed
    assert codes(("abcdefgh" * 17)[:129], rules=Rules.LENGTH) == ["PASSWORD_TOO_LONG"]


@pytest.mark.parametrize("password", ["quiet harbour at night", "тихая гавань ночью", "🦊 and 🐻 go fishing", "a b c d e f"])
def test_any_characters_are_accepted_where_length_is_the_only_rule(password: str) -> None:
    """ASVS 6.2.5."""
    assert codes(password, rules=Rules.LENGTH) == []


def test_letters_and_digits_of_every_script_count() -> None:
    assert codes("ТихаяГавань٧") == []


def test_none_of_the_most_common_passwords_is_accepted() -> None:
    """ASVS 6.2.4: at least the top 3,000; we refuse ten thousand."""
    from auth.policy import _common

    assert len(_common()) == 10_000
    assert all(codes(password, rules=Rules.LENGTH) for password in sorted(_common()))


@pytest.mark.parametrize("password", ["Password123", "PASSWORD123", "Football1", "QWERTYUIOP", "aaaaaaaaaaaaaaaa"])
def test_letter_case_does_not_hide_a_common_password(password: str) -> None:
    """ASVS 6.2.4."""
    assert "PASSWORD_COMMON" in codes(password, rules=Rules.LENGTH)


@pytest.mark.parametrize("password", ["my password is long and odd 7Q", "Football-boots-on-the-roof-9"])
def test_a_phrase_that_merely_contains_a_common_password_is_accepted(password: str) -> None:
    """NIST SP 800-63B-4 3.1.1.2: the whole password is compared."""
    assert codes(password) == []


@pytest.mark.parametrize("password", ["VivaSpeakingExam2026!", "viva-viva-viva", "CEFR exam 2026", "EnglishPractice1", "avivCefr-99"])
def test_a_password_made_of_this_sites_words_is_refused(password: str) -> None:
    """ASVS 6.1.2, 6.2.11."""
    assert "PASSWORD_CONTEXT" in codes(password, rules=Rules.LENGTH)


@pytest.mark.parametrize(
    "password",
    [
        "anna.berganna.berg",
        "Anna.Berg2026!",
        "AnnaAnna1",
        "annab-annab-7",
        "Bergström1990",
        "annabergström",
        "anna.berg@example.com",
        "Greb.Anna.2026",
        "AnnaViva2026",
    ],
)
def test_a_password_made_of_the_persons_own_words_is_refused(password: str) -> None:
    """ASVS 6.1.2, 6.2.11."""
    assert "PASSWORD_PERSONAL" in codes(password, rules=Rules.LENGTH, owner=ANNA)


@pytest.mark.parametrize("password", ["Annabel likes 3 trains", "Banana-Bergwerk-4", "Examine every 5th leaf"])
def test_a_phrase_with_more_than_the_persons_words_is_accepted(password: str) -> None:
    """NIST SP 800-63B-4 3.1.1.2."""
    assert codes(password, owner=ANNA) == []


def test_the_same_password_is_fine_for_somebody_else() -> None:
    assert codes("Anna.Berg2026!", owner=Owner(email="tom@example.org")) == []


@pytest.mark.timeout(20)  # every way to split them would take years
def test_words_that_could_be_split_in_many_ways_come_to_an_end() -> None:
    owner = Owner(email="aaa@example.com", username="aaaa", names=("aaaaa",))
    assert codes("a" * 60 + "c" + "a" * 60 + "b", rules=Rules.LENGTH, owner=owner) == []


def test_a_breached_password_is_refused_with_the_reason() -> None:
    """ASVS 6.2.12."""
    policy = PasswordPolicy(app_name="Viva", breaches=Breached("Tr0ubadour-and-3"))
    (problem,) = policy.problems("Tr0ubadour-and-3")
    assert problem.code == "PASSWORD_BREACHED"
    assert "data breach" in problem.message


def test_nobody_is_asked_about_a_password_that_is_refused_anyway_or_only_previewed() -> None:
    breaches = Breached()
    policy = PasswordPolicy(app_name="Viva", breaches=breaches)
    policy.problems("short")
    policy.problems("Quiet-Harbour-71", breaches=False)
    assert breaches.asked == []
    policy.problems("Quiet-Harbour-71")
    assert breaches.asked == ["Quiet-Harbour-71"]


def test_the_problem_names_the_field_it_is_asked_for() -> None:
    assert {problem.field for problem in POLICY.problems("x", field="new_password")} == {"new_password"}
