from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sample_questions import COMPARING, FOLLOWING, LISTING, RECKONING

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
]
START_SECONDS = 90
INDEXING_MILLISECONDS = 60_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None,
        reason="没有找到Chromium，浏览器测试未运行；请先执行 sudo apt-get install -y chromium",
    ),
]


@pytest.fixture(scope="module")
def address(built_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served page on a free port, with its own copy of the data."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(built_folder, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from ui.command_line import main; main()"]
    environment = {**os.environ, "ZHENGXIN_DATA_FOLDER": str(folder)}
    with subprocess.Popen(
        [*command, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    # A proxy of the environment has no business with a loopback address.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with opener.open(url):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"{url} did not answer within {START_SECONDS} s")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The open page; no request of it may leave the machine and no script of it may fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    hosts: set[str | None] = set()
    faults: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    page.locator(".zx-examples button").first.wait_for()
    yield page
    context.close()
    assert hosts <= {"127.0.0.1", None}  # None: data: and blob: addresses
    assert faults == []


def ask(page: Page, question: str) -> None:
    box = page.locator("#zx-box textarea")
    expect(box).to_be_enabled()
    box.fill(question)
    box.press("Enter")


def upload(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#zx-upload").click()
    chooser.value.set_files(path)


def test_a_citation_opens_its_article_with_the_quoted_words_marked(page: Page) -> None:
    ask(page, "淅川县项目验收需要提交哪些材料？")
    page.locator(".zx-sources").wait_for()
    page.locator(".zx-cite").first.click()
    article = page.locator("#zx-article .zx-article")
    expect(article).to_contain_text("《淅川县政务信息化项目建设管理暂行办法》")
    expect(article).to_contain_text("第十八条")
    marked = "".join(article.locator("mark").all_inner_texts())
    assert "验收" in marked
    article.get_by_role("button", name="下一条").click()
    expect(article).to_contain_text("第十九条")
    expect(article.locator("mark")).to_have_count(0)
    page.locator("#zx-article .zx-close").click()
    expect(page.locator("#zx-article .zx-empty")).to_be_visible()


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    example = page.locator(".zx-examples button").first
    question = example.inner_text()
    example.click()
    expect(page.locator(".zx-asked")).to_have_text(question)
    page.locator(".zx-reply .zx-status").wait_for()


def test_the_region_selected_decides_the_answer(page: Page) -> None:
    page.locator("#zx-region input").click()
    page.get_by_role("option", name="金寨县").click()
    ask(page, "验收需要哪些材料")
    page.locator(".zx-sources").wait_for()
    labels = page.locator(".zx-source").all_inner_texts()
    assert labels
    assert all("金寨县" in label for label in labels)


def test_a_report_is_checked_and_its_result_downloaded(
    page: Page, report: Path, tmp_path: Path
) -> None:
    upload(page, report)
    card = page.locator(".zx-card")
    card.wait_for()
    expect(page.locator(".zx-asked")).to_contain_text("智慧水务可研")
    expect(card.locator("tbody")).to_have_count(4)
    expect(card.locator("tbody").nth(2)).to_contain_text("密码应用")
    card.locator(".zx-chip").first.click()
    expect(page.locator("#zx-article mark").first).to_be_visible()
    with page.expect_download() as download:
        card.get_by_role("link", name="下载检查结果（HTML）").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    text = saved.read_text(encoding="utf-8")
    assert saved.suffix == ".html"
    assert "密码应用" in text
    assert not re.findall(r'(?:src|href)="https?:', text)


def test_the_commented_report_is_downloaded_and_its_next_version_compared(
    page: Page, report: Path, tmp_path: Path
) -> None:
    upload(page, report)
    card = page.locator(".zx-card")
    with page.expect_download() as download:
        card.get_by_role("link", name="下载带批注的报告").click()
    assert download.value.suggested_filename.endswith("-批注.docx")
    newer = tmp_path / "新版.docx"
    shutil.copy(report, newer)
    with page.expect_file_chooser() as chooser:
        card.get_by_role("button", name="上传改后的版本").click()
    chooser.value.set_files(newer)
    expect(page.locator(".zx-changes")).to_contain_text("相比，已整改0项")


@pytest.mark.parametrize("width", [1280, 390])
def test_several_reports_are_checked_together(
    page: Page, report: Path, tmp_path: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    files = [tmp_path / name for name in ("甲.docx", "乙.docx")]
    for path in files:
        shutil.copy(report, path)
    with page.expect_file_chooser() as chooser:
        page.locator("#zx-upload").click()
    chooser.value.set_files(files)
    expect(page.locator(".zx-batch tbody tr")).to_have_count(2)
    page.locator(".zx-inner summary").first.click()
    expect(page.locator(".zx-findings").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as download:
        page.get_by_role("link", name="下载Excel汇总").click()
    assert download.value.suggested_filename == "2份报告-检查结果.xlsx"


def test_a_file_that_is_no_report_is_one_sentence(page: Page, tmp_path: Path) -> None:
    damaged = tmp_path / "坏文件.docx"
    damaged.write_bytes(b"not a document")
    upload(page, damaged)
    expect(page.locator(".zx-reply .zx-notice")).to_be_visible()
    expect(page.locator(".zx-card")).to_have_count(0)


def test_the_library_is_browsed_and_searched(page: Page) -> None:
    page.get_by_role("tab", name="办法库").click()
    branch = page.locator(".zx-tree details", has_text="金寨县").first
    branch.locator("summary").click()
    branch.get_by_role("button", name="第十七条").click()
    expect(page.locator("#zx-reader .zx-article")).to_contain_text("第十七条")
    page.locator("#zx-search").get_by_role("textbox").fill("验收 材料")
    page.locator(".zx-match").first.click()
    expect(page.locator("#zx-reader mark").first).to_be_visible()
    page.locator("#zx-search").get_by_role("textbox").fill("量子隐形传态")
    expect(page.locator("#zx-tree .zx-empty")).to_contain_text("没有条文")


def test_a_regulation_is_added_and_removed(page: Page, regulation_file: Path) -> None:
    page.get_by_role("tab", name="办法库").click()
    page.locator("#zx-adding button").first.click()
    page.locator("#zx-adding input[type=file]").set_input_files(regulation_file)
    expect(page.locator("#zx-adding")).to_contain_text(regulation_file.stem)
    page.locator("#zx-add").click()
    expect(page.locator("#zx-news")).to_contain_text(
        "已添加《云溪县数字项目管理办法》", timeout=INDEXING_MILLISECONDS
    )
    branch = page.locator(".zx-tree details", has_text="云溪县")
    branch.locator("summary").click()
    branch.locator(".zx-whole").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#zx-reader .zx-remove").click()
    expect(page.locator("#zx-news")).to_contain_text("已移除", timeout=INDEXING_MILLISECONDS)
    expect(page.locator(".zx-tree details")).to_have_count(5)


def test_markup_in_a_question_stays_text(page: Page) -> None:
    question = "<img src=x onerror=alert(1)><b>验收</b>"
    ask(page, question)
    expect(page.locator(".zx-asked")).to_have_text(question)
    expect(page.locator(".zx-asked img, .zx-asked b")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_table_fits_the_page_and_each_row_opens_its_article(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    ask(page, COMPARING)
    page.locator(".zx-sources").wait_for()
    table = page.locator(".zx-comparison")
    expect(table.locator("tbody tr")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wanted, given = page.locator(".zx-wide").evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert wanted <= given
    row = table.locator("tr", has_text="二连浩特市")
    expect(row.locator("b")).to_have_text("每年9月30日前")
    row.locator(".zx-cite").click()
    expect(page.locator("#zx-article")).to_contain_text(
        "《二连浩特市信息化项目建设管理办法（试行）》"
    )
    expect(page.locator("#zx-article mark").first).to_be_visible()


def test_a_calculation_is_shown_with_its_bound(page: Page) -> None:
    ask(page, RECKONING)
    card = page.locator(".zx-working")
    expect(card.locator(".zx-badge")).to_have_text("界限内")
    expect(card).to_contain_text("60万元÷500万元＝12%")
    card.locator(".zx-cite").click()
    expect(page.locator("#zx-article")).to_contain_text("第十七条")


def test_ticks_stay_while_articles_are_opened_and_more_is_asked(page: Page) -> None:
    ask(page, LISTING)
    page.locator(".zx-sources").wait_for()
    card = page.locator(".zx-checklist")
    card.get_by_label("财务报告").check()
    card.locator(".zx-chip").first.click()
    expect(page.locator("#zx-article mark").first).to_be_visible()
    expect(card.get_by_label("财务报告")).to_be_checked()
    ask(page, FOLLOWING)
    expect(page.locator(".zx-sources")).to_have_count(2)
    first, second = page.locator(".zx-checklist").all()
    expect(first.get_by_label("财务报告")).to_be_checked()
    expect(second.locator("input:checked")).to_have_count(0)


def test_a_checklist_is_copied_with_its_ticks_and_downloaded(page: Page, tmp_path: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, LISTING)
    page.locator(".zx-sources").wait_for()
    card = page.locator(".zx-checklist")
    card.get_by_label("财务报告").check()
    card.get_by_role("button", name="复制").click()
    expect(card.locator(".zx-copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "- [x] 财务报告（第十八条）" in copied
    assert "- [ ] 审计报告（第十八条）" in copied
    for name, ending, head in (("Word", ".docx", b"PK"), ("Markdown", ".md", b"## ")):
        with page.expect_download() as download:
            card.get_by_role("link", name=name).click()
        saved = tmp_path / download.value.suggested_filename
        download.value.save_as(saved)
        assert saved.suffix == ending
        assert "验收" in saved.stem
        assert saved.read_bytes().startswith(head)


def test_what_was_carried_over_is_undone_by_a_click(page: Page) -> None:
    ask(page, LISTING)
    page.locator(".zx-sources").wait_for()
    ask(page, FOLLOWING)
    carried = page.locator(".zx-carried")
    expect(carried).to_contain_text("验收")
    carried.get_by_role("button", name="不沿用，按原话重问").click()
    last = page.locator(".zx-turn").nth(2)
    expect(last.locator(".zx-asked")).to_contain_text(FOLLOWING)
    expect(last.locator(".zx-status")).to_be_visible()
    expect(last).not_to_contain_text("第十七条")
    expect(last.locator(".zx-carried")).to_have_count(0)


def test_a_checked_report_is_asked_about_and_another_visitor_knows_nothing_of_it(
    page: Page, report: Path, browser: Browser, address: str
) -> None:
    upload(page, report)
    page.locator(".zx-followups").wait_for()
    ask(page, "为什么缺密码应用篇")
    reply = page.locator(".zx-turn").nth(1)
    expect(reply).to_contain_text("密码应用：缺少")
    page.locator(".zx-followups button").nth(1).click()
    expect(page.locator(".zx-turn").nth(2)).to_contain_text("密码应用：缺少")
    other = browser.new_page()
    other.goto(address)
    ask(other, "为什么缺密码应用篇")
    other.locator(".zx-reply .zx-status").wait_for()
    expect(other.locator(".zx-reply")).not_to_contain_text("密码应用：缺少")
    other.close()


def test_two_visitors_do_not_see_each_other(page: Page, browser: Browser, address: str) -> None:
    ask(page, "金寨县项目申报要提交什么材料？")
    page.locator(".zx-reply .zx-status").wait_for()
    other = browser.new_page()
    other.goto(address)
    other.locator(".zx-examples button").first.wait_for()
    expect(other.locator(".zx-asked")).to_have_count(0)
    other.close()


def test_on_a_telephone_an_article_covers_the_page_and_closes(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, "淅川县项目验收需要提交哪些材料？")
    page.locator(".zx-sources").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".zx-source").first.click()
    expect(page.locator("#zx-article mark").first).to_be_in_viewport()
    page.locator("#zx-article .zx-close").click()
    expect(page.locator("#zx-article")).to_be_hidden()


def test_a_new_question_closes_the_article_of_the_last_one(page: Page) -> None:
    ask(page, "淅川县项目验收需要提交哪些材料？")
    page.locator(".zx-source").first.click()
    expect(page.locator("#zx-article .zx-article")).to_be_visible()
    ask(page, "金寨县项目申报要提交什么材料？")
    expect(page.locator("#zx-article .zx-empty")).to_be_visible()


def test_a_new_conversation_forgets_what_was_said(page: Page) -> None:
    ask(page, "淅川县项目验收需要提交哪些材料？")
    page.locator(".zx-source").first.click()
    expect(page.locator("#zx-article .zx-article")).to_be_visible()
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".zx-asked")).to_have_count(0)
    expect(page.locator("#zx-article .zx-empty")).to_be_visible()
    example = page.locator(".zx-examples button").first
    question = example.inner_text()
    example.click()
    expect(page.locator(".zx-asked")).to_have_text(question)


def test_after_a_failed_addition_search_box_and_tree_agree(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "不是办法.txt"
    broken.write_text("今天天气很好。", encoding="utf-8")
    page.get_by_role("tab", name="办法库").click()
    page.locator("#zx-search").get_by_role("textbox").fill("验收 材料")
    page.locator(".zx-match").first.wait_for()
    page.locator("#zx-adding button").first.click()
    page.locator("#zx-adding input[type=file]").set_input_files(broken)
    expect(page.locator("#zx-adding")).to_contain_text(broken.stem)
    page.locator("#zx-add").click()
    expect(page.locator("#zx-news [role=alert]")).to_be_visible(timeout=INDEXING_MILLISECONDS)
    expect(page.locator("#zx-tree .zx-matches")).to_be_visible()
    expect(page.locator("#zx-tree details")).to_have_count(0)


def test_a_browser_set_to_english_sees_no_english(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="en-US")
    page.goto(address)
    page.get_by_role("tab", name="办法库").click()
    page.locator("#zx-adding button").first.click()
    expect(page.locator("#zx-new-file")).to_contain_text("点击上传")
    assert not re.search(r"Drop|Click|Upload", page.locator("#zx-new-file").inner_text())
    page.close()


def test_placeholders_fit_on_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert_placeholder_fits(page, "#zx-box textarea")
    page.get_by_role("tab", name="办法库").click()
    assert_placeholder_fits(page, "#zx-search :is(input, textarea)")


def assert_placeholder_fits(page: Page, selector: str) -> None:
    box = page.locator(selector)
    expect(box).to_be_visible()
    wanted, given = box.evaluate(MEASURE_PLACEHOLDER)
    assert 0 < wanted <= given


MEASURE_PLACEHOLDER = """box => {
  const style = getComputedStyle(box);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontSize} ${style.fontFamily}`;
  const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return [pen.measureText(box.placeholder).width, room];
}"""
