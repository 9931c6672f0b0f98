"""The web page: one chat, an article beside it, and the library.

Only this module and ``build_server`` know Gradio. Every part that shows text is a ``gr.HTML`` whose
content is made by the pure ``render_*`` modules; clicks inside it come back as the events that
``page.js`` triggers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypedDict

import gradio as gr
from gradio.components import Component

from ui.conversation import Conversation, render_conversation, render_waiting
from ui.package_files import read_package_file
from ui.page_actions import PageActions, Sent

CLOSE = '<button type="button" class="zx-close" data-close="1" aria-label="关闭">×</button>'
EMPTY_ARTICLE = '<p class="zx-empty">点开回答里的编号，条文全文在这里显示，引用的字句会标出来。</p>'
EMPTY_READER = '<p class="zx-empty">从左侧选一条，或搜索关键词，条文在这里显示。</p>'
HEADER = (
    '<header class="zx-header"><span class="zx-seal">政信</span>'
    "<div><h1>政务信息化项目助手</h1><p>查办法，条条有出处；核报告，项项有依据</p></div>"
    '<span class="zx-offline">离线运行</span></header>'
)
SYSTEM_FONTS = (
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "system-ui",
    "sans-serif",
)
MONO_FONTS = ("Consolas", "Noto Sans Mono CJK SC", "monospace")


class QuietEvent(TypedDict):
    """Settings of every event: no spinner over the text, no public endpoint."""

    show_progress: Literal["full", "minimal", "hidden"]
    api_visibility: Literal["public", "private", "undocumented"]


_QUIET = QuietEvent(show_progress="hidden", api_visibility="private")


class Message(TypedDict):
    """What the input box hands over; files are paths of temporary copies."""

    text: str | None
    files: list[str]


Sending = tuple[Conversation, object, object, object]


def build_page(actions: PageActions) -> gr.Blocks:
    """Return the page over the given actions."""
    app = gr.Blocks(title="政信 · 政务信息化项目助手", analytics_enabled=False, fill_width=True)
    with app:
        gr.HTML(HEADER, elem_id="zx-top", apply_default_css=False)
        with gr.Tabs(elem_id="zx-tabs"):
            with gr.Tab("问答与检查"):
                region = _build_chat(app, actions)
            with gr.Tab("办法库"):
                _build_library(app, actions, region)
    return app


def build_theme() -> gr.themes.Base:
    """Return a plain theme that needs no font from outside."""
    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        radius_size="sm",
        font=SYSTEM_FONTS,
        font_mono=MONO_FONTS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ChatParts:
    """The parts of the chat that act or are acted on.

    Attributes:
        again: out of sight; the button on a report's card leads to it.
    """

    chat: gr.HTML
    region: gr.Dropdown
    box: gr.MultimodalTextbox
    upload: gr.UploadButton
    again: gr.UploadButton
    fresh: gr.Button
    article: gr.HTML


def _lay_out_chat(actions: PageActions) -> _ChatParts:
    with gr.Row(elem_id="zx-chat-tab"):
        with gr.Column(scale=7, min_width=320, elem_id="zx-chat-column"):
            chat = _html(render_conversation(()), "zx-chat")
            with gr.Row(elem_id="zx-composer"):
                region = gr.Dropdown(
                    actions.regions(), value="", label="适用地区", elem_id="zx-region", scale=0
                )
                box = gr.MultimodalTextbox(
                    label="问题或报告",
                    placeholder="输入问题，或拖入可研报告",
                    show_label=False,
                    file_count="multiple",
                    sources=["upload"],
                    max_plain_text_length=10_000,
                    elem_id="zx-box",
                    scale=1,
                )
                upload = gr.UploadButton(
                    "检查报告", file_count="multiple", elem_id="zx-upload", scale=0, min_width=104
                )
                again = gr.UploadButton("新版", elem_id="zx-again", scale=0, min_width=0)
                fresh = gr.Button("新对话", elem_id="zx-fresh", scale=0, min_width=88)
        with gr.Column(scale=5, min_width=320, elem_id="zx-article-column"):
            article = _html(EMPTY_ARTICLE, "zx-article")
    return _ChatParts(
        chat=chat, region=region, box=box, upload=upload, again=again, fresh=fresh, article=article
    )


def _build_chat(app: gr.Blocks, actions: PageActions) -> gr.Dropdown:
    turns, earlier = gr.State(()), gr.State("")
    parts = _lay_out_chat(actions)
    chat, region, article = parts.chat, parts.region, parts.article

    def send(message: Message | None, region_id: str, turns: Conversation) -> Iterator[Sending]:
        told = message or Message(text="", files=[])
        files = tuple(map(Path, told["files"]))
        yield from _send(actions, Sent(text=told["text"] or "", files=files), region_id, turns)

    def send_files(files: list[str], region_id: str, turns: Conversation) -> Iterator[Sending]:
        sent = Sent(text="", files=tuple(map(Path, files)))
        yield from _send(actions, sent, region_id, turns)

    def send_again(file: str, key: str, region_id: str, turns: Conversation) -> Iterator[Sending]:
        sent = Sent(text="", files=(Path(file),), previous=key)
        yield from _send(actions, sent, region_id, turns)

    def send_example(event: gr.EventData, region_id: str, turns: Conversation) -> Iterator[Sending]:
        sent = Sent(text=str(event.question), alone=bool(event.alone))
        yield from _send(actions, sent, region_id, turns)

    outputs = [turns, chat, parts.box, article]
    sendings = [
        parts.box.submit(send, [parts.box, region, turns], outputs, **_QUIET),
        parts.upload.upload(send_files, [parts.upload, region, turns], outputs, **_QUIET),
        parts.again.upload(send_again, [parts.again, earlier, region, turns], outputs, **_QUIET),
        chat.ask(send_example, [region, turns], outputs, **_QUIET),
    ]
    # An answer still under way would otherwise write itself into the new conversation.
    parts.fresh.click(_start_afresh, None, outputs, cancels=sendings, **_QUIET)
    _listen(chat, "open", _opener(actions), article)
    _listen(chat, "again", _remember_report, earlier)
    _listen(chat, "stop", _stopper(actions), None)
    _listen(article, "open", _opener(actions), article)
    _listen(article, "close", lambda: EMPTY_ARTICLE, article)
    app.load(lambda: gr.Dropdown(choices=actions.regions()), None, region, **_QUIET)
    return region


def _send(
    actions: PageActions, sent: Sent, region_id: str, turns: Conversation
) -> Iterator[Sending]:
    """Yield conversation, its HTML, the state of the box, which is shut meanwhile, and the article.

    An article opened for an earlier answer is closed; one opened meanwhile stays.
    """
    sent = replace(sent, region=region_id or None)
    is_empty = not (sent.text.strip() or sent.files)
    grown = turns
    article = gr.skip() if is_empty else EMPTY_ARTICLE
    yield turns, gr.skip(), _empty_box(interactive=False), article
    for grown in actions.reply(sent, turns):
        yield grown, render_conversation(grown), gr.skip(), gr.skip()
    yield grown, gr.skip(), gr.MultimodalTextbox(interactive=True), gr.skip()


def _remember_report(event: gr.EventData) -> str:
    return str(event.report)


def _stopper(actions: PageActions) -> Callable[[gr.EventData], None]:
    def stop_check(event: gr.EventData) -> None:
        actions.stop(str(event.key))

    return stop_check


def _start_afresh() -> Sending:
    return (), render_conversation(()), _empty_box(interactive=True), EMPTY_ARTICLE


def _empty_box(*, interactive: bool) -> gr.MultimodalTextbox:
    emptied: dict[str, str | list[str]] = {"text": "", "files": []}
    return gr.MultimodalTextbox(value=emptied, interactive=interactive)


def _build_library(app: gr.Blocks, actions: PageActions, region: gr.Dropdown) -> None:
    with gr.Row(elem_id="zx-library-tab"):
        with gr.Column(scale=4, min_width=320, elem_id="zx-tree-column"):
            query = gr.Textbox(
                value="",
                placeholder="搜索，如：验收 材料；淅川 第二十六条",
                show_label=False,
                max_lines=1,
                elem_id="zx-search",
            )
            tree = _html(actions.browse(), "zx-tree")
            news = _build_adding(app, actions, query, tree, region)
        with gr.Column(scale=6, min_width=320, elem_id="zx-reader-column"):
            reader = _html(EMPTY_READER, "zx-reader")

    query.change(
        actions.browse, query, tree, trigger_mode="always_last", concurrency_limit=None, **_QUIET
    )
    _listen(tree, "open", _opener(actions), reader)
    _listen(reader, "open", _opener(actions), reader)
    _listen(reader, "close", lambda: EMPTY_READER, reader)

    def open_whole(event: gr.EventData) -> str:
        return CLOSE + actions.open_regulation(str(event.regulation))

    def remove(event: gr.EventData, query: str) -> tuple[str, str, str, gr.Dropdown]:
        told = actions.remove(str(event.regulation))
        regions = gr.Dropdown(choices=actions.regions(), value="")
        return told, actions.browse(query), EMPTY_READER, regions

    _listen(tree, "whole", open_whole, reader)
    reader.remove(remove, query, [news, tree, reader, region], concurrency_limit=None, **_QUIET)
    app.load(actions.browse, query, tree, **_QUIET)


def _build_adding(
    app: gr.Blocks, actions: PageActions, query: gr.Textbox, tree: gr.HTML, region: gr.Dropdown
) -> gr.HTML:
    with gr.Accordion("添加办法", open=False, elem_id="zx-adding"):
        file = gr.File(label="办法全文（TXT、DOCX、PDF）", height=140, elem_id="zx-new-file")
        with gr.Row():
            place = gr.Textbox(label="适用地区（可不填）", max_lines=1, min_width=120)
            title = gr.Textbox(label="标题（可不填）", max_lines=1, min_width=120)
        button = gr.Button("添加", variant="primary", elem_id="zx-add")
    news = _html("", "zx-news")

    def add(path: str | None, place: str, title: str, query: str) -> Iterator[tuple[object, ...]]:
        yield render_waiting("正在核对条文并建立索引"), gr.skip(), gr.skip(), gr.skip()
        told = actions.add(Path(path) if path else None, region=place, title=title)
        yield told, actions.browse(query), gr.Dropdown(choices=actions.regions()), None

    button.click(add, [file, place, title, query], [news, tree, region, file], **_QUIET)
    return news


def _html(value: str, name: str) -> gr.HTML:
    script = read_package_file("page.js")
    return gr.HTML(
        value, elem_id=name, elem_classes="zx-scroll", js_on_load=script, apply_default_css=False
    )


def _listen(
    part: gr.HTML,
    name: str,
    action: Callable[..., object],
    outputs: Component | list[Component] | None,
) -> None:
    """Run the action on an event that ``page.js`` triggers."""
    getattr(part, name)(action, None, outputs, concurrency_limit=None, **_QUIET)


def _opener(actions: PageActions) -> Callable[[gr.EventData], str]:
    def open_article(event: gr.EventData) -> str:
        address, quotes, words = str(event.address), str(event.quotes), str(event.words)
        return CLOSE + actions.open_article(address, quotes=quotes, words=words)

    return open_article
