"""Names are replaced by pseudonyms that keep what belongs together; what everybody knows stays."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from syncsage.errors import InputError
from syncsage.knowledge import load
from syncsage.knowledge.model import KnowledgeBase
from syncsage.masking import NameMap, Names


def masked(kb: KnowledgeBase, text: str) -> str:
    names = Names(kb, [text])
    shown = names.mask(text)
    assert names.map.unmask(shown) == text
    return shown


@pytest.fixture(scope="module")
def bundled() -> KnowledgeBase:
    return load()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ping srv02.corp.acme.com", "ping HOST-1.DOMAIN-1"),
        ("srv02.corp.acme.com and srv03.corp.acme.com", "HOST-1.DOMAIN-1 and HOST-2.DOMAIN-1"),
        ("srv02.corp.acme.com is not srv02.emea.acme.com", "HOST-1.DOMAIN-1 is not HOST-1.DOMAIN-2"),
        ("srv02.corp.acme.com, later srv02 and SRV02", "HOST-1.DOMAIN-1, later HOST-1 and HOST-1b"),
        ("srv02.corp.acme.com in corp.acme.com", "HOST-1.DOMAIN-1 in DOMAIN-1"),
        ("srv02.corp.acme.com of Acme as ACME\\jdoe", "HOST-1.DOMAIN-1 of DOMAIN-1b as DOMAIN-1c\\USER-1"),
        ("ACME\\j.doe, j.doe@acme.com", "DOMAIN-1\\USER-1, USER-1@DOMAIN-1b"),
        ("ACME\\SRV02$ failed", "DOMAIN-1\\HOST-1$ failed"),
        ("http://px7:3128/wpad and https://user@px7/", "http://HOST-1:3128/wpad and https://USER-1@HOST-1/"),
        (r"\\fs01\Projekte$\Moller & Co\a.cab", r"\\HOST-1\DIR-1$\DIR-2 & DIR-3\a.cab"),
        (r"\\\\fs01\\Projekte", r"\\\\HOST-1\\DIR-1"),
        (r"C:\Users\jdoe\AppData and /Users/jdoe/x", r"C:\Users\USER-1\AppData and /Users/USER-1/x"),
        ("10.1.2.3:8530, then 10.1.2.3 and 10.1.2.4", "IP-1:8530, then IP-1 and IP-2"),
        ("appserv 10.1.2.3, v\n10.1.2.4", "appserv IP-1, v\nIP-2"),
        ("fe80::1ff:fe23:4567:890a%12 [2001:db8::1]:443", "IP-1%12 [IP-2]:443"),
        ("00-1B-44-11-3A-B7 00:1b:44:11:3a:b7 001b.4411.3ab7", "MAC-1 MAC-2 MAC-3"),
        ("S-1-5-21-36238-33610-30300-1013", "SID-1"),
        ("CN=px9, OU=Vertrieb, DC=acme, DC=com", "CN=NAME-1, OU=NAME-2, DC=DOMAIN-1, DC=com"),
        ("dbnode-3:1433 refused", "HOST-1:1433 refused"),
    ],
)
def test_names_become_pseudonyms(bicycle: KnowledgeBase, text: str, shown: str) -> None:
    assert masked(bicycle, text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "System.Net.WebException at Vendor.Product.Internal.BaseApi.Connect()",
        "127.0.0.1 ::1 0.0.0.0 255.255.255.255 224.0.0.1",
        "Version=4.0.0.0, v4.0.30319, 6.3.9600.18324, build 10.0.0.1",
        "S-1-5-18 S-1-5-32-544 S-1-1-0",
        "setup.exe web.config readme.md ride.log archive.tar.gz",
        "12:30:45 2024-03-01T12:30:45Z CWorker::DoRide a::b",
        "it failed.now we wait e.g. here",
        r"C:\Windows\System32 and HKLM\SOFTWARE\x\y",
        "",
    ],
)
def test_what_is_no_name_stays(bicycle: KnowledgeBase, text: str) -> None:
    assert masked(bicycle, text) == text


@pytest.mark.parametrize(
    "text",
    [
        "https://sws.update.microsoft.com/x fe2.update.microsoft.com download.windowsupdate.com localhost",
        "NT AUTHORITY\\NETWORK SERVICE, BUILTIN\\Administrators, IIS APPPOOL\\WsusPool",
        "Microsoft.UpdateServices.Internal.BaseApi.SoapExceptionProcessor ASP.NET CWSyncMgr::DoSync",
        'SOURCE="SMS Server" COMP="SMS_WSUS_SYNC_MANAGER" SITE=CS1 PID=3404 GMTDATE=Tue Mar 12 08:00:11.123 2024',
        "wsyncmgr.log WCM.log SoftwareDistribution.log PS1.SYN FULL.SYN KB5070879 SHA256 UTF-8 TLS 1.2 WSUS 3.0 SP2",
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Update Services\\Server\\Setup",
        r"C:\Program Files\Update Services\WsusContent",
        "HTTP status 401: Unauthorized 0x80072EE7 Event ID 364 8530",
    ],
)
def test_what_everybody_in_the_field_knows_stays(bundled: KnowledgeBase, text: str) -> None:
    assert masked(bundled, text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SYS=SRV77 SITE=CS1", "SYS=HOST-1 SITE=CS1"),
        ("our server BERWSUS01 is down, berwsus01 was rebuilt", "our server HOST-1 is down, HOST-1b was rebuilt"),
        ("connection to WSUS server: hq-sup2, port: 8530", "connection to WSUS server: HOST-1, port: 8530"),
        (r"\\SRV77\WsusContent\update.cab", r"\\HOST-1\WsusContent\update.cab"),
        (r"\\SRV77\root\SMS\site_CS1", r"\\HOST-1\root\SMS\site_CS1"),
        ("ProxyName : px-main ProxyUserName : wsusproxy", "ProxyName : HOST-1 ProxyUserName : USER-1"),
    ],
)
def test_the_field_says_where_names_stand(bundled: KnowledgeBase, text: str, shown: str) -> None:
    assert masked(bundled, text) == shown


def test_no_sentence_or_command_of_the_bundled_knowledge_is_masked(bundled: KnowledgeBase) -> None:
    texts = [text for cause in bundled.causes.values() for text in (cause.title, cause.summary)]
    texts += [text for problem in bundled.problems.values() for text in (problem.title, problem.summary, problem.look)]
    for finding in bundled.findings.values():
        texts += [finding.ask, finding.help, *(choice.label for choice in finding.choices)]
    for procedure in bundled.procedures.values():
        steps = (*procedure.steps, *(step for variant in procedure.variants for step in variant.steps))
        texts += [procedure.title, procedure.undo, *procedure.notes]
        texts += [text for step in steps for text in (step.do, step.expect, step.command)]
    assert len(texts) > 1000
    assert Names(bundled, texts).map.names == {}


def test_a_plain_word_is_a_name_only_where_it_is_used_as_one(bicycle: KnowledgeBase) -> None:
    assert masked(bicycle, "http://chain:80/ says the chain is worn") == "http://chain:80/ says the chain is worn"
    assert masked(bicycle, "mail chain@acme.com about the chain") == "mail USER-1@DOMAIN-1 about the chain"


def test_one_name_is_one_pseudonym_in_all_texts(bicycle: KnowledgeBase) -> None:
    texts = ["ping srv02.corp.acme.com", "srv02 is down", "corp\\jdoe on SRV02", "jdoe again"]
    names = Names(bicycle, texts)
    shown = [names.mask(text) for text in texts]
    assert shown == ["ping HOST-1.DOMAIN-1", "HOST-1 is down", "DOMAIN-1b\\USER-1 on HOST-1b", "USER-1 again"]
    assert [names.map.unmask(text) for text in shown] == texts
    assert Names(bicycle, texts).map == names.map


def test_a_pseudonym_that_stands_in_a_text_already_is_not_given_out(bicycle: KnowledgeBase) -> None:
    text = "HOST-1 and HOST-2b are not srv02.corp.acme.com"
    assert masked(bicycle, text) == "HOST-1 and HOST-2b are not HOST-3.DOMAIN-1"


def test_many_spellings_keep_their_letters(bicycle: KnowledgeBase) -> None:
    spellings = sorted({"".join(c.upper() if n >> i & 1 else c for i, c in enumerate("srvab")) for n in range(30)})
    text = " ".join(f"http://{spelling}9:80/" for spelling in spellings)
    shown = masked(bicycle, text)
    assert "HOST-1z" in shown
    assert "HOST-1ba" in shown


def test_lines_are_kept(bicycle: KnowledgeBase) -> None:
    text = "a srv02.corp.acme.com\r\n\n\\\\fs01\\x\n10.1.2.3\n"
    assert masked(bicycle, text).count("\n") == text.count("\n")


def test_the_map_is_kept_for_its_owner_only(bicycle: KnowledgeBase, tmp_path: Path) -> None:
    names = Names(bicycle, ["Müller-PC7.corp.acme.com, ACME\\jdoe"]).map
    file = tmp_path / "names.json"
    names.save(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert NameMap.load(file) == names
    assert list(tmp_path.iterdir()) == [file]
    assert names.unmask("reboot HOST-1, ask USER-1 or USER-9") == "reboot Müller-PC7, ask jdoe or USER-9"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2, "names": {}}', '{"format": 1, "names": {"A": 1}}'])
def test_what_is_no_map_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "names.json"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"names\.json is not a map of names"):
        NameMap.load(file)


def test_a_map_that_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        NameMap.load(tmp_path / "none.json")
    with pytest.raises(InputError, match="cannot write"):
        NameMap({"HOST-1": "a"}).save(tmp_path / "none" / "names.json")
