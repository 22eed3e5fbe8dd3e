"""What stands around an answer does not change it: greetings, politeness, hesitation, smileys, quotes, and how people lead into it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from signup.models import Step
from tests.unit.signup.evaluation.evaluation_set import HELD_OUT, TUNING, Case, cases, is_right, reading_of

pytestmark = pytest.mark.usefixtures("unwatched")
ASKED = (Step.EMAIL, Step.USERNAME, Step.FIRSTNAME, Step.LASTNAME)
GREETINGS = ("Hi! {}", "hello, {}", "hey, {}", "bonjour, {}", "hola, {}", "привет, {}", "merhaba, {}")
POLITE = ("{} please", "{}, thanks", "{} thx", "{} danke", "merci, {}", "{} gracias", "{} пожалуйста")
HESITANT = ("um, {}", "hmm... {}", "well {}", "erm… {}", "uh {}", "oh ok, {}")
AGREEING = ("ok {}", "sure, {}", "yes, {}", "ok so {}", "alright, {}", "here you go: {}")
SMILING = ("{} :)", "{} 🙂", "😊 {}", "{} xD", "{} ^^", "{} ;-)", "{} <3", "{} 🙏🙏", "{} 👍", "{} :D", "🎉 {} 🎉")
QUOTED = ('"{}"', "“{}”", "«{}»", "'{}'", "`{}`", "({})", "[{}]", "*{}*", "„{}“")
ENDED = ("{}.", "{}!", "{}...", "{}!!!", "  {}  ", "{}\n", "{}。", "- {}", "> {}")
AROUND = {
    "greetings": GREETINGS,
    "politeness": POLITE,
    "hesitation": HESITANT,
    "agreement": AGREEING,
    "smileys": SMILING,
    "quotes": QUOTED,
    "endings": ENDED,
}
ALIKE = 0.99
"""The share of messages that must be read as without the words around them; the rest is honestly ambiguous ("Smith Jr." with a dot)."""


def answers() -> Iterator[Case]:
    """Yield the labelled answers that are read as their label says when nothing stands around them."""
    for case in cases():
        if case.half in {TUNING, HELD_OUT} and case.step in ASKED and case.labels == ("provide",) and is_right(case, reading_of(case)):
            yield case


@pytest.mark.parametrize("kind", AROUND)
def test_an_answer_is_the_same_with_something_around_it(kind: str) -> None:
    tried = [replace(case, message=around.format(case.message)) for case in answers() for around in AROUND[kind]]
    wrong = [case.message for case in tried if not is_right(case, reading_of(case))]
    assert len(tried) > 1500
    assert 1 - len(wrong) / len(tried) >= ALIKE, wrong


@pytest.mark.parametrize("step", ASKED)
@pytest.mark.parametrize("label", ["question", "go_back", "cancel", "start_over", "summary", "refusal", "correction"])
def test_a_command_or_question_is_the_same_with_politeness_around_it(label: str, step: Step) -> None:
    said = [
        case for case in cases() if case.step is step and case.labels[0].partition(":")[0] == label and is_right(case, reading_of(case))
    ]
    tried = [
        replace(case, message=around.format(case.message))
        for case in said
        for around in ("Hi! {}", "{} please", "um, {}", "{} :)", "{}, thanks", '"{}"', "{} 🙏", "well {}")
    ]
    wrong = [case.message for case in tried if not is_right(case, reading_of(case))]
    assert len(wrong) <= 0.03 * len(tried), wrong


EMAIL_LEADS = """
my email is {} | it's {} thanks a lot | you can write to me at {} | My e-mail's {} | my emial is {} | my adress is {}
myemail is {} | {} is my email | mein e-mail ist {} | meine E-Mail-Adresse lautet {} | nimm {} | {} ist meine mail
mon email c'est {} | mon adresse mail est {} | mon mail : {} | mi correo es {} | el correo electrónico es {}
{} es mi correo | meu e-mail é {} | o meu email é {} | la mia email è {} | il mio indirizzo è {} | benim e-postam {}
e-posta adresim {} | {} benim mailim | мой адрес {} | почта: {} | {} - это моя почта | بريدي هو {} | بريدي الإلكتروني {}
मेरा ईमेल {} है | mera email {} hai | 我的邮箱是{} | 邮箱：{} | メールは{}です | メールアドレスは {} です
제 이메일은 {} 입니다 | e-mail -> {} | email={}
"""
USERNAME_LEADS = """
my username is {} | call me {} | i'd like {} | let's go with {} | can i be {}? | how about {}? | is {} taken?
is {} still available | {} if it's free | could you check whether {} is free? | not sure, maybe {}?
i use {} everywhere | {} works | username: {} | usernam: {} | @{} | everyone online knows me as {}
mein Benutzername ist {} | nenn mich {} | wie wärs mit {} | ist {} noch frei? | {} wäre super | mon pseudo c'est {}
je prends {} | est-ce que {} est libre? | mi usuario es {} | ponme {} | ¿está libre {}? | meu usuário é {} | pode ser {}
il mio nome utente è {} | facciamo {} | è libero {}? | kullanıcı adım {} olsun | {} boşta mı? | мой логин {}
пусть будет {} | {} свободен? | اسم المستخدم الخاص بي هو {} | أريد {} | मेरा यूजरनेम {} है | mera username {} hai
我的用户名是{} | 就用{}吧 | {}可以吗？ | ユーザー名は{}です | {}でお願いします | 用户名：{} | mijn gebruikersnaam is {}
moja nazwa to {}
"""
FIRST_NAME_LEADS = """
I'm {} | my name is {} | they call me {} | {} here | that'd be {} | {}, nice to meet you | my naem is {}
My frist name is {} | people know me as {} | ich heiße {} | mein Vorname ist {} | je m'appelle {} | mon prénom c'est {}
enchanté, {} | me llamo {} | mi nombre es {} | mi chiamo {} | il mio nome è {} | me chamo {} | meu nome é {}
меня зовут {} | моё имя {} | benim adım {} | اسمي {} | मेरा नाम {} है | mera naam {} hai | 我叫{} | 我的名字是{}
{}と申します | 名前は{}です | ik heet {} | mam na imię {} | jag heter {} | Prénom : {} | Vorname: {} | Fornavn: {}
"""
LAST_NAME_LEADS = """
my last name is {} | it's {} | surname: {} | {} is my surname | my full name is John {} | John {} | that'd be {}
mein nachname ist {} | nachname: {} | mon nom de famille est {} | mi apellido es {} | meu sobrenome é {}
o meu apelido é {} | il mio cognome è {} | soyadım {} | моя фамилия {} | لقبي {} | मेरा उपनाम {} है | 我姓{}
苗字は{}です | {}と申します | achternaam is {} | nazwisko {} | efternamn {} | Etternavn: {} | my surnmae is {}
"""


def leads(text: str) -> list[str]:
    return [lead.strip() for line in text.strip().splitlines() for lead in line.split(" | ")]


@pytest.mark.parametrize("lead", leads(EMAIL_LEADS))
@pytest.mark.parametrize("address", ["anna.bell@example.org", "k_92@mail.example.co.uk"])
def test_an_address_is_found_behind_every_usual_lead_in(lead: str, address: str) -> None:
    for message in forms(lead, address):
        case = Case(step=Step.EMAIL, message=message, labels=("provide",), facts={"email": address})
        assert is_right(case, reading_of(case)), message


@pytest.mark.parametrize("lead", leads(USERNAME_LEADS))
@pytest.mark.parametrize("name", ["night_owl7", "bigfish", "Zorblax"])
def test_a_username_is_found_behind_every_usual_lead_in(lead: str, name: str) -> None:
    for message in forms(lead, name):
        case = Case(step=Step.USERNAME, message=message, labels=("provide",), facts={"username": name})
        assert is_right(case, reading_of(case)), message


@pytest.mark.parametrize("lead", leads(FIRST_NAME_LEADS))
@pytest.mark.parametrize("name", ["Anna", "Siobhán", "Jean-Luc", "Мария", "محمد", "小明", "अनिता"])
def test_a_first_name_is_found_behind_every_usual_lead_in(lead: str, name: str) -> None:
    for message in forms(lead, name):
        case = Case(step=Step.FIRSTNAME, message=message, labels=("provide",), facts={"first_name": name})
        assert is_right(case, reading_of(case)), message


@pytest.mark.parametrize("lead", leads(LAST_NAME_LEADS))
@pytest.mark.parametrize("name", ["Bell", "O'Brien", "van der Berg", "Núñez", "Петров", "الأحمد", "Young"])
def test_a_last_name_is_found_behind_every_usual_lead_in(lead: str, name: str) -> None:
    for message in forms(lead, name):
        case = Case(step=Step.LASTNAME, message=message, labels=("provide",), facts={"last_name": name})
        assert is_right(case, reading_of(case)), message


def forms(lead: str, value: str) -> Iterator[str]:
    """Yield the sentence as it stands, with a capital, and with a full stop."""
    yield lead.format(value)
    yield (lead[:1].upper() + lead[1:]).format(value)
    if lead[-1] not in "?？。":
        yield f"{lead.format(value)}."
