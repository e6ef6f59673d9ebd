import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from records import printing
from records.printing import CannotPrint, pdf_of
from tests.records.pdfs import fonts_of, pages_of, reader, streams_of, text_of

SECRET = b"thirty-two pieces of silver"


def page(content: str, *, head: str = "") -> str:
    return (
        f"<!doctype html><html lang='zh-Hans'><head><title>文书</title>{head}</head>"
        f"<body class='a4 off'><main><section class='sheet-p'>{content}</section></main></body></html>"
    )


def test_a_paper_is_a_pdf_that_an_archive_takes() -> None:
    pdf = pdf_of(page("<p>受理通知书</p>"))
    assert pdf.startswith(b"%PDF-1.7")
    metadata = reader(pdf).xmp_metadata
    assert metadata is not None
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("3", "B")


def test_the_same_page_gives_the_same_bytes() -> None:
    content = page("<h1>受理通知书</h1><p>石小满：2026年9月28日</p>")
    assert pdf_of(content) == pdf_of(content)


def test_threads_that_print_at_once_all_get_the_same_bytes() -> None:
    content = page("<p>同一份文书</p>")
    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(lambda _turn: pdf_of(content), range(4)))) == 1


def test_a_paper_is_set_in_our_own_typefaces_and_carries_them() -> None:
    fonts = fonts_of(pdf_of(page("<h1>审批表</h1><p>宋体</p><p class='qr'><b>查验码</b>黑体</p>")))
    assert set(fonts) == {"Paper-Song", "Paper-Song-Bold", "Paper-Hei", "Paper-Hei-Bold"}
    for font in fonts.values():
        assert "/FontFile2" in font["/FontDescriptor"].get_object()


def test_a_rare_character_in_a_name_is_printed() -> None:
    pdf = pdf_of(page("<p>阿依古丽·䶮㛃𬱖</p>"))
    assert "阿依古丽·䶮㛃𬱖" in text_of(pdf)
    assert set(fonts_of(pdf)) == {"Paper-Song", "Paper-Rare-Song"}


def test_a_character_that_no_typeface_has_leaves_a_gap_to_write_in_and_never_a_box() -> None:
    pdf = pdf_of(page("<p>石小满👍☑龘</p>"))
    assert text_of(pdf).startswith("石小满〓〓龘")
    assert all(name.startswith("Paper-") for name in fonts_of(pdf)), "no typeface of this machine was taken"


def test_each_page_says_which_of_how_many_it_is() -> None:
    pages = pages_of(pdf_of(page("<p>一</p></section><section class='sheet-p'><p>二</p>")))
    assert [text[-5:] for text in pages] == ["—1/2—", "—2/2—"]


@pytest.mark.parametrize(
    "content",
    [
        "<img src='{url}'>",
        "<object data='{url}'></object>",
        "<embed src='{url}'>",
        "<svg><image href='{url}' width='9' height='9'/></svg>",
        "<a rel='attachment' href='{url}'>附件</a>",
        "<link rel='attachment' href='{url}'>",
        "<link rel='stylesheet' href='{url}'>",
        "<style>@import url('{url}');</style>",
        "<style>p {{ background: url('{url}') }}</style>",
        "<style>@font-face {{ font-family: a; src: url('{url}') }} p {{ font-family: a }}</style>",
    ],
)
def test_a_text_draws_no_file_into_its_paper(content: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(SECRET)
    markup = content.format(url=secret.as_uri())
    pdf = pdf_of(page(f"{markup}<p>正文</p>", head=markup))
    assert "正文" in text_of(pdf)
    assert not any(SECRET in stream for stream in streams_of(pdf))
    assert not reader(pdf).attachments


def test_a_paper_asks_nothing_of_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        pdf_of(page(f"<img src='{address}'><link rel='stylesheet' href='{address}'>"))
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_missing_library_is_one_line_that_names_the_package(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(printing, "LIBRARIES", {"libpango-1.0-0": "libpango-not-here.so.0"})
    printing._weasyprint.cache_clear()
    with caplog.at_level(logging.ERROR), pytest.raises(CannotPrint):
        pdf_of(page("<p>打不出来</p>"))
    assert [record.getMessage() for record in caplog.records] == [
        "printing needs system libraries: apt install libpango-1.0-0"
    ]


def test_everything_that_printing_needs_is_installed_here() -> None:
    assert printing.missing_packages() == []
