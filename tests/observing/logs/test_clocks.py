"""Dates, biases, and the bridge from local time to UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.reader import LogReader
from syncsage.observing.logs.stamps import StampReader, bias_between, to_utc


def status(gmt: str, component: str = "SMS_EXAMPLE_MANAGER") -> str:
    return (
        f'STATMSG: ID=6701 SEV=E LEV=M SOURCE="SMS Server" COMP="{component}" SYS=SRV7 SITE=CS1 PID=7 TID=8 '
        f'GMTDATE={gmt} ISTR0="Example.Work" ISTR1="no list" NUMATTRS=0 LE=0X8013150a'
    )


def test_a_status_message_carries_its_time_component_and_severity(reader: LogReader) -> None:
    [record] = reader.read(status("Tue Mar 09 06:12:01.250 2021"))
    assert (record.format, record.component, record.severity) == ("fragment", "SMS_EXAMPLE_MANAGER", "error")
    assert (record.local, record.utc) == (None, datetime(2021, 3, 9, 6, 12, 1, 250_000, tzinfo=UTC))


@pytest.mark.parametrize("quotes", ['""', "“”", "„“"])
def test_the_values_of_a_status_message(reader: LogReader, quotes: str) -> None:
    text = status("Tue Mar 09 06:12:01.250 2021").replace("SMS_", "SMS\\_")
    for index, quote in enumerate(quotes):
        text = text.replace('="', f"={quote}") if index == 0 else text.replace('" ', f"{quote} ")
    insert = reader.inserts.read(reader.read(text)[0].message)
    assert insert is not None
    names = ("ID", "sev", "COMP", "SYS", "SITE", "ISTR0", "ISTR1", "LE", "ISTR9")
    assert {name: insert.get(name) for name in names} == {
        "ID": "6701", "sev": "E", "COMP": "SMS_EXAMPLE_MANAGER", "SYS": "SRV7", "SITE": "CS1",
        "ISTR0": "Example.Work", "ISTR1": "no list", "LE": "0X8013150a", "ISTR9": "",
    }  # fmt: skip
    assert insert.get("GMTDATE") == "Tue Mar 09 06:12:01.250 2021"


def test_a_status_message_that_was_cut_or_holds_no_date(reader: LogReader) -> None:
    for text in ("STATMSG: ID=6704 SEV=I", 'STATMSG: ID=6704 SEV=I LEV=M GMTDATE=<Date & Time> ISTR0="a', "STATMSG:"):
        [record] = reader.read(text)
        assert (record.utc, record.format) == (None, "fragment")
    assert reader.inserts.read("no status message") is None


def line(message: str, stamp: str) -> str:
    return f"{message}\tSMS_EXAMPLE_MANAGER\t{stamp}\t4711 (0x1267)"


def test_a_status_message_bridges_a_log_without_bias(reader: LogReader) -> None:
    text = "\n".join(
        (
            line("Starting", "3/9/2021 7:12:01 AM"),
            line(status("Tue Mar 09 15:12:02.571 2021"), "3/9/2021 7:12:04 AM"),
        )
    )
    first, _ = reader.read(text)
    assert (first.local, first.utc) == (
        datetime(2021, 3, 9, 7, 12, 1),
        datetime(2021, 3, 9, 15, 12, 1, tzinfo=UTC),
    )


def test_without_a_bridge_utc_stays_unknown(reader: LogReader) -> None:
    [record] = reader.read(line("Starting", "3/19/2021 7:12:01 AM"))
    assert record.utc is None


def test_a_day_beyond_twelve_tells_the_order_for_all(reader: LogReader) -> None:
    reading = reader.reading("\n".join((line("one", "9/3/2021 7:12:01"), line("two", "19/3/2021 7:12:01"))))
    assert [record.local for record in reading.records] == [
        datetime(2021, 3, 9, 7, 12, 1),
        datetime(2021, 3, 19, 7, 12, 1),
    ]
    assert reading.notes == ()


def test_else_the_status_message_tells_it(reader: LogReader) -> None:
    text = "\n".join(
        (line("one", "9/3/2021 7:12:01"), line(status("Tue Mar 09 06:12:02.571 2021"), "9/3/2021 7:12:04"))
    )
    reading = reader.reading(text)
    assert reading.records[0].utc == datetime(2021, 3, 9, 6, 12, 1, tzinfo=UTC)
    assert reading.notes == ()


def test_else_the_month_comes_first_and_a_note_says_so(reader: LogReader) -> None:
    reading = reader.reading(line("one", "9/3/2021 7:12:01 PM"))
    assert reading.records[0].local == datetime(2021, 9, 3, 19, 12, 1)
    assert reading.notes == ("dates can be read in two ways: taken as month/day/year",)
    assert reader.reading(line("one", "3/3/2021 7:12:01 PM")).notes == ()


@pytest.mark.parametrize(
    ("local", "utc", "bias"),
    [
        (datetime(2021, 3, 9, 7, 12, 4), datetime(2021, 3, 9, 15, 12, 2, tzinfo=UTC), 480),
        (datetime(2021, 3, 9, 7, 12, 4), datetime(2021, 3, 9, 1, 42, 2, tzinfo=UTC), -330),
        (datetime(2021, 3, 9, 7, 12, 4), datetime(2021, 3, 9, 7, 20, 2, tzinfo=UTC), None),
        (datetime(2021, 3, 9, 7, 12, 4), datetime(2021, 3, 10, 7, 12, 2, tzinfo=UTC), None),
    ],
)
def test_a_bias_is_whole_quarters_of_an_hour(local: datetime, utc: datetime, bias: int | None) -> None:
    assert bias_between(local, utc) == bias


def test_the_ends_of_time_have_no_utc(kb: KnowledgeBase) -> None:
    assert to_utc(datetime(9999, 12, 31, 23, 59), 480) is None
    stamps = StampReader(kb.formats["simple"].stamps, kb.formats["simple"].zones)
    assert stamps.read("") is None
    assert stamps.read("00-00-0000 99:99:99.000+480") is None
