"""A user's regulation goes in whole, stays, comes out; a damaged one is named with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.add_regulation import add_regulation, remove_regulation
from corpus.article_ref import ArticleRef
from corpus.errors import ArticleNotFound, RegulationRejected
from corpus.library import load_library
from corpus.read_reference import read_reference
from corpus.verify_library import verify_library

SOURCE = """山南省河东市数字项目管理办法
（试行）

河数〔2031〕7号

2031年3月1日

第一章 总则

第一条 为了加强管理，制定本办法。

第二条 本办法适用于全市。违反第三条规定的，依照第四条处理。

第二章 附则

第三条 项目应当具备下列条件：
（一）有需求；
（二）有资金。
不具备的，不予立项。

第四条 本办法自2031年4月1日起施行。

附件：1.申报表

附件1
申报表
单位 金额
"""


def write(folder: Path, text: str, name: str = "办法.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_title_place_number_and_date_come_from_the_text(tmp_path: Path) -> None:
    added = add_regulation(write(tmp_path, SOURCE), tmp_path / "data")
    assert added.title == "山南省河东市数字项目管理办法（试行）"
    assert (added.region.name, added.region.aliases) == ("河东市", ("河东",))
    assert added.region.within == ("山南省",)
    assert (added.document_number, added.issued) == ("河数〔2031〕7号", "2031-03-01")


def test_an_added_regulation_survives_a_restart_and_takes_part(tmp_path: Path) -> None:
    added = add_regulation(write(tmp_path, SOURCE), tmp_path / "data", id="hedong")
    library = load_library(tmp_path / "data")
    assert library.regulations[-1] == added
    assert library.regulations[:5] == load_library().regulations
    assert library.fingerprint != load_library().fingerprint
    ref = read_reference("河东第三条第(二)项", library)
    assert ref == ArticleRef(regulation="hedong", article=3, paragraph=1, item=2)
    assert library.cite(ref).quote == "（二）有资金。"
    assert verify_library(library).holds


def test_the_file_is_kept_as_it_was(tmp_path: Path) -> None:
    path = write(tmp_path, SOURCE)
    add_regulation(path, tmp_path / "data", id="hedong")
    kept = tmp_path / "data" / "regulations" / "hedong"
    assert (kept / "original.txt").read_bytes() == path.read_bytes()
    assert [p.name for p in kept.parent.iterdir()] == ["hedong"]


def test_annexes_are_kept_apart(tmp_path: Path) -> None:
    added = add_regulation(write(tmp_path, SOURCE), tmp_path / "data")
    assert added.articles[-1].text == "本办法自2031年4月1日起施行。"
    assert [annex.title for annex in added.annexes] == ["附件1 申报表"]


def test_what_the_user_says_wins_over_the_text(tmp_path: Path) -> None:
    added = add_regulation(
        write(tmp_path, SOURCE), tmp_path / "data", id="my-id", region="西岭县", title="新标题办法"
    )
    assert (added.id, added.title) == ("my-id", "新标题办法")
    assert (added.region.name, added.region.aliases) == ("西岭县", ("西岭",))


def test_regulations_added_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    for name in ("b", "a"):
        add_regulation(write(tmp_path, SOURCE), tmp_path / "d", id=name, title=f"{name}市管理办法")
    assert [r.id for r in load_library(tmp_path / "d").regulations][5:] == ["a", "b"]


def test_a_removed_regulation_is_gone_and_can_be_added_again(tmp_path: Path) -> None:
    path = write(tmp_path, SOURCE)
    added = add_regulation(path, tmp_path / "data")
    remove_regulation(added.id, tmp_path / "data")
    assert len(load_library(tmp_path / "data").regulations) == 5
    assert list((tmp_path / "data" / "regulations").iterdir()) == []
    assert add_regulation(path, tmp_path / "data") == added


def test_what_came_with_the_program_cannot_be_removed(tmp_path: Path) -> None:
    with pytest.raises(RegulationRejected, match="不能移除"):
        remove_regulation("xichuan", tmp_path)


@pytest.mark.parametrize("name", ["none", "../..", "", "a/b"])
def test_removing_what_was_never_added_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArticleNotFound, match="没有添加过"):
        remove_regulation(name, tmp_path)


def test_the_same_title_or_id_cannot_be_added_twice(tmp_path: Path) -> None:
    path = write(tmp_path, SOURCE)
    add_regulation(path, tmp_path / "data", id="hedong")
    with pytest.raises(RegulationRejected, match="编号“hedong”已用于"):
        add_regulation(path, tmp_path / "data", id="hedong", title="另一办法")
    with pytest.raises(RegulationRejected, match="库中已有"):
        add_regulation(path, tmp_path / "data", id="other")
    with pytest.raises(RegulationRejected, match="已用于"):
        add_regulation(path, tmp_path / "data", id="xichuan", title="另一办法")


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".hidden", "x" * 61, "大 写"])
def test_an_id_that_is_no_folder_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RegulationRejected, match="不能用"):
        add_regulation(write(tmp_path, SOURCE), tmp_path / "data", id=name)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (("第二条 本办法适用", "第二条本办法使用"), None),  # control: still whole
        (
            ("第二条 本办法适用于全市。违反第三条规定的，依照第四条处理。\n\n", ""),
            "第14行.*缺第二条",
        ),
        (("第三条 项目", "第二条 项目"), "第二条"),
        (("第三条 项目", "第五条 项目"), "第五条"),
        (("第一条 为了加强管理，制定本办法。\n\n", ""), "第一条"),
        (("第二章 附则", "第三章 附则"), "缺第二章"),
        (("自2031年4月1日起施行。", "由市数据局负责解释。"), "没有关于施行日期的条文"),
        (
            ("自2031年4月1日起施行。\n\n附件：1.申报表\n\n附件1\n申报表\n单位 金额\n", "自2031"),
            "断开",
        ),
        (
            ("适用于全市。违反第三条规定的，依照第四条处理。", "适用于"),
            None,
        ),  # only a full stop lost
        (
            ("适用于全市。违反第三条规定的，依照第四条处理。", "适用于全市，"),
            "第二条在句子中间断开",
        ),
    ],
)
def test_damage_is_rejected_with_its_place(
    tmp_path: Path, damage: tuple[str, str], words: str | None
) -> None:
    assert damage[0] in SOURCE
    path = write(tmp_path, SOURCE.replace(*damage))
    if words is None:
        assert len(add_regulation(path, tmp_path / "data").articles) == 4
        return
    with pytest.raises(RegulationRejected, match="不完整或条号有误") as raised:
        add_regulation(path, tmp_path / "data")
    assert re.search(words, "\n".join(raised.value.problems))
    assert all(re.search(r"第\d+行", problem) for problem in raised.value.problems)
    assert not (tmp_path / "data" / "regulations").exists()


def test_several_problems_are_all_named(tmp_path: Path) -> None:
    damaged = SOURCE.replace("第二条 ", "第七条 ").replace("起施行", "起讨论")
    with pytest.raises(RegulationRejected) as raised:
        add_regulation(write(tmp_path, damaged), tmp_path / "data")
    assert len(raised.value.problems) >= 2
    assert all(problem in str(raised.value) for problem in raised.value.problems)


def test_a_text_without_articles_is_rejected(tmp_path: Path) -> None:
    path = write(tmp_path, "关于召开会议的通知\n请各单位按第三条规定准备。\n")
    with pytest.raises(RegulationRejected, match="没有找到任何条文"):
        add_regulation(path, tmp_path / "data")


def test_a_damaged_folder_is_reported_and_takes_no_other_away(tmp_path: Path) -> None:
    data = tmp_path / "data"
    add_regulation(write(tmp_path, SOURCE), data, id="good", title="甲市办法")
    add_regulation(write(tmp_path, SOURCE), data, id="bad", title="乙市办法")
    (data / "regulations" / "bad" / "regulation.json").write_text("{}", encoding="utf-8")
    library = load_library(data)
    assert [r.id for r in library.regulations][5:] == ["good"]
    assert any("“bad”" in problem for problem in library.problems)
    assert not verify_library(library).holds


def test_an_edited_source_of_an_added_regulation_is_found(tmp_path: Path) -> None:
    data = tmp_path / "data"
    add_regulation(write(tmp_path, SOURCE), data, id="hedong")
    kept = data / "regulations" / "hedong" / "source.txt"
    kept.write_text(kept.read_text(encoding="utf-8").replace("有需求", "有计划"), encoding="utf-8")
    assert not verify_library(load_library(data)).holds


def test_a_half_written_folder_is_never_loaded(tmp_path: Path) -> None:
    data = tmp_path / "data"
    add_regulation(write(tmp_path, SOURCE), data, id="hedong")
    (data / "regulations" / "hedong").rename(data / "regulations" / ".adding-x")
    assert len(load_library(data).regulations) == 5
    assert load_library(data).problems == ()


@pytest.mark.parametrize(
    "closing",
    [
        "本办法自2031年4月1日起施行。",
        "本办法自印发之日起施行，有效期五年。",
        "本办法由市数据局负责解释，自发布之日起实施。",
        "本办法自公布之日起30日后施行。",
        "本规定于2031年5月1日生效。",
        "本办法从2031年1月1日起执行，原办法同时废止。",
        "本办法自二○三一年五月一日起试行。",
        "本办法自《数据法》施行之日起施行。",
        "本办法自发布之日起施行",  # no full stop
    ],
)
def test_every_wording_of_entry_into_force_is_known(tmp_path: Path, closing: str) -> None:
    text = SOURCE.replace("本办法自2031年4月1日起施行。", closing)
    assert add_regulation(write(tmp_path, text), tmp_path / "d").articles[-1].text == closing


def test_a_sentence_behind_the_entry_into_force_is_kept_also_when_lines_are_wrapped(
    tmp_path: Path,
) -> None:
    more = (
        "2021年5月13日河东市数据局公布的《河东市数字项目管理暂行办法》（河数〔2021〕3号）同时废止。"
    )
    closing = f"本办法自2031年4月1日起施行。{more}"
    wrapped = "\n".join(closing[start : start + 26] for start in range(0, len(closing), 26))
    text = SOURCE.replace("本办法自2031年4月1日起施行。", wrapped)
    added = add_regulation(write(tmp_path, text), tmp_path / "d")
    assert added.articles[-1].text == closing
    assert [annex.title for annex in added.annexes] == ["附件1 申报表"]


def test_a_sentence_cut_off_behind_the_entry_into_force_is_rejected(tmp_path: Path) -> None:
    closing = "本办法自2031年4月1日起施行。2021年河东市"
    text = SOURCE[: SOURCE.index("本办法自2031年4月")] + closing
    with pytest.raises(RegulationRejected, match="第四条在句子中间断开"):
        add_regulation(write(tmp_path, text), tmp_path / "d")


@pytest.mark.parametrize(
    "closing",
    [
        "年度计划经批准后组织实施。",
        "本办法实施前已经立项的项目，按原办法执行。",
        "项目自立项之日起6个月内组织实施。",
        "各单位应当严格执行。",
    ],
)
def test_other_words_about_carrying_out_close_no_regulation(tmp_path: Path, closing: str) -> None:
    text = SOURCE.replace("本办法自2031年4月1日起施行。", closing)
    with pytest.raises(RegulationRejected, match="没有关于施行日期的条文"):
        add_regulation(write(tmp_path, text), tmp_path / "d")


def test_titles_without_numbers_are_in_no_article(tmp_path: Path) -> None:
    text = SOURCE.replace("第一章 总则", "总 则").replace("第二章 附则", "二、附  则")
    added = add_regulation(write(tmp_path, text), tmp_path / "d")
    assert added.articles[1].text == "本办法适用于全市。违反第三条规定的，依照第四条处理。"


@pytest.mark.parametrize(
    "tail",
    [
        "\n河东市数据局\n2031年3月1日\n",
        "\n抄送：市委各部门。\n河东市数据局办公室 2031年3月1日印发\n",
        "\n【打印】【关闭窗口】\n版权所有：河东市数据局。\n",
        "\n附件：申报表\n",
        "\n扫一扫在手机打开当前页\n",
    ],
)
def test_letter_and_web_page_behind_the_end_are_in_no_article(tmp_path: Path, tail: str) -> None:
    text = SOURCE[: SOURCE.index("\n附件：")] + tail
    added = add_regulation(write(tmp_path, text), tmp_path / "d")
    assert added.articles[-1].text == "本办法自2031年4月1日起施行。"


def test_contents_pages_and_sections_are_in_no_article(tmp_path: Path) -> None:
    contents = "目录\n第一章 总则……1\n第二章 附则……2\n\n"
    text = SOURCE.replace("第一章", contents + "第一章", 1).replace(
        "第二条", "第一节 范围\n\n第二条", 1
    )
    added = add_regulation(write(tmp_path, text), tmp_path / "d")
    assert [chapter.title for chapter in added.chapters] == ["总则", "附则"]
    assert added.articles[0].text == "为了加强管理，制定本办法。"


def test_page_breaks_and_list_leaders_leave_no_trace(tmp_path: Path) -> None:
    text = SOURCE.replace("适用于全市", "适用\n— 1 —\n于全市").replace(
        "第三条 项目", "- 第三条 项目"
    )
    added = add_regulation(write(tmp_path, text), tmp_path / "d")
    assert [a.text for a in added.articles][1:3] == [
        "本办法适用于全市。违反第三条规定的，依照第四条处理。",
        "项目应当具备下列条件：\n（一）有需求；\n（二）有资金。\n不具备的，不予立项。",
    ]


def test_what_looks_wrong_but_whole_is_noted(tmp_path: Path) -> None:
    text = SOURCE.replace("制定本办法。", "制定本办法").replace("（二）有资金", "（三）有资金")
    added = add_regulation(write(tmp_path, text), tmp_path / "d")
    assert "没有句末标点" in added.articles[0].notes[0]
    assert "（一）（三）" in added.articles[2].notes[0]


def test_inserted_articles_keep_their_suffix(tmp_path: Path) -> None:
    text = SOURCE.replace("第二章", "第二条之一 本办法不适用于军队。\n\n第二章")
    data = tmp_path / "d"
    add_regulation(write(tmp_path, text), data, id="hedong")
    library = load_library(data)
    ref = read_reference("河东第二条之一", library)
    assert ref == ArticleRef(regulation="hedong", article=2, suffix=1)
    assert library.cite(ref).label.endswith("第二条之一")
    assert verify_library(library).holds
