"""Search by words, in every script and spelling: what is stored and what is typed are cut alike."""

import unicodedata

import pytest
from django.test import Client
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from accounts.tests.clients import let_in
from accounts.tests.factories import AccountFactory, UserFactory
from common.search import found, lacks_words
from common.tests.hostile_texts import hostile
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

FOUND = {
    "curly apostrophe by a straight one": ("Maya’s laptop won’t wake", "maya's won't"),
    "straight apostrophe by a curly one": ("O'Brien can't sign in", "O’Brien can’t"),
    "letter apostrophe": ("Hawaiʼi", "hawai'i"),
    "decomposed by composed": ("Cafe\u0301 Zu\u0308rich", "Café ZÜR"),
    "composed by decomposed": ("Café Zürich", "Cafe\u0301 zu\u0308r"),
    "full-width letters and digits": ("ＶＰＮ　エラー８０９", "vpn 809"),
    "half-width kana": ("ﾌﾟﾘﾝﾀｰ", "プリンター"),
    "ligatures": ("ﬁle oﬀice", "file office"),
    "soft hyphen": ("Drucker\u00adwarteschlange", "druckerwarte"),
    "zero-width space": ("pass\u200bword", "password"),
    "byte order mark": ("\ufeffTicket", "tick"),
    "sharp s": ("Straße", "STRASSE"),
    "sharp s typed": ("STRASSE", "straße"),
    "final sigma": ("ΟΔΟΣ", "οδος"),
    "Cyrillic in any case": ("Ошибка ПЕЧАТИ", "ошиб печати"),
    "Turkish capital": ("İstanbul", "istanbul"),
    "Hindi": ("प्रिंटर में त्रुटि है", "त्रुटि"),
    "Hindi by a beginning": ("प्रिंटर में त्रुटि है", "त्रु"),
    "Hindi with a joiner": ("क्\u200dष", "क्ष"),
    "Arabic": ("الطابعة لا تعمل", "تعمل"),
    "Persian with a non-joiner": ("می\u200cخواهم", "میخواهم"),
    "Thai inside a run": ("เครื่องพิมพ์ไม่ทำงาน", "ไม่ทำงาน"),
    "Thai by two of its words": ("เครื่องพิมพ์ไม่ทำงาน", "ทำงาน เครื่อง"),
    "Japanese inside a run": ("プリンターが動かない", "動かない"),
    "one Japanese letter": ("プリンターが動かない", "動"),
    "the last Japanese letter": ("プリンターが動かない", "い"),
    "Chinese": ("打印机无法连接", "无法连接"),
    "Chinese beside Latin": ("更新KB5031455失败", "kb5031455"),
    "Korean": ("프린터가 작동하지", "프린터"),
    "beyond the basic plane": ("𠮷野家", "𠮷野"),
    "an underscore is between words": ("user_profile", "profile"),
    "punctuation of other scripts": ("खराब।मशीन", "मशीन"),
}


@pytest.fixture
def titled(db: None) -> AISession:
    return SessionFactory(title="x", problem_summary="", client_name="", ticket_ref="")


def finds(session: AISession, title: str, typed: str) -> bool:
    AISession.objects.filter(pk=session.pk).update(title=title)
    return AISession.objects.all().matching(typed).exists()


@pytest.mark.parametrize(("title", "typed"), FOUND.values(), ids=FOUND)
def test_the_same_words_are_found_however_they_are_spelled(titled: AISession, title: str, typed: str) -> None:
    assert finds(titled, title, typed)


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("プリンターが動かない", "動作"),
        ("เครื่องพิมพ์", "พิมพ์เครื่อง"),
        ("CW-48213", "c-482"),
        ("Café", "cafe"),
        ("it's", "its"),
        ("password", "word"),
    ],
)
def test_other_words_are_not(titled: AISession, title: str, typed: str) -> None:
    assert not finds(titled, title, typed)


def test_of_a_piece_only_the_last_word_may_be_a_beginning(titled: AISession) -> None:
    assert finds(titled, "CW-48213 Outlook", "cw-482 outl")
    assert not finds(titled, "CWX-48213 Outlook", "cw-482")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile | st.text(min_size=1, max_size=30), spell=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
@example("ไม่ทำงาน PC", "NFD")
def test_every_text_is_found_by_itself_in_any_normal_form(titled: AISession, text: str, spell: str) -> None:
    title = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cs"})[:40]
    assume(any(unicodedata.category(letter)[0] in "LN" for letter in title) and not lacks_words(title))
    assume(title.isprintable() or title.strip())
    assert finds(titled, title, unicodedata.normalize(spell, title))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=hostile | st.text(max_size=60))
def test_what_lacks_words_finds_nothing_and_nothing_breaks(titled: AISession, typed: str) -> None:
    shown = AISession.objects.all().matching(typed).exists()
    assert not (lacks_words(typed) and shown)


class TestAdmin:
    """One rule for every list of the admin."""

    @pytest.fixture
    def admin(self, db: None) -> Client:
        account = AccountFactory(name="Müller & Söhne", slug="msp")
        person = UserFactory(
            account=account, role=Role.ADMIN, is_staff=True, display_name="Zoë O’Hara", email="zoe@northwind.example"
        )
        client = Client()
        let_in(client, person)
        return client

    @pytest.mark.parametrize(
        ("path", "typed", "many"),
        [
            ("accounts/user", "ZOE\u0308 o'hara", 1),
            ("accounts/user", "zoe@north", 1),
            ("accounts/user", "ra", 0),
            ("accounts/account", "MU\u0308LLER so\u0308h", 1),
            ("accounts/account", "!?", 0),
        ],
    )
    def test_people_and_accounts_are_found_by_words(self, admin: Client, path: str, typed: str, many: int) -> None:
        listed = admin.get(f"/admin/{path}/", {"q": typed})
        assert listed.context["cl"].result_count == many
        assert ("There is no word in “!?”" in listed.content.decode()) == (typed == "!?")


def test_a_list_selects_nothing_of_a_search(titled: AISession) -> None:
    sql = str(found(AISession.objects.all(), "outlook", "title").query)
    assert "search_lexemes" not in sql.partition(" FROM ")[0]
