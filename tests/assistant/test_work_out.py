from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Working
from assistant.assistant import Assistant
from assistant.region_answer import RegionAnswer
from assistant.understand_question import Query, clean_question
from assistant.work_out import find_worked_articles, work_out
from corpus.add_regulation import add_regulation
from corpus.library import Library, load_library

TODAY = date(2026, 7, 15)


def make_query(question: str, core: str | None = None) -> Query:
    text = clean_question(question)
    return Query(
        # As a conversation joins them: all figures so far, then the question just asked.
        text=text if core is None else f"{clean_question(core)}；{text}",
        core=text if core is None else clean_question(core),
        regions=(),
        unknown_places=(),
        concepts=(),
        words=(),
        nouns=frozenset(),
        facets=frozenset(),
        units=frozenset(),
    )


def ask_library(
    library: Library, region: str, question: str, core: str | None = None
) -> tuple[Working, ...]:
    # Nothing found: the article has to be told by its own words alone.
    answer = RegionAnswer(regulation=library.regulation(region), articles=())
    return work_out(make_query(question, core), [answer], library, TODAY)


# Region, question, outcome, article, what the working shows.
SCENARIOS = [
    ("xichuan", "概算500万, 想改60万", "within", 17, "60万元÷500万元＝12%"),
    ("erenhot", "概算500万, 想改60万", "beyond", 18, "60万元÷500万元＝12%"),
    ("xx-county", "概算500万, 想改60万", "within", 27, "60万元÷500万元＝12%"),
    # The number itself keeps 不超过.
    ("xichuan", "总投资一千二百万，变更一百八十万", "within", 17, "＝15%"),
    ("erenhot", "概算500万调整50万", "within", 18, "＝10%"),
    # One yuan more does not.
    ("erenhot", "概算500万调整50万零1元", "beyond", 18, "＝10.00002%"),
    ("xichuan", "初设概算3000万元，需调整资金451万元", "beyond", 17, "＝约15.03%"),
    ("xichuan", "从500万变成560万要重新报批吗", "within", 17, "（560万元－500万元）÷500万元＝12%"),
    ("xichuan", "先改了30万，现在又要改60万，概算500万", "beyond", 17, "＝18%"),
    ("xichuan", "概算叁佰万元整，拟调整肆拾伍万元", "within", 17, "45万元÷300万元＝15%"),
    ("xichuan", "调整12%要不要重新报批", "within", 17, "调整12%"),
    ("erenhot", "调整百分之十二行不行", "beyond", 18, "调整12%"),
    # More than 15% is more than 10%, whatever it is.
    ("erenhot", "调整超过15%了怎么办", "beyond", 18, "调整超过15%"),
    # Nearly the bound, and vague.
    ("xichuan", "概算500万左右，改75万", "undecided", 17, "至约16.67%"),
    ("xichuan", "想改60万，能自己调吗", "undecided", 17, "60万元÷15%＝400万元"),
    # 合同价 is not what the article takes the share of.
    ("xichuan", "合同价480万，要变更60万", "undecided", 17, "合同价不能代替"),
    ("xichuan", "概算500万最多能调多少", "undecided", 17, "500万元×15%＝75万元"),
    ("xichuan", "项目建成三个月了", "within", 18, "还有3个月"),
    ("xichuan", "建成8个月了没验收怎么办", "beyond", 18, "8个月－6个月＝2个月"),
    ("xichuan", "完工200多天了还没验收", "beyond", 18, "超过6个月"),
    ("xichuan", "系统3月底建成，最迟什么时候组织验收", "within", 18, "到2026年9月30日"),
    ("xichuan", "2025年11月20日竣工，现在还没验收", "beyond", 18, "已过56天"),
    ("xichuan", "1月15日建成，7月15日组织验收", "within", 18, "正好到期"),
    ("xichuan", "验收没过，整改用了45天", "beyond", 19, "超过一个月"),
    ("xx-county", "建好半年了，验收还来得及吗", "within", 29, "不超过半年"),
    ("xx-county", "2026年2月建成，10月才验收", "beyond", 29, "不能按期申请验收的"),
    ("xx-county", "工程停摆一年多会咋样", "beyond", 34, "将暂缓或停止安排"),
    ("xx-county", "项目进度滞后10个月", "within", 34, "不属于“一年以上”"),
    ("xx-county", "装修里信息化那块40万归不归管", "beyond", 2, "超过30万"),
    ("jinzhai", "试运行才两个月能不能开终验", "beyond", 17, "3个月－2个月＝1个月"),
    ("jinzhai", "试运行满三个月了，能终验吗", "within", 17, "达到3个月"),
    ("jinzhai", "终验8个月了还没做绩效自评", "beyond", 18, "8个月－6个月＝2个月"),
    ("jinzhai", "2025年12月1日通过终验，自评最晚什么时候交", "beyond", 18, "2026年6月1日"),
    ("xichuan", "今天是7月3日，还能报明年的项目吗", "beyond", 7, "截止2026年6月30日，已过3天"),
    ("xichuan", "6月30日报项目材料算按时吗", "within", 7, "最后一天"),
    ("erenhot", "9月20日报需求计划来得及吗", "within", 5, "还有10天"),
    # 9月30日前 does not say whether the day itself counts.
    ("erenhot", "9月30日报需求计划算晚吗", "undecided", 5, "没有写明"),
    ("jinzhai", "10月15日提交申报表晚了吗", "beyond", 5, "按字面即2026年9月30日以前"),
    ("xiangxi", "下个月申报来得及吗", "within", 7, "还有61天"),
    ("xiangxi", "11月2日申报还行吗", "beyond", 7, "已过2天"),
    ("xx-county", "10月报计划书还行吗", "beyond", 7, "不再纳入下一年度"),
    ("erenhot", "7月底预算执行率40%达标吗", "beyond", 11, "未达到50%"),
    # Between two bounds the one that was due last.
    ("erenhot", "8月1日执行率45%达标吗", "beyond", 11, "未达到50%"),
    # What happens to overdue acceptance stands in the next article.
    ("xichuan", "建成8个月了没验收", "beyond", 18, "第十九条规定“项目不能按期完成验收的"),
    # The day stands in a clause of its own.
    ("xichuan", "验收没通过，5月15日的事，整改到什么时候", "beyond", 19, "到2026年6月15日"),
    ("xichuan", "概算860万，调整120万多行吗", "undecided", 17, "不超过129万元的，在15%以内"),
    ("xichuan", "概算大概120万，调整18万行吗", "undecided", 17, "概算不少于120万元的"),
    (
        "xichuan",
        "先改了30万，现在又要改60万，概算500万",
        "beyond",
        17,
        "只算最后一次的60万元，占12%",
    ),
    ("xx-county", "信息化内容25万要报吗", "within", 2, "不属于本条所列的"),
    # Of two bounds the one of the month asked about.
    ("erenhot", "年初预算200万，到10月底花了190万", "within", 11, "达到90%"),
]


@pytest.mark.parametrize(("region", "question", "outcome", "article", "shown"), SCENARIOS)
def test_a_figure_is_worked_out_against_the_bound_of_its_region(
    shipped: Library, region: str, question: str, outcome: str, article: int, shown: str
) -> None:
    (working,) = ask_library(shipped, region, question)
    assert (working.outcome, working.citation.ref.article) == (outcome, article)
    assert shown in f"{working.given}；{working.calculation}；{working.conclusion}"


NOTHING_TO_WORK_OUT = [
    # No such bound in this regulation.
    ("xiangxi", "概算500万, 想改60万"),
    ("jinzhai", "概算500万, 想改60万"),
    ("xiangxi", "项目建成三个月了"),
    ("erenhot", "项目建成三个月了"),
    # Counted from, or for, something else.
    ("xichuan", "建成8个月了还没做绩效自评"),
    ("jinzhai", "终验8个月了还没移交"),
    ("xichuan", "打算7月20日验收"),
    # Figures of other matters.
    ("xx-county", "概算500万的项目什么时候验收"),
    ("xx-county", "监理费50万怎么算"),
    ("xx-county", "项目概算500万，监理费15万"),
    ("xx-county", "建设周期18个月，分几期付款"),
    ("xichuan", "服务器质保三年"),
    # Figures that state a rule.
    ("xichuan", "调整金额不超过20%就能自己调对吧"),
    ("xiangxi", "申报截止是9月底没错吧"),
    ("erenhot", "七月底预算要花到多少才算达标"),
    ("jinzhai", "金寨终验前要试运行6个月是吗"),
    ("xiangxi", "我记得湘西申报是10月"),
    # More and less cannot be added up.
    ("xichuan", "概算500万，增加60万，又减少50万"),
    # 300万 may be a part of the change or of the whole.
    ("xichuan", "概算500万，其中软件300万，要调60万"),
    # No figures.
    ("xichuan", "验收需要什么材料"),
    ("xichuan", "调整内容要走什么程序"),
]


@pytest.mark.parametrize(("region", "question"), NOTHING_TO_WORK_OUT)
def test_no_working_is_better_than_a_wrong_one(
    shipped: Library, region: str, question: str
) -> None:
    assert ask_library(shipped, region, question) == ()


def test_conditions_are_verbatim_and_the_alternatives_follow_their_introduction(
    shipped: Library,
) -> None:
    (working,) = ask_library(shipped, "xichuan", "概算500万, 想改60万")
    assert working.conditions[:4] == (
        "项目审批环节已经全部完成",
        "项目投资规模未超出概算批复、建设目标不变",
        "项目建设内容确需调整",
        "符合下列情形之一的",
    )
    assert len(working.conditions) == 7
    assert all(condition in working.citation.quote for condition in working.conditions)


def test_a_sentence_before_that_only_states_how_things_are_is_a_condition(
    shipped: Library,
) -> None:
    (working,) = ask_library(shipped, "erenhot", "概算500万, 想改40万")
    assert {"项目投资规模未超出概算批复", "建设目标不变"} <= set(working.conditions)


def test_passing_the_bound_leaves_no_conditions_and_tells_what_holds(shipped: Library) -> None:
    (working,) = ask_library(shipped, "xichuan", "概算500万, 想改80万")
    assert working.conditions == ()
    assert "“不符合上述情形的,应当按照有关规定履行相应手续”" in working.conclusion
    assert working.otherwise is not None
    assert working.otherwise.text in working.otherwise.citation.quote
    assert working.otherwise.citation.ref.paragraph == 4


def test_a_total_that_grows_reminds_of_the_limit_on_the_total(shipped: Library) -> None:
    (working,) = ask_library(shipped, "xichuan", "概算500万变成560万")
    assert "须另看是否仍符合“项目投资规模未超出概算批复" in working.conclusion


def test_a_delay_asks_whether_there_was_a_reason(shipped: Library) -> None:
    (working,) = ask_library(shipped, "xx-county", "项目拖了13个月没完工")
    assert working.conditions == ("列入年度计划", "无正当理由")


FOLLOW_UPS = [
    # Earlier and present question, the calculation.
    ("概算500万的项目", "想改60万行不行", "60万元÷500万元"),
    ("概算500万，想改60万", "那80万呢", "80万元÷500万元"),
    ("概算500万，想改60万", "要是概算只有300万呢", "60万元÷300万元"),
    ("项目建成三个月了还没验收", "要是8个月呢", "8个月－6个月"),
    ("概算500万，想改60万", "", "60万元÷500万元"),
]


@pytest.mark.parametrize(("earlier", "present", "calculation"), FOLLOW_UPS)
def test_a_follow_up_takes_over_the_figures_it_does_not_replace(
    shipped: Library, earlier: str, present: str, calculation: str
) -> None:
    core = f"{earlier} {present}".strip()
    (working,) = ask_library(shipped, "xichuan", present, core)
    assert working.calculation.startswith(calculation)


WORKED = [
    ("概算500万要调60万，放在淅川和二连浩特分别能不能自己改", {"xichuan": 17, "erenhot": 18}),
    ("湘西州今天申报明年的项目过期没", {"xiangxi": 7}),
    # A percentage that may only repeat the rule.
    ("二连浩特10月底执行率不到90%扣多少预算", {}),
    ("淅川验收需要什么材料", {}),
]


@pytest.mark.parametrize(("question", "articles"), WORKED)
def test_the_articles_that_set_a_bound_for_the_figures_are_found(
    shipped: Library, question: str, articles: dict[str, int]
) -> None:
    regulations = [r for r in shipped.regulations if r.region.name[:2] in question]
    found = find_worked_articles(make_query(question), regulations, shipped, TODAY)
    assert {id: ref.article for id, ref in found.items()} == articles


ASKED = [
    ("二连浩特批的350万，后来想动36万，还能自己改吗", "erenhot", 18, "超过10%"),
    ("淅川概算500万，想改60万，行不行", "xichuan", 17, "60万元÷500万元＝12%"),
]


@pytest.mark.parametrize(("question", "region", "article", "shown"), ASKED)
def test_an_answer_shows_the_working_and_rests_on_its_article(
    answering: Assistant, question: str, region: str, article: int, shown: str
) -> None:
    answer = answering.ask(question)
    first = answer.citations[0].ref
    assert (answer.status, first.regulation, first.article) == ("answered", region, article)
    assert shown in answer.text


def test_every_region_gets_its_own_working(shipped: Library) -> None:
    answers = [RegionAnswer(regulation=r, articles=()) for r in shipped.regulations]
    workings = work_out(make_query("概算500万, 想改60万"), answers, shipped, TODAY)
    outcomes = {working.regulation: working.outcome for working in workings}
    assert outcomes == {"xx-county": "within", "xichuan": "within", "erenhot": "beyond"}


@cache
def load_shipped() -> Library:
    """The library for properties, which take no fixtures."""
    return load_library()


@given(
    st.lists(
        st.sampled_from(
            [
                *("概算", "总投资", "合同价", "500万", "六十万", "0元", "12%", "一半"),
                *("超过", "不到", "想改", "追加", "变成", "结余", "建成", "验收", "试运行"),
                *("拖了", "三个月", "半年", "200多天", "去年3月", "6月30日", "今天", "下个月"),
                *("申报", "执行率", "9999年12月", "，", "。", "吗", "了"),
            ]
        ),
        max_size=12,
    )
)
@settings(deadline=None, max_examples=150)
def test_whatever_is_asked_every_working_is_carried_by_its_citation(words: list[str]) -> None:
    library = load_shipped()
    answers = [RegionAnswer(regulation=r, articles=()) for r in library.regulations]
    for working in work_out(make_query("".join(words)), answers, library, TODAY):
        assert working.threshold in working.citation.quote
        assert all(condition in working.citation.article.text for condition in working.conditions)
        assert working.citation.ref.regulation == working.regulation


ADDED = """青山县政务信息化项目管理办法
第一章 总则
第一条 为规范青山县政务信息化项目管理，制定本办法。
第二条 本办法适用于县级财政资金建设的政务信息化项目。
第二章 管理
第三条 总投资50万元以下的项目，由项目单位自行组织实施。
总投资50万元以上、400万元以下的项目，由县数据局审批。
总投资超过400万元的项目，由县数据局审核后报县政府审批。
第四条 县数据局应当自收到申请材料之日起10个工作日内出具审核意见。
第五条 项目实施中投资额超过批复概算10%的，应当重新报批；不超过10%的，报县数据局备案。
第六条 建设单位应当提前15个工作日提交验收申请材料。
第七条 年度运维费用不得超过项目建设投资的百分之十二。质保金不低于合同金额的5%。
第八条 项目建成后九十日内，建设单位应当向县数据局申请验收。
第三章 附则
第九条 本办法自2026年1月1日起施行。
"""

ADDED_SCENARIOS = [
    ("30万的项目谁审批", "within", 3, "由项目单位自行组织实施"),
    ("300万的平台要报县政府吗", "within", 3, "由县数据局审批"),
    ("总投资500万的项目谁审批", "beyond", 3, "报县政府审批"),
    ("概算500万的项目追加60万", "beyond", 5, "应当重新报批"),
    ("申请材料交上去20天了还没出审核意见", "beyond", 4, "未计法定节假日"),
    # Twelve days hold eight to ten working days.
    ("申请材料交上去12天了还没答复", "within", 4, "不超过10个工作日"),
    ("打算8月20日验收，最迟什么时候提交申请材料", "undecided", 6, "2026年7月30日"),
    ("建设投资300万，年运维费45万可以吗", "beyond", 7, "超过百分之十二"),
    ("合同200万，质保金留8万行不行", "beyond", 7, "未达到5%"),
    ("项目建成80天了还没申请验收", "within", 8, "还有10天"),
]


@pytest.fixture(scope="module")
def with_added(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("added")
    source: Path = folder / "青山县政务信息化项目管理办法.txt"
    source.write_text(ADDED, encoding="utf-8")
    add_regulation(source, folder, id="qingshan")
    return load_library(folder)


@pytest.mark.parametrize(("question", "outcome", "article", "shown"), ADDED_SCENARIOS)
def test_bounds_of_a_regulation_that_a_user_added_are_worked_out(
    with_added: Library, question: str, outcome: str, article: int, shown: str
) -> None:
    working, *_ = ask_library(with_added, "qingshan", question)
    assert (working.outcome, working.citation.ref.article) == (outcome, article)
    assert shown in f"{working.calculation}；{working.conclusion}"
