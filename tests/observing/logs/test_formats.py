"""Every format as products, viewers and people write it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.model import LogRecord
from syncsage.observing.logs.reader import LogReader, read

ATTRIBUTES = 'date="03-09-2021" component="Reader" context="" type="{}" thread="4711" file="">'


def ccm(message: str, kind: int = 1, time: str = "07:12:01.250+060") -> str:
    return f'<![LOG[{message}]LOG]!><time="{time}" ' + ATTRIBUTES.format(kind)


def simple(message: str, stamp: str = "03-09-2021 07:12:01.250-060") -> str:
    return f"{message}  $$<SMS_EXAMPLE_MANAGER><{stamp}><thread=4711 (0x1267)>"


def messages(records: tuple[LogRecord, ...]) -> list[str]:
    return [record.message for record in records]


def test_every_sample_of_a_format_is_read_as_that_format(kb: KnowledgeBase, reader: LogReader) -> None:
    for format in kb.formats.values():
        for sample in format.samples:
            expected = "fragment" if format.shape == "insert" else format.name
            assert {record.format for record in reader.read(sample)} == {expected}, sample


def test_the_function_reads_like_the_class(kb: KnowledgeBase, reader: LogReader) -> None:
    text = simple("The list is empty~")
    assert read(text, kb, "x.log") == reader.read(text, "x.log")


def test_a_record_of_named_attributes(reader: LogReader) -> None:
    [record] = reader.read(ccm("The list is empty", 2))
    assert record == LogRecord(
        message="The list is empty",
        format="ccm",
        line=1,
        offset=0,
        component="Reader",
        local=datetime(2021, 3, 9, 7, 12, 1, 250_000),
        utc=datetime(2021, 3, 9, 8, 12, 1, 250_000, tzinfo=UTC),
        thread="4711",
        severity="warning",
    )


@pytest.mark.parametrize(
    "attributes",
    [
        'TYPE="3" Thread="7" COMPONENT="Reader" Date="3-9-2021" Time="07:12:01.2501234+000" context="x\\y" file="a"',
        'time = "07:12:01.250"  date="03-09-2021" type="3" component="Reader" thread="7"',
    ],
)
def test_attributes_may_come_in_any_order_and_case(reader: LogReader, attributes: str) -> None:
    [record] = reader.read(f"<![LOG[No list]LOG]!><{attributes}>")
    assert (record.component, record.severity, record.thread) == ("Reader", "error", "7")
    assert record.local is not None
    assert record.local.replace(microsecond=0) == datetime(2021, 3, 9, 7, 12, 1)


def test_a_record_of_several_lines_and_an_end_mark_within_a_message(reader: LogReader) -> None:
    text = f"{ccm('one')}\n{ccm('two ]LOG]!> < still]' + chr(10) + '  second <![LOG[ line')}\n{ccm('three')}"
    records = reader.read(text)
    assert messages(records) == ["one", "two ]LOG]!> < still]\n  second <![LOG[ line", "three"]
    assert [(record.line, record.lines) for record in records] == [(1, 1), (2, 2), (4, 1)]


def test_records_that_were_cut_at_both_ends(reader: LogReader) -> None:
    whole = ccm("the head is missing here")
    end = ccm("the tail is missing").partition("]")[0]
    text = f"{whole.partition('is m')[2]}\n{ccm('in between')}\n{end}"
    records = reader.read(text)
    assert messages(records) == ["issing here", "in between", "the tail is missing"]
    assert [record.cut for record in records] == [True, False, True]


def test_a_cut_record_ends_where_the_next_line_begins_one(reader: LogReader) -> None:
    records = reader.read(f"<![LOG[torn\n{ccm('next')}")
    assert [(record.message, record.cut) for record in records] == [("torn", True), ("next", False)]


def test_site_server_records_in_both_stamps(reader: LogReader) -> None:
    new, old = reader.read(f"{simple('new~')}\n{simple('~old', 'Tue Mar 9 07:12:01.250 2004 Eastern Standard Time')}")
    assert (new.message, new.component, new.thread, new.severity) == ("new", "SMS_EXAMPLE_MANAGER", "4711", "")
    assert new.utc == datetime(2021, 3, 9, 6, 12, 1, 250_000, tzinfo=UTC)
    assert (old.message, old.utc) == ("old", datetime(2004, 3, 9, 12, 12, 1, 250_000, tzinfo=UTC))


@pytest.mark.parametrize(
    ("bias", "hour"), [("+480", 15), ("-060", 6), ("-660", 20), ("+000", 7), ("+60", 8), ("-300", 2)]
)
def test_utc_is_local_time_plus_bias(reader: LogReader, bias: str, hour: int) -> None:
    [record] = reader.read(simple("x", f"03-09-2021 07:12:01.250{bias}"))
    assert record.utc is not None
    assert record.utc.hour == hour


def test_the_trailer_closes_the_last_line_of_a_message(reader: LogReader) -> None:
    stack = "Example.Fault: no list~~   at Example.Work()~~   at Example.Main()"
    text = f"{simple('one')}\r\nfirst line\r\nsecond line\r\n{simple('third line')}\r\n{simple(stack)}"
    records = reader.read(text)
    assert messages(records)[1].split() == "first line second line third line".split()
    assert (records[1].line, records[1].lines) == (2, 3)
    assert records[2].message == "Example.Fault: no list\n   at Example.Work()\n   at Example.Main()"


def test_a_break_within_the_trailer_and_a_trailer_without_stamp(reader: LogReader) -> None:
    text = simple("broken").replace("><03", ">\n<03") + "\ncut $$<SMS_EXAMPLE_MANAGER>"
    broken, cut = reader.read(text)
    assert (broken.message, broken.thread, broken.lines) == ("broken", "4711", 2)
    assert (cut.message, cut.component, cut.cut, cut.local) == ("cut", "SMS_EXAMPLE_MANAGER", True, None)


def test_rollover_lines_are_no_records(reader: LogReader) -> None:
    assert messages(reader.read(f"{simple('one')}\nROLLOVER\n{simple('two')}")) == ["one", "two"]


def test_impossible_times_are_no_times(reader: LogReader) -> None:
    for stamp in ("13-39-2021 27:12:01.250-060", "Tue Xyz 9 07:12:01.250 2004 X", "02-30-2021 07:12:01.250-060"):
        [record] = reader.read(simple("x", stamp))
        assert (record.message, record.local, record.utc) == ("x", None, None)


COLUMNS = [
    ("\t", "3/9/2021 7:12:01 PM", datetime(2021, 3, 9, 19, 12, 1)),
    ("    ", "3/9/2021 12:12:01 AM", datetime(2021, 3, 9, 0, 12, 1)),
    ("  ", "23.3.2021 07:12:01", datetime(2021, 3, 23, 7, 12, 1)),
    ("  ", "2021-03-09 07:12:01", datetime(2021, 3, 9, 7, 12, 1)),
]


@pytest.mark.parametrize(("gap", "stamp", "time"), COLUMNS)
def test_lines_out_of_the_viewer(reader: LogReader, gap: str, stamp: str, time: datetime) -> None:
    line = gap.join(("Sync time: 0d00h01m01s", "SMS_EXAMPLE_MANAGER", stamp, "4711 (0x1267)"))
    records = reader.read(f"{line}\n{line}")
    assert {record.format for record in records} == {"cmtrace-list"}
    assert [record.local for record in records] == [time, time]
    assert (records[0].message, records[0].component, records[0].thread) == (
        "Sync time: 0d00h01m01s", "SMS_EXAMPLE_MANAGER", "4711",
    )  # fmt: skip


def test_lines_with_nothing_but_the_component(reader: LogReader) -> None:
    text = "Wakeup by inbox drop SMS_WSUS_SYNC_MANAGER\nStarting Sync     SMS_WSUS_SYNC_MANAGER\n\nSome prose."
    records = reader.read(text)
    assert [(r.format, r.component, r.message) for r in records] == [
        ("cmtrace-list", "SMS_WSUS_SYNC_MANAGER", "Wakeup by inbox drop"),
        ("cmtrace-list", "SMS_WSUS_SYNC_MANAGER", "Starting Sync"),
        ("fragment", "", "Some prose."),
    ]


def test_a_component_on_a_line_of_its_own_belongs_to_the_line_before(reader: LogReader) -> None:
    [record] = reader.read("Done synchronizing WSUS Server A.EXAMPLE.NET\nSMS_WSUS_SYNC_MANAGER")
    assert (record.message, record.lines) == ("Done synchronizing WSUS Server A.EXAMPLE.NET", 2)


def test_a_known_beginning_on_the_line_before_belongs_to_the_record(reader: LogReader) -> None:
    text = (
        "Starting Sync SMS_WSUS_SYNC_MANAGER\n"
        "Synchronizing update 0a1b2c3d-0000-4000-8000-000000000000 - Update for\n"
        "Example (KB1) SMS_WSUS_SYNC_MANAGER\n\nA remark:\nSync time: 0d00h01m01s SMS_WSUS_SYNC_MANAGER"
    )
    _, update, remark, last = reader.read(text)
    assert (update.line, update.lines, update.message.split()[-1]) == (2, 2, "(KB1)")
    assert (remark.message, last.message) == ("A remark:", "Sync time: 0d00h01m01s")


def test_the_log_of_the_update_server(reader: LogReader) -> None:
    text = (
        "2021-03-09 06:12:01.250 UTC\tInfo\tWsusService.31\tExampleAgent.Work\tStarted\r\n"
        "2021-03-09 06:12:02.250 UTC\tError\tw3wp.8\tServerThing..ctor\tSystem.Fault: no\r\n"
        "   at Example.Work()\r\n"
        "   場所 Example.Main()\r\n"
        "and free text\r\n"
        "2021-03-09 06:12:03.250 UTC\tChange\tmmc.1\tAdmin.Do\tDone\r\n"
    )
    first, second, third = reader.read(text)
    assert (first.component, first.thread, first.source, first.message) == (
        "WsusService", "31", "ExampleAgent.Work", "ExampleAgent.Work Started",
    )  # fmt: skip
    assert (first.local, first.utc) == (None, datetime(2021, 3, 9, 6, 12, 1, 250_000, tzinfo=UTC))
    assert (second.severity, second.source, second.lines) == ("error", "ServerThing..ctor", 4)
    assert second.message.endswith("and free text")
    assert third.line == 6


@pytest.mark.parametrize(
    ("glued", "source", "rest"),
    [
        ("SusEventDispatcher.TriggerEventTriggerEvent is", "SusEventDispatcher.TriggerEvent", "TriggerEvent is"),
        ("Example.DoWorkDoWork began", "Example.DoWork", "DoWork began"),
        ("Example.StopWorkingStopped", "Example.StopWorking", "Stopped"),
        ("EventLogEventReporter.ReportEventEventId=382,Type=Information", "EventLogEventReporter.ReportEvent",
         "EventId=382,Type=Information"),
        ("ServerImplementation..ctorReady", "ServerImplementation..ctor", "Ready"),
    ],
)  # fmt: skip
def test_columns_that_were_glued_together(reader: LogReader, glued: str, source: str, rest: str) -> None:
    [record] = reader.read(f"2021-03-09 06:12:01.250 UTCInfow3wp.100{glued}")
    assert (record.component, record.thread, record.source) == ("w3wp", "100", source)
    assert record.message == f"{source} {rest}"


def test_first_columns_may_be_missing(reader: LogReader) -> None:
    glued = "Changew3wp.6AdminDataAccess.StartSubscriptionManuallySynchronization manually started"
    text = f"{glued}\nInfo WsusService.2 A.B c"
    first, second = reader.read(text)
    assert (first.source, first.utc) == ("AdminDataAccess.StartSubscriptionManually", None)
    assert (second.component, second.message) == ("WsusService", "A.B c")


def test_set_up_and_dated_fragments(reader: LogReader) -> None:
    setup = reader.read("> \\<03/09/21 07:12:01> Checking what is needed  \n> <03/09/21 07:12:02> Done")
    assert [(r.format, r.message, r.local) for r in setup] == [
        ("supsetup", "Checking what is needed", datetime(2021, 3, 9, 7, 12, 1)),
        ("supsetup", "Done", datetime(2021, 3, 9, 7, 12, 2)),
    ]
    dated = reader.read("03-09-2021 07:12:01.250 one\n03-09-2021 07:12:01.350 two")
    assert [(r.format, r.message) for r in dated] == [("fragment", "one"), ("fragment", "two")]
    post = reader.read("2021-03-09 07:12:01  Postinstall started\n2021-03-09 07:12:01  ")
    assert [(r.format, r.message, r.local) for r in post] == [
        ("fragment", "Postinstall started", datetime(2021, 3, 9, 7, 12, 1))
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n", " "])
def test_a_status_message(reader: LogReader, gap: str) -> None:
    parts = ("Message ID: 6703", "WSUS Synchronization failed.", "Message: No list.", "Source: Example.Work.")
    [record] = reader.read(gap.join(parts))
    assert record.format == "statusmessage"
    assert record.message.split() == " ".join(parts).split()


def test_prose_about_a_status_message_is_no_part_of_it(reader: LogReader) -> None:
    text = "WSUS Synchronization failed. Message: No list. Source: A.B.\n\nWSUS Synchronization Manager writes this:"
    assert [record.format for record in reader.read(text)] == ["statusmessage", "fragment"]


def test_rows_of_the_status_message_viewer(reader: LogReader) -> None:
    row = "Error\tMilestone\tCS1\t3/19/2021 7:12:01 AM\tSRV7\tSMS_EXAMPLE_MANAGER\t6703\tWSUS Synchronization failed."
    first, second = reader.read(f"{row}\n{row.replace('Error', 'Warning')}")
    assert (first.component, first.severity, first.local) == (
        "SMS_EXAMPLE_MANAGER", "error", datetime(2021, 3, 19, 7, 12, 1),
    )  # fmt: skip
    assert second.severity == "warning"


def test_records_of_the_event_viewer(reader: LogReader) -> None:
    block = (
        "Log Name:      Application\nSource:        Example Services\nDate:          3/19/2021 7:12:01 AM\n"
        "Event ID:      364\nLevel:         Error\nDescription:\nThe file was not fetched."
    )
    records = reader.read(f"{block}\n\n{block}")
    assert [r.format for r in records] == ["event", "event"]
    assert records[0].message == block
    assert (records[0].component, records[0].severity, records[0].local) == (
        "Example Services", "error", datetime(2021, 3, 19, 7, 12, 1),
    )  # fmt: skip


def test_events_of_other_years_and_languages(reader: LogReader) -> None:
    old = (
        "Event Type:\tWarning\nEvent Source:\tExample\nEvent ID:\t7\nDate:\t\t3/19/2004\nTime:\t\t7:12:01 AM\nUser:\tx"
    )
    japanese = "ログの名前: Application\nソース: Example\nイベント ID: 7\nレベル: エラー\n説明: なし"
    first, second = reader.read(old)[0], reader.read(japanese)[0]
    assert (first.severity, first.component, first.local) == ("warning", "Example", datetime(2004, 3, 19, 7, 12, 1))
    assert (second.severity, second.component, second.format) == ("error", "Example", "event")


def test_a_status_message_in_the_application_log(reader: LogReader) -> None:
    [record] = reader.read("On 3/19/2021 7:12:01 AM, component SMS_EXAMPLE_MANAGER on computer SRV7 reported:  Empty.")
    assert (record.format, record.component, record.message) == ("event", "SMS_EXAMPLE_MANAGER", "Empty.")


@pytest.mark.parametrize("mark", ["", "#", "# "])
def test_the_list_of_a_synchronization_event(reader: LogReader, mark: str) -> None:
    lines = (
        "EventCategory   : SynchronizationCompletion", "Error           : UssCommunicationError",
        "ErrorText       : Fault: no list", "                     at Example.Work()", "UpdateErrors    : {}",
        "CreationDate    : 3/19/2021 6:12:01 AM", "IsError         : True",
    )  # fmt: skip
    [record] = reader.read("\n".join(mark + line for line in lines))
    assert (record.format, record.lines) == ("wsus-console", 7)
    assert record.utc == datetime(2021, 3, 19, 6, 12, 1, tzinfo=UTC)


def test_the_error_text_of_the_console(reader: LogReader) -> None:
    text = "UssCommunicationError: WebException: no list\nat Example.Work()\n   at Example.Main()"
    [record] = reader.read(text)
    assert (record.format, record.message) == ("wsus-console", text)


def test_fragments_are_lines(reader: LogReader) -> None:
    text = "Nothing to do\n\nFault: no list\n   at Example.Work()\nSource: Example.Work\nDone"
    assert messages(reader.read(text)) == [
        "Nothing to do", "Fault: no list\n   at Example.Work()\nSource: Example.Work", "Done",
    ]  # fmt: skip


def test_several_formats_in_one_paste(reader: LogReader) -> None:
    text = (
        "In the first log:\n\n"
        "> Wakeup by inbox drop SMS_WSUS_SYNC_MANAGER\n> Starting Sync SMS_WSUS_SYNC_MANAGER\n\n"
        "In the other:\n\n"
        "> 2021-03-09 06:12:01.250 UTC Info WsusService.31 A.B Started\n\n"
        f"And:\n{simple('third')}\n{ccm('fourth')}\nThat is all."
    )
    assert [(r.format, r.message) for r in reader.read(text)] == [
        ("fragment", "In the first log:"),
        ("cmtrace-list", "Wakeup by inbox drop"),
        ("cmtrace-list", "Starting Sync"),
        ("fragment", "In the other:"),
        ("softwaredistribution", "A.B Started"),
        ("simple", "And:\nthird"),
        ("ccm", "fourth"),
        ("fragment", "That is all."),
    ]
