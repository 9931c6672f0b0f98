from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from sample_questions import ASSUMING, COMPARING, FOLLOWING, LISTING, RECKONING

from assistant.answer import Answer
from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from corpus.library import Library, load_library


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that the settings of this process and its children point to."""
    folder = tmp_path / "data"
    monkeypatch.setenv("ZHENGXIN_DATA_FOLDER", str(folder))
    return folder


@pytest.fixture(scope="session")
def built_folder(pytestconfig: pytest.Config) -> Path:
    """A data folder with an index; kept between runs, for the index knows when it is stale."""
    assert pytestconfig.cache is not None
    folder = Path(pytestconfig.cache.mkdir("zhengxin-data"))
    open_assistant(Settings(data_folder=folder))
    return folder


@pytest.fixture(scope="session")
def assistant(built_folder: Path) -> Assistant:
    """The real assistant over the shipped library, on a day that does not move."""
    settings = Settings(data_folder=built_folder)
    return open_assistant(settings, clock=lambda: date(2026, 11, 21))


@pytest.fixture(scope="session")
def comparing(assistant: Assistant) -> Answer:
    """An answer with a table."""
    return assistant.ask(COMPARING)


@pytest.fixture(scope="session")
def reckoning(assistant: Assistant) -> Answer:
    """An answer with a calculation."""
    return assistant.ask(RECKONING)


@pytest.fixture(scope="session")
def listing(assistant: Assistant) -> Answer:
    """An answer with a checklist."""
    return assistant.ask(LISTING)


@pytest.fixture(scope="session")
def following(assistant: Assistant) -> Answer:
    """The answer to a follow-up that takes over a subject."""
    return assistant.ask(FOLLOWING, history=(LISTING,))


@pytest.fixture(scope="session")
def correcting(assistant: Assistant) -> Answer:
    """An answer that corrects what the question takes for granted."""
    return assistant.ask(ASSUMING)


@pytest.fixture
def built(built_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The built data folder, set for this process and its children."""
    monkeypatch.setenv("ZHENGXIN_DATA_FOLDER", str(built_folder))
    return built_folder


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short feasibility report with a chapter on sharing and none on cryptography."""
    document = docx.Document()
    document.add_heading("智慧水务平台可行性研究报告", level=0)
    for title, lines in REPORT_CHAPTERS.items():
        document.add_heading(title, level=1)
        for line in lines:
            document.add_paragraph(line)
    path = tmp_path_factory.mktemp("reports") / "智慧水务可研<b>.docx"
    document.save(str(path))
    return path


@pytest.fixture(scope="session")
def regulation_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small whole regulation of a place that the library does not know."""
    path = tmp_path_factory.mktemp("regulations") / "云溪县办法.txt"
    path.write_text(NEW_REGULATION, encoding="utf-8")
    return path


REPORT_CHAPTERS = {
    "第一章 项目概述": ["项目名称为智慧水务平台，由县水利局建设，总投资320万元，工期10个月。"],
    "第二章 需求分析": ["现有水位监测点46处，数据每小时上报一次，值班人员靠电话核对。"],
    "第三章 建设方案": ["平台部署在县政务云，采用微服务架构，建设监测、调度、巡检三个子系统。"],
    "第四章 信息资源共享分析": [
        "本项目向县政务数据共享平台提供水位、雨量、闸门工况3类12项数据，共享方式为接口，每小时更新。",
        "需要使用气象局的降雨预报、自然资源局的地形数据，均已列入信息资源目录。",
        "数据共享开放清单：水位数据无条件共享并向社会开放，闸门工况数据有条件共享，不予开放。",
    ],
    "第五章 网络安全": [
        "系统按网络安全等级保护第三级建设，已完成定级备案，部署防火墙、入侵检测和日志审计设备。",
        "每年开展一次等级测评和一次应急演练，数据每日增量备份、每周全量备份，异地保存。",
    ],
    "第六章 投资估算": ["软件开发180万元，硬件90万元，监理与测评30万元，预备费20万元。"],
    "第七章 效益分析": ["调度响应时间由40分钟缩短到10分钟，每年减少人工巡查1800人次。"],
}

NEW_REGULATION = """云溪县数字项目管理办法

第一章 总则

第一条 为规范云溪县数字项目建设，制定本办法。

第二条 本办法所称数字项目，是指使用县财政资金建设的信息系统。

第二章 建设

第三条 项目单位应当在每年3月15日前向县数据局报送下一年度的建设计划。

第四条 项目竣工后45日内，项目单位应当提交竣工总结、决算报告和测试报告。

第三章 附则

第五条 本办法由县数据局负责解释。

第六条 本办法自2024年5月1日起施行。
"""
