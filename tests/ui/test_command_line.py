from __future__ import annotations

import json
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ui.command_line import app, run_command_line

CITATION_KEYS = {"regulation", "article", "paragraph", "item", "label", "quote"}
ANSWER_KEYS = {"id", "status", "text", "regions", "citations", "related", "mode", "ms"}
CHECK_KEYS = {"file", "kind", "profile", "is_feasibility_report", "topics", "error", "ms"}
TOPIC_KEYS = {
    "topic", "level", "verdict", "headings", "missing", "evidence", "citations", "advice",
}  # fmt: skip


def run(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run_command_line([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def run_process(*arguments: str | bytes, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from ui.command_line import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], ["serve", "ask", "check", "corpus", "evals"]),
        (["serve", "--help"], ["--host", "--port", "7860"]),
        (["ask", "--help"], ["--region", "--batch", "--report", "--save", "--json"]),
        (["chat", "--help"], ["--region", "--report"]),
        (["check", "--help"], ["--profile", "--format", "sarif", "-o"]),
        (["evals", "--help"], ["--json"]),
        (["corpus", "--help"], ["list", "show", "export", "verify", "add", "remove"]),
        (["corpus", "add", "--help"], ["--id", "--region", "--title"]),
    ],
)
def test_help_is_in_chinese_and_names_every_option(arguments: list[str], words: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert result.output.startswith("用法：zhengxin") or "用法：" in result.output
    assert all(word in result.output for word in words)
    assert not any(word in result.output for word in ("Usage", "Options", "Commands", "Show this"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check"], "缺少参数 文件"),
        (["--foo"], "没有 --foo 这个选项"),
        (["foo"], "没有 foo 这个命令"),
        (["corpus", "foo"], "没有 foo 这个命令"),
        (["serve", "--port", "x"], "--port 后面要写一个整数"),
        (["ask", "--region"], "选项 --region 后面要写一个值"),
        (["ask", "--json=1", "甲"], "选项 --json 后面不需要写值"),
        (["ask", "甲", "乙"], "多出了参数 乙"),
        (["ask"], "二者取一"),
        (["ask", "甲", "--batch", "x.jsonl"], "二者取一"),
        (
            ["ask", "--batch", "nowhere.jsonl"],
            "nowhere.jsonl：文件不存在，请检查路径。",
        ),
        (["ask", "--batch", "x.jsonl", "--save", "a.md"], "不能与 --batch 同用"),
        (["ask", "甲", "--save", "a.pdf"], "以 .docx（清单）"),
        (["ask", "甲", "--save", "a.md", "--report", "a.md"], "不能覆盖报告"),
        (["check", "a.docx", "--format", "xls"], "没有“xls”这种格式"),
        (["check", "a.docx", "--format", "docx"], "请用 -o"),
        (["check", "a.docx", "-o", "out.xls"], "从“out.xls”看不出结果的格式"),
        (["check", "a.docx", "-o", "out"], "用 --format 写明格式"),
        (["check", "a.docx", "-o", "."], "看不出结果的格式"),
        (["check", "a.docx", "-o", "./a.docx"], "不能覆盖报告"),
        (["check", "a.docx", "b.docx", "-o", "out.html"], "一个文件夹"),
        (["check", "a.docx", "b.docx", "--format", "html"], "一个文件夹"),
        (["check", "a.docx", "--profile", "南阳"], "没有“南阳”的检查口径"),
        (["corpus", "show", "火星", "第一条"], "“火星”不在库中"),
        (["corpus", "show", "xichuan:99"], "没有第九十九条"),
        (["corpus", "add", "nowhere.txt"], "nowhere"),
        (["corpus", "remove", "xichuan"], "不能移除"),
        (["corpus", "remove", "../.."], "没有添加过"),
    ],
)
def test_a_wrong_call_is_one_chinese_sentence_and_exit_2(
    arguments: list[str], sentence: str, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(*arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_no_command_shows_the_help_and_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys=capsys)
    assert (code, out) == (2, "")
    assert "用法：zhengxin" in err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version", capsys=capsys) == (0, f"{version('zhengxin')}\n", "")


def test_with_json_a_failure_is_an_object_too(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("corpus", "show", "火星", "--json", capsys=capsys)
    assert code == 2
    assert json.loads(out)["error"]["message"] in err


def test_corpus_list_names_the_five_regulations(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("corpus", "list", "--json", capsys=capsys)
    listed = {r["id"]: (r["articles"], r["chapters"]) for r in json.loads(out)["regulations"]}
    assert (code, err) == (0, "")
    assert listed == {
        "xx-county": (44, 5),
        "xichuan": (40, 8),
        "jinzhai": (24, 6),
        "xiangxi": (19, 0),
        "erenhot": (34, 8),
    }
    assert all(name in run("corpus", "list", capsys=capsys)[1] for name in listed)


@pytest.mark.parametrize("reference", [["淅川", "第二十六条"], ["xichuan:26"]])
def test_corpus_show_prints_the_provision_with_its_notes(
    reference: list[str], data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run("corpus", "show", *reference, capsys=capsys)
    assert out.startswith("《淅川县政务信息化项目建设管理暂行办法》第二十六条")
    assert "信息资源共享分析篇" in out
    assert "注：" in out
    _, printed, _ = run("corpus", "show", *reference, "--json", capsys=capsys)
    shown = json.loads(printed)
    assert (shown["regulation"], shown["article"]) == ("xichuan", 26)
    assert shown["text"] in out


def test_corpus_export_holds_161_articles(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run("corpus", "export", "--json", capsys=capsys)
    regulations = json.loads(out)["regulations"]
    assert code == 0
    assert sum(len(regulation["articles"]) for regulation in regulations) == 161
    _, text, _ = run("corpus", "export", capsys=capsys)
    assert text.count("**第") == 161


def test_corpus_verify_proves_the_shipped_library(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run("corpus", "verify", "--json", capsys=capsys)
    assert (code, json.loads(out)["ok"]) == (0, True)
    assert "逐字相符" in run("corpus", "verify", capsys=capsys)[1]


def test_a_regulation_is_added_listed_and_removed(
    data_folder: Path, regulation_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run("corpus", "add", regulation_file, "--id", "yunxi", "--json", capsys=capsys)
    assert (code, json.loads(out)["articles"]) == (0, 6)
    assert "yunxi" in run("corpus", "list", capsys=capsys)[1]
    assert run("corpus", "remove", "yunxi", capsys=capsys)[0] == 0
    assert "yunxi" not in run("corpus", "list", capsys=capsys)[1]


def test_a_broken_regulation_is_refused_with_every_problem(
    data_folder: Path,
    tmp_path: Path,
    regulation_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = regulation_file.read_text(encoding="utf-8")
    broken = tmp_path / "缺条.txt"
    broken.write_text(whole.replace("第三条", "第三十条"), encoding="utf-8")
    code, out, err = run("corpus", "add", broken, "--json", capsys=capsys)
    assert code == 2
    assert json.loads(out)["error"]["problems"]
    assert "第" in err


def test_check_prints_a_list_with_the_keys_of_the_contract(
    report: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run("check", report, "--json", "--profile", "淅川", capsys=capsys)
    (result,) = json.loads(out)
    assert code == 1  # no chapter on cryptography
    assert result.keys() >= CHECK_KEYS
    assert (result["file"], result["profile"]) == (str(report), "xichuan")
    assert [topic["topic"] for topic in result["topics"]] == ["sharing", "security", "crypto", "ai"]
    for topic in result["topics"]:
        assert topic.keys() >= TOPIC_KEYS
        assert all(citation.keys() >= CITATION_KEYS for citation in topic["citations"])


def test_an_unreadable_file_does_not_keep_the_others_from_being_checked(
    report: Path, tmp_path: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "坏.docx"
    damaged.write_bytes(b"PK\x03\x04 not a document")
    code, out, err = run("check", damaged, report, tmp_path / "无.pdf", "--json", capsys=capsys)
    first, second, third = json.loads(out)
    assert (code, err) == (2, "")
    assert first["error"]["message"]
    assert second["error"] is None
    assert third["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("format_name", "head"),
    [("html", b"<!doctype html"), ("docx", b"pk"), ("sarif", b"{"), ("text", b""), ("json", b"[")],
)
def test_every_format_is_written_where_o_says(
    format_name: str, head: bytes, report: Path, data_folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new" / f"result.{format_name}"
    code = run_command_line(
        ["check", str(report), "--format", format_name, "-o", str(target), "--profile", "xiangxi"]
    )
    content = target.read_bytes()
    assert code == 0  # 湘西 asks for no chapter
    assert content.lower().startswith(head)
    assert len(content) > 200


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.html", b"<!doctype html"),
        ("a.HTML", b"<!doctype html"),
        ("a.docx", b"pk"),
        ("a.sarif", b"{"),
        ("a.json", b"["),
        ("a.txt", b"/"),  # the path of the report comes first
    ],
)
def test_without_a_format_the_suffix_of_o_decides(
    name: str, head: bytes, report: Path, data_folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / name
    assert run_command_line(["check", str(report), "-o", str(target), "--profile", "xiangxi"]) == 0
    assert target.read_bytes().lower().startswith(head)


def test_a_format_that_is_written_outweighs_the_suffix(
    report: Path, data_folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "a.txt"
    run_command_line(["check", str(report), "--json", "-o", str(target)])
    assert json.loads(target.read_bytes())


def test_several_reports_become_one_document_each(
    report: Path, data_folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "另一份.docx"
    other.write_bytes(report.read_bytes())
    folder = tmp_path / "out"
    run_command_line(["check", str(report), str(other), "--format", "html", "-o", str(folder)])
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["另一份-检查结果.html", f"{report.stem}-检查结果.html"]
    )


def test_a_result_that_can_not_be_written_is_said(
    report: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = run("check", report, "-o", tmp_path / "file" / "x.txt", capsys=capsys)
    assert code == 2
    assert "换一个路径" in err


def test_ask_prints_one_object_with_the_keys_of_the_contract(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("ask", "淅川县项目验收需要哪些材料", "--json", capsys=capsys)
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer.keys() >= ANSWER_KEYS
    assert answer["status"] == "answered"
    assert answer["regions"] == ["xichuan"]
    assert answer["citations"][0].keys() >= CITATION_KEYS
    assert (answer["citations"][0]["regulation"], answer["citations"][0]["article"]) == (
        "xichuan",
        18,
    )


def test_ask_reads_well_in_a_terminal(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("ask", "验收需要哪些材料", "--region", "淅川", capsys=capsys)
    assert out.startswith("有据可查")
    assert "依据" in out
    assert "第十八条" in out


def test_a_question_about_a_report_is_answered_from_its_check(
    built: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(
        "ask", "怎么补密码应用篇", "--report", report, "--region", "淅川", "--json", capsys=capsys
    )
    answer = json.loads(out)
    assert code == 0
    assert "新增一章“密码应用”" in answer["text"]
    assert answer["citations"][0]["article"] == 31


@pytest.mark.parametrize("name", ["无.docx", "坏.docx"])
def test_a_report_that_can_not_be_read_is_one_sentence(
    name: str, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK not a document")
    code, out, err = run("ask", "怎么补", "--report", tmp_path / name, "--json", capsys=capsys)
    assert (code, json.loads(out)["error"]["code"]) == (2, "bad_report")
    assert len(err.strip().splitlines()) == 1


def test_a_checklist_is_saved_besides_being_shown(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "清单.docx"
    code, out, _ = run("ask", "淅川验收要交哪些材料", "--save", target, capsys=capsys)
    assert code == 0
    assert "有据可查" in out
    assert target.read_bytes().startswith(b"PK")


def test_an_answer_that_can_not_be_saved_is_not_printed_either(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("ask", "今天天气", "--save", tmp_path / "a.docx", "--json", capsys=capsys)
    assert code == 2
    assert json.loads(out)["error"]["message"] in err
    assert "没有清单" in err


@pytest.mark.parametrize(
    "question",
    ["", "   ", "\x00\x01", "\udce9\udcff", "?" * 10_000, "验收" * 5_000, "\u200b", "'\"\\"],
)
def test_no_question_faults(question: str, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("ask", question, "--json", capsys=capsys)
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer["status"] in {"answered", "not_covered", "out_of_scope"}
    assert answer["text"]


@pytest.mark.parametrize("question", ["", " \t", "\x00"])
def test_an_empty_question_is_out_of_scope(
    question: str, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run("ask", question, "--json", capsys=capsys)
    assert json.loads(out)["status"] == "out_of_scope"


def test_an_unknown_region_is_refused_with_the_ids(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("ask", "验收", "--region", "佛山", capsys=capsys)
    assert code == 2
    assert "xichuan（淅川县）" in err


def test_a_batch_goes_on_after_a_bad_line_and_exits_2(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(
        '{"id": "a", "question": "淅川验收材料"}\nbad\n{"id": "b", "question": "今天天气"}\n',
        encoding="utf-8",
    )
    code, out, _ = run("ask", "--batch", batch, "--json", capsys=capsys)
    first, bad, last = (json.loads(line) for line in out.splitlines())
    assert code == 2
    assert (first["id"], first["status"]) == ("a", "answered")
    assert bad["line"] == 2
    assert (last["id"], last["status"]) == ("b", "out_of_scope")


def test_a_batch_saved_as_gbk_is_answered(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes('{"id": "甲", "question": "淅川县项目验收需要哪些材料"}\n'.encode("gbk"))
    code, out, _ = run("ask", "--batch", batch, "--json", capsys=capsys)
    answer = json.loads(out)
    assert (code, answer["id"], answer["regions"]) == (0, "甲", ["xichuan"])


def test_a_batch_from_standard_input_is_answered_in_a_process(built: Path) -> None:
    lines = '{"id": 1, "question": "金寨县 验收 材料"}\n'.encode()
    result = run_process("ask", "--batch", "-", "--json", input=lines)
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)["id"] == 1


def test_bytes_that_are_no_utf8_do_not_fault_in_a_process(built: Path) -> None:
    result = run_process("ask", b"\xff\xfe\xe9\xaa", "--json")
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)["status"] == "out_of_scope"


def test_output_is_utf8_whatever_the_locale(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    result = run_process("corpus", "show", "淅川 第一条")
    assert result.returncode == 0
    assert "第一条" in result.stdout.decode("utf-8")


def test_a_closed_pipe_ends_quietly(data_folder: Path) -> None:
    command = [sys.executable, "-c", "from ui.command_line import main; main()", "corpus", "export"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_a_taken_port_is_one_sentence_before_anything_is_built(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, out, err = run("serve", "--port", port, capsys=capsys)
    assert (code, out) == (2, "")
    assert f"端口 {port} 已被占用" in err
    assert not data_folder.exists()


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [("127.0.0.1", "70000", "1 到 65535"), ("203.0.113.1", "7861", "--host")],
)
def test_an_address_that_can_not_be_served_is_said(
    host: str, port: str, sentence: str, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("serve", "--host", host, "--port", port, capsys=capsys)
    assert code == 2
    assert sentence in err


def test_the_command_line_loads_nothing_heavy() -> None:
    script = "import sys, ui.command_line; print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    ).stdout
    for module in ("gradio", "chromadb", "docx", "pypdf", "onnxruntime", "numpy", "uvicorn"):
        assert f"'{module}'" not in loaded
