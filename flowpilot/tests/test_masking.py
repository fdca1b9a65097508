"""Secrets leave the server as masks, and come back as themselves; nothing else is changed."""

import time
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from flowpilot.masking import Masks

SESSION, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)

SECRETS = [
    ("pw: Hunter2!", "Hunter2!"),
    ("Password: Hunter2, then sign in", "Hunter2"),
    ("password for svc-desk: S0mmer/2026", "S0mmer/2026"),
    ("Kennwort lautet Sommer", "Sommer"),
    ("Passwort ist Sommer2026!", "Sommer2026!"),
    ("the password is Winter24.", "Winter24"),
    ("password is Sunshine", "Sunshine"),
    ("password “two words” works", "two words"),
    ('{"password": "a\\"b c", "user": "x"}', 'a\\"b c'),
    ("DB_PASSWORD=xyzzy99", "xyzzy99"),
    ("adminPassword=xyzzy99", "xyzzy99"),
    ("PIN: 4711", "4711"),
    ("Reset the password to Autumn!26 and told her", "Autumn!26"),
    ("changed the password from Old1! to New2!", "New2!"),
    ("Passwort auf Sommer26 zurückgesetzt", "Sommer26"),
    ("WLAN-Schlüssel: kaffee-und-kuchen", "kaffee-und-kuchen"),
    ("local admin is svc-desk / Desk!2026", "Desk!2026"),
    ("api key: 9f8e7d6c5b4a39281706", "9f8e7d6c5b4a39281706"),
    ("client secret is aB3~xxxxxxxxxx99", "aB3~xxxxxxxxxx99"),
    ("OPENAI_API_KEY=sk-proj-abcdefgh12345678", "sk-proj-abcdefgh12345678"),
    ("push with ghp_abcdefghijklmnopqrst0123456789", "ghp_abcdefghijklmnopqrst0123456789"),
    ("id AKIAIOSFODNN7EXAMPLE in the log", "AKIAIOSFODNN7EXAMPLE"),
    ("Authorization: Bearer abcDEF123.4567-xyz", "abcDEF123.4567-xyz"),
    ("Authorization: Basic dXNlcjpodW50ZXI=", "dXNlcjpodW50ZXI="),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N", "eyJzdWIiOiIxMjM0In0"),
    ("Server=tcp:db;User ID=sa;Password=p@ss;w0rd;Encrypt=True", "p@ss;w0rd"),
    ("DefaultEndpointsProtocol=https;AccountKey=abcd1234==;EndpointSuffix=core", "abcd1234=="),
    ("https://desk:hunter2@nas.example/share", "hunter2"),
    ("postgresql://app:geheim99@db.example/desk", "geheim99"),
    ("https://x.blob.core.example/c?sv=2024&sig=abc%2Bdef123456789012345%3D&se=1", "abc%2Bdef123456789012345%3D"),
    ("123456-234567-345678-456789-567890-678901-789012-890123", "345678-456789"),
    ("FileVault: ABCD-EF12-GH34-JK56-LM78-NP90", "GH34-JK56"),
    ("VK7JG-NPHTM-C97JM-9MPGT-3V66T", "C97JM-9MPGT"),
    ("Recovery code: 8f3k-22ab", "8f3k-22ab"),
    ("seed JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP"),
    ("TOTP secret: jbsw y3dp ehpk 3pxp", "jbsw y3dp ehpk 3pxp"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY-----", "MIIEow"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz", "b3BlbnNz"),
    ("net user svc-desk P@ss99 /add", "P@ss99"),
    ("net use Z: \\\\srv\\share P@ss99 /user:x", "P@ss99"),
    ("psexec \\\\pc -u dom\\x -p Secret99 cmd", "Secret99"),
    ("ConvertTo-SecureString 'abc def' -AsPlainText", "abc def"),
    ("cmdkey /add:srv /user:x /pass:Geheim1", "Geheim1"),
    ("<Password><Value>geheim</Value></Password>", "geheim"),
]

SAID_IN_PASSING = [
    ("das PW für den Admin ist Sommer24", "Sommer24"),
    ("User: maya PW: abcdef", "abcdef"),
    ("log in with maya / Sommer24!", "Sommer24!"),
    ("creds: admin:Sommer24!", "Sommer24!"),
    ("login admin:admin123", "admin123"),
    ("Zugang: admin / geheim123", "geheim123"),
    ("Her new password is going to be Frühling24", "Frühling24"),
    ("pass is hunter22", "hunter22"),
    ("pwd hunter22", "hunter22"),
    ("Passwort ist jetzt neu: Sommer24", "Sommer24"),
    ("PIN 4711", "4711"),
    ("wifi pw guest2024", "guest2024"),
    ("TOKEN abc123def456", "abc123def456"),
    ("pass123 is the password", "pass123"),
    ("I gave her Welcome1 as new password", "Welcome1"),
    ("password (Hunter22)", "Hunter22"),
    ("Kennwort neu gesetzt: Sommer24", "Sommer24"),
    ("temp password Welcome1 given", "Welcome1"),
    ("new pw is »Sommer24«", "Sommer24"),
    ("password:\nHunter22", "Hunter22"),
    ("| Password | Hunter22 |", "Hunter22"),
    ("user=sa;pwd=x1y2z3", "x1y2z3"),
    ("mysql -u root -pHunter22", "Hunter22"),
    ("curl -u admin:Hunter22 https://x.example", "Hunter22"),
    ("SNMP community string is publ1c", "publ1c"),
    ("pre-shared key s3cr3tPSK!", "s3cr3tPSK"),
    ("the password’s Hunter22", "Hunter22"),
    ("backup encryption key 9f8e7d6c5b4a3928", "9f8e7d6c5b4a3928"),
]

HARMLESS = [
    "password: rename it first",
    "$password = Read-Host -AsSecureString",
    "password Office365 asks for",
    "Password last set: 11/26/2026 09:12",
    "password expires in 14days",
    "Passwort neu setzen: siehe b1946ac9-2d1f-4c7e-8a3b-0c9d8e7f6a5b",
    "account maya, Outlook2021 on Windows11",
    "user maya / DESKTOP-4F7K2QX",
    "key HKLM-1 and token ring",
    "password is expired",
    "Password: required",
    "the password is not accepted",
    "Kennwort ist abgelaufen",
    "Das Passwort ist Pflicht",
    "Passwort: vergessen",
    "She forgot the password to Office365",
    "Password prompt every 10 minutes",
    "password hash sync is enabled",
    "Access denied for user (using password: YES)",
    "password error: 0x8007052e",
    "Password = 0x8007052e",
    "-Password $cred.Password",
    "password: <your password>",
    "error 0x80090016, HRESULT -2147024891",
    "b1946ac9-2d1f-4c7e-8a3b-0c9d8e7f6a5b",
    "S-1-5-21-3623811015-3361044348-30300820-1013",
    "SRV-EXCH-01 and DESKTOP-4F7K2QX",
    "KB5034441, Event ID 1098, CW-61231",
    r"Registry key: HKLM\SOFTWARE\Microsoft\Office\16.0",
    r"private key: C:\certs\site.pem",
    "AzureAdPrt : NO",
    "KW: 48",
    "Pass: 5, Fail: 2",
    "2026-11-26 11:23:41, 10.0.0.12:8443, 00-1A-2B-3C-4D-5E",
    "AUTHENTICATIONFAILED",
    "basic authentication is disabled, Bearer token expired",
    "user@northwind.example / SRV-EXCH-01",
    "https://learn.example/path?view=2&error=500",
]


@pytest.mark.parametrize(("text", "secret"), [*SECRETS, *SAID_IN_PASSING])
def test_a_secret_is_masked_and_comes_back(text: str, secret: str) -> None:
    masks = Masks(SESSION)
    masked = masks.mask(text)
    assert secret not in masked
    assert "«" in masked
    assert masks.unmask(masked) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_codes_names_and_sentences_about_passwords_stay(text: str) -> None:
    assert Masks(SESSION).mask(text) == text


def test_a_secret_has_the_same_mask_in_the_whole_session_whatever_else_is_said() -> None:
    first, later = Masks(SESSION), Masks(SESSION)
    later.mask("api key: 9f8e7d6c5b4a39281706, pw: Another-1")
    assert first.mask("pw: Hunter2!") == later.mask("pw: Hunter2!")


def test_another_session_has_another_mask() -> None:
    assert Masks(SESSION).mask("pw: Hunter2!") != Masks(OTHER).mask("pw: Hunter2!")


def test_a_known_secret_is_masked_where_no_word_says_that_it_is_one() -> None:
    masks = Masks(SESSION)
    masks.learn(["pw: Hunter2!", "I tried (Hunter2!), and “Hunter2!”."])
    masked = masks.mask("I tried (Hunter2!), and “Hunter2!”.")
    assert "Hunter2" not in masked
    assert masked.startswith("I tried («password-")


def test_a_password_that_is_a_word_doesnt_mask_that_word_elsewhere() -> None:
    masks = Masks(SESSION)
    masks.learn(["password: monitor"])
    assert masks.mask("The monitor is dark") == "The monitor is dark"


def test_a_model_may_write_a_mask_without_its_marks_or_escaped() -> None:
    masks = Masks(SESSION)
    name = masks.mask("pw: Hunter2!").removeprefix("pw: ").strip("«»")
    assert (
        masks.unmask(f"use {name} or \\u00ab{name}\\u00bb or «{name.upper()}»")
        == "use Hunter2! or Hunter2! or Hunter2!"
    )


def test_a_mask_that_nobody_gave_out_stays_as_it_is() -> None:
    assert Masks(SESSION).unmask("«password-0000»") == "«password-0000»"


def test_json_is_unmasked_string_by_string_so_that_quotes_cant_break_it() -> None:
    masks = Masks(SESSION)
    mask = masks.mask("password: 'a\"b\\c1'").removeprefix("password: ").strip("'")
    assert masks.unmask_value({"title": mask, "steps": [f"Type {mask}", 7, None]}) == {
        "title": 'a"b\\c1',
        "steps": ['Type a"b\\c1', 7, None],
    }


def test_it_says_how_many_secrets_of_each_kind_were_masked() -> None:
    masks = Masks(SESSION)
    masks.mask("pw: Hunter2! and again pw: Hunter2! and pw: Other-3; api key: 9f8e7d6c5b4a39281706")
    assert masks.counts() == [("password", 2), ("key", 1)]


@pytest.mark.parametrize("size", range(1, 12))
def test_while_an_answer_is_written_no_half_of_a_mask_is_ever_shown(size: int) -> None:
    masks = Masks(SESSION)
    answer = masks.mask("Type the password: Hunter2! twice, then password: Other-33.")
    for end in range(0, len(answer) + 1, size):
        shown = masks.unmask_so_far(answer[:end])
        assert "Type the password: Hunter2! twice, then password: Other-33.".startswith(shown)


@given(st.text(), st.text(alphabet="abcXYZ0123456789!#-", min_size=7, max_size=20), st.text())
def test_what_was_masked_always_comes_back(before: str, secret: str, after: str) -> None:
    masks = Masks(SESSION)
    text = f"{before} pw: 9{secret} {after}"
    masks.learn([text])
    masked = masks.mask(text)
    assert f"9{secret}" not in masked
    assert masks.unmask(masked) == text


@pytest.mark.parametrize(
    "file", sorted((settings.BASE_DIR / "flowpilot" / "playbooks").rglob("*.md")), ids=lambda file: file.stem
)
def test_nothing_in_a_playbook_looks_like_a_secret(file: Path) -> None:
    assert Masks(SESSION).mask(file.read_text()) == file.read_text()


HOSTILE = [
    *("_", " ", '"', "'a", "1", "é", "eyJ-", "A2-", "ABCD-", "123456-", "a://a:", "a" * 60 + " ", "[?&;]sig="),
    *("password ", "password:", "password for a ", "set password ", "password from a to ", "net user ", "admin x / "),
    *("-----BEGIN PRIVATE KEY-----", "<password>", "-u x -p ", "bearer ", "SG.", "pw: a1-b2-c3 "),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_masking_takes_linear_time_whatever_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        masks = Masks(SESSION)
        start = time.process_time()
        masks.learn([text])
        masks.mask(text)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(64_000) < 16 * max(seconds(8_000), 0.01)
