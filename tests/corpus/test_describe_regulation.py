"""Title, place, number and date, as they stand around the articles."""

from __future__ import annotations

import pytest

from corpus.describe_regulation import describe_region, describe_regulation, region_of_title


@pytest.mark.parametrize(
    ("title", "name", "aliases", "within"),
    [
        ("北京市政务信息化项目管理办法", "北京市", ("北京",), ()),
        ("浙江省信息化促进条例", "浙江省", ("浙江",), ()),
        ("河南省南阳市西岭县数字项目管理办法", "西岭县", ("西岭",), ("河南省", "南阳市")),
        ("内蒙古自治区政务数据办法", "内蒙古自治区", ("内蒙古",), ()),
        ("广西壮族自治区信息化条例", "广西壮族自治区", ("广西",), ()),
        ("恩施土家族苗族自治州电子政务办法", "恩施土家族苗族自治州", ("恩施", "恩施州"), ()),
        ("泾县政务办法", "泾县", (), ()),  # one character before 县
        ("广东省省级政务信息化服务项目管理办法", "广东省", ("广东",), ()),
        ("上海市浦东新区城市运行办法", "浦东新区", ("浦东",), ("上海市",)),
        ("国家政务信息化项目建设管理办法", "国家", ("全国", "中国"), ()),
        ("中华人民共和国密码法", "国家", ("全国", "中国"), ()),
        ("财政部信息化建设管理办法", "国家", ("全国", "中国"), ()),
        ("市级政务信息化项目管理办法", "未注明地区", (), ()),  # names no place
        ("区块链项目管理办法", "未注明地区", (), ()),  # 区 ends no place here
    ],
)
def test_the_place_comes_from_the_title(
    title: str, name: str, aliases: tuple[str, ...], within: tuple[str, ...]
) -> None:
    region = region_of_title(title)
    assert (region.name, region.aliases, region.within) == (name, aliases, within)


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("西岭县项目管理办法\n", "西岭县项目管理办法"),
        ("# 西岭县项目管理办法\n<!-- x -->\n## ", "西岭县项目管理办法"),
        (
            "---\ntitle: 西岭县项目管理办法\ndescription: 西岭县项目管理办法\n---\n",
            "西岭县项目管理办法",
        ),
        (
            "关于印发《西岭县项目管理办法》的通知\n各单位：\n西岭县项目管理办法\n",
            "西岭县项目管理办法",
        ),
        ("关于印发《西岭县项目管理办法》的通知\n各单位：\n", "西岭县项目管理办法"),
        ("西岭县数字政府\n项目管理办法\n（试行）\n", "西岭县数字政府项目管理办法（试行）"),
        ("由会员分享《西岭县项目管理办法.docx》\n1、西岭县项目管理办法", "西岭县项目管理办法"),
        ("没有标题的文字\n", "文件名"),
    ],
)
def test_the_title_is_the_line_nearest_to_the_first_heading(front: str, title: str) -> None:
    assert describe_regulation(front, "", "文件名_2031").title == title


@pytest.mark.parametrize(
    ("front", "number"),
    [
        ("西政办〔2031〕6号\n", "西政办〔2031〕6号"),
        ("发文字号 西政办[2031]6号 发布时间 2031年8月29日\n", "西政办[2031]6号"),
        ("2031年7月30日 省人民代表大会常务委员会公告第54号公布\n", "公告第54号"),
        ("根据《某办法》（国发〔2016〕51号）制定。\n", None),  # of another regulation
        ("没有文号\n", None),
    ],
)
def test_the_document_number_is_the_regulations_own(front: str, number: str | None) -> None:
    assert describe_regulation(front, "", "x").document_number == number


@pytest.mark.parametrize(
    ("front", "tail", "issued"),
    [
        ("成文日期 2031年08月29日\n发布日期:2031-09-02", "", "2031-08-29"),
        ("西岭县办公室\n2031年8月29日\n", "", "2031-08-29"),
        ("二○三一年八月二十九日\n", "", "2031-08-29"),
        ("2031年7月30日 常务委员会会议通过\n2032年1月1日 施行\n", "", "2031-07-30"),
        ("", "西岭县人民政府\n2031年8月9日\n", "2031-08-09"),
        ("2031年13月40日\n", "", None),  # no such day
        ("没有日期", "", None),
    ],
)
def test_the_date_is_that_of_issue(front: str, tail: str, issued: str | None) -> None:
    assert describe_regulation(front, tail, "x").issued == issued


def test_a_place_given_by_the_user_is_split_into_its_parts() -> None:
    region = describe_region("河南省西岭县")
    assert (region.name, region.aliases, region.within) == ("西岭县", ("西岭",), ("河南省",))
    assert describe_region("全国").name == "国家"
    assert describe_region("某某集团").name == "某某集团"
