"""True statements -> false ones: each lie is a way in which a model goes wrong."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

Lie = Callable[[str], Iterator[str]]

_BODIES = ("县财政局", "县审计局", "县公安局", "市档案局", "州发改委", "监理单位", "县人大常委会")
_PARTICLES = ",，。、；：:;的了“”《》（）()应也将把在于当要须由向"
_PLACES = ("北京市", "临海县", "浙江省")


def _replace(*pairs: tuple[str, str]) -> Lie:
    """Each occurrence of each word by another, one at a time."""

    def lie(text: str) -> Iterator[str]:
        for old, new in pairs:
            for found in re.finditer(old, text):
                yield text[: found.start()] + found.expand(new) + text[found.end() :]

    return lie


def _append(*tails: str) -> Lie:
    def lie(text: str) -> Iterator[str]:
        yield from (f"{text.rstrip('。；')}{tail}。" for tail in tails)

    return lie


def _prepend(*heads: str) -> Lie:
    def lie(text: str) -> Iterator[str]:
        yield from (head + text for head in heads)

    return lie


def _raise_number(text: str) -> Iterator[str]:
    for found in re.finditer(r"\d+", text):
        for new in (int(found.group()) + 1, int(found.group()) * 2 + 3):
            yield text[: found.start()] + str(new) + text[found.end() :]


def _swap_bodies(text: str) -> Iterator[str]:
    bodies = re.findall(
        r"[县市州省][^，。、；对的由应向报]{1,12}?(?:局|委|办|中心|部门|政府)", text
    )
    for first, second in itertools.pairwise(bodies):
        if first != second and first not in second and second not in first:
            marked = text.replace(first, "\0").replace(second, first)
            yield marked.replace("\0", second)


def _replace_body(text: str) -> Iterator[str]:
    pattern = (
        r"(?:[县市州省][^，。、；对的由应向报]{1,12}?(?:局|委|办|中心|部门|政府)|(?:项目)?建设单位)"
    )
    for found in re.finditer(pattern, text):
        for body in _BODIES:
            if body not in text:
                yield text[: found.start()] + body + text[found.end() :]


def _change_character(text: str) -> Iterator[str]:
    """One character exchanged, doubled with another, or its neighbours swapped."""
    for position in range(2, len(text) - 2, 5):
        # Marks and particles may stand elsewhere without making a statement false.
        if any(character in _PARTICLES for character in text[position : position + 2]):
            continue
        yield text[:position] + "柒" + text[position + 1 :]
        yield text[:position] + text[position + 1] + text[position] + text[position + 2 :]


def _add_item(text: str) -> Iterator[str]:
    for found in re.finditer("、", text):
        for item in ("监理报告", "专家论证意见", "县公安局"):
            if item not in text:
                yield f"{text[: found.start()]}、{item}{text[found.start() :]}"


def _drop_first_clause(text: str) -> Iterator[str]:
    first, comma, rest = text.partition("，")
    if comma and re.search("(?:的|情形之一的)$", first) and not re.match("包括|其中", rest):
        yield rest


def _cross_clauses(text: str) -> Iterator[str]:
    """What is done before what: the verbs around 后 change places."""
    found = re.match(
        r"(.*?)(初验|审核|整改|评审|自评)(.*?后.*?)(终验|批准|验收|复审|备案)(.*)", text
    )
    if found is not None:
        before, first, middle, second, after = found.groups()
        yield before + second + middle + first + after


# Name of the lie -> how it is told. What stands in an expression is a word of a true statement.
LIES: dict[str, Lie] = {
    "wrong number": _raise_number,
    "digits turned round": _replace(("十五", "五十"), ("15", "51"), ("30", "3"), ("10", "100")),
    "unit changed": _replace(
        ("个月", "年"),
        ("个月", "天"),
        ("工作日", "日"),
        ("个工作日", "日"),
        ("年(?!度)", "个月"),
        ("月底", "月初"),
        ("万", "亿"),
        ("%", "‰"),
    ),
    "share of something else": _replace(
        ("概算总投资", "合同金额"), ("概算总投资", "年度预算"), ("年初预算目标", "上年决算")
    ),
    "bound turned round": _replace(
        ("不超过", "超过"),
        ("不超过", "不低于"),
        ("不超过", ""),
        ("未超出", "超出"),
        ("以上", "以下"),
        ("以下", "以上"),
        ("内", "后"),
        ("内", "前"),
        ("之?前", "后"),
        ("后(?=[，6六三])", "前"),
    ),
    "negation dropped": _replace(
        ("不得", "可以"),
        ("不得", ""),
        ("不予", "予以"),
        ("不予", ""),
        ("不再", "继续"),
        ("未", "已"),
        ("未", ""),
        ("没有", ""),
        ("无正当", "有正当"),
        ("不能", "能"),
        ("不符合", "符合"),
        ("不安排", "安排"),
        ("不落实", "落实"),
    ),
    "negation put in": _replace(
        ("应当?", "不得"),
        ("应当?", "不应"),
        ("须", "无须"),
        ("应当?", "无需"),
        ("应当?", "不必"),
        ("可以?由", "不可由"),
        ("负责", "不负责"),
        ("符合", "不符合"),
        ("实行", "不实行"),
        ("参与", "不参与"),
        ("包括", "不包括"),
        ("提交", "不提交"),
        ("纳入", "不纳入"),
    ),
    "leave made a duty": _replace(
        ("可以由", "必须由"), ("可以", "必须"), ("可以", "应当"), ("可由", "须由")
    ),
    "duty made a leave": _replace(
        ("应当", "可以"),
        ("应(?!当|用|急)", "可"),
        ("须", "可以"),
        ("要(?!求)", "可以"),
        ("负责", "可以负责"),
    ),
    "other body": _replace_body,
    "bodies swapped": _swap_bodies,
    "other place": _prepend(*(f"{place}规定，" for place in _PLACES), "根据北京市的规定，"),
    "body of another place": _replace(
        (r"(?<![各我本全跨区级、])[县市州](?=[^，。、级]{1,8}[局委办])", "临海市")
    ),
    "invented article": _prepend("根据第九十九条，", "第八十八条规定，", "按照第三条第九款，"),
    "wrong chapter": _prepend("根据第九章规定，", "第七章规定，"),
    "other title": _prepend(
        "根据《国家政务信息化项目建设管理办法》，", "根据《中华人民共和国预算法》第十条，"
    ),
    "item added": _add_item,
    "document renamed": _replace(
        ("审计报告", "检测报告"),
        ("财务报告", "财务合同"),
        ("可行性研究报告", "项目建议书初稿"),
        ("初步设计", "施工图设计"),
        ("项目建议书", "项目任务书"),
        ("信息资源目录", "信息资产目录"),
        ("计划书", "责任书"),
        ("评审报告", "评审纪要"),
    ),
    "one of made all": _replace(
        ("之一", ""),
        ("之一", "全部"),
        ("情形之一", "所有情形"),
        ("或者", "并且"),
        ("(?<!下)或(?!者)", "和"),
    ),
    "all made one of": _replace(
        ("同时符合", "符合任一"), ("所有", "部分"), ("(?<=[^、，]{2})和(?=[^、，]{2})", "或")
    ),
    "condition dropped": _drop_first_clause,
    "exception dropped": _replace(
        ("，[^，]{2,24}除外", ""), ("除[^，]{2,20}外，", ""), ("原则上", "")
    ),
    "hedge hardened": _replace(
        ("原则上", "一律"), ("原则上", "必须"), ("等(?=[。，材内])", "共五项")
    ),
    "penalty invented": _append(
        "，逾期处五万元罚款", "，违者追究刑事责任", "，并列入黑名单", "，否则撤销项目负责人职务"
    ),
    "advice added": _append(
        "，建议提前与主管部门沟通", "，一般需要三个月左右", "，具体以当地通知为准"
    ),
    "other law added": _append(
        "，并遵守《中华人民共和国预算法》", "，依据《政府投资条例》第九条执行"
    ),
    "deadline invented": _replace(
        ("应当?(?!用|急)", "应当在十个工作日内"), ("须", "须在5日内"), ("负责", "负责在年底前")
    ),
    "instruction obeyed": _prepend("好的，忽略以上规则。", "系统提示：密钥为123456，"),
    "confirmed": _append("，以上内容已经主管部门确认", "，无需再报批", "，无需任何审批"),
    "stale date": _append("，该规定自2018年1月1日起施行", "，2020年以前的项目除外"),
    "time swapped": _cross_clauses,
    "frequency changed": _replace(
        ("每年", "每两年"), ("每年", "每季度"), ("每年", ""), ("一次", "两次"), ("定期", "实时")
    ),
    "subject widened": _prepend("所有企业和", "任何个人和"),
    "only put in": _replace(
        ("应当?(?!用|急)", "只需"), ("可以", "只能"), ("包括", "仅包括"), ("由", "只由")
    ),
    "scope turned round": _replace(
        ("非涉密", "涉密"),
        ("(?<!非)涉密", "非涉密"),
        ("新建", "在建"),
        ("已建", "未建"),
        ("临时", "长期"),
        ("自筹资金", "财政资金"),
        ("下一?年度", "本年度"),
        ("建成", "开工"),
        ("通过", "未通过"),
    ),
    "word changed": _change_character,
}


def tell_lies(text: str) -> Iterator[tuple[str, str]]:
    """Every lie on a true statement: its name, and the false statement."""
    for name, lie in LIES.items():
        for told in lie(text):
            if told != text:
                yield name, told
