"""A rule file (YAML) -> a checked value, or what is wrong with it: file, line, allowed values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar, get_args

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from checkers.errors import CheckerError
from checkers.rule_files import RuleFile

# The C loader is as safe and ten times as fast, which a cold start feels.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REASONS = {
    "extra_forbidden": "没有这个键",
    "missing": "缺少这个键",
    "literal_error": "值不在允许的范围内",
    "union_tag_invalid": "没有“{tag}”这一种",
    "union_tag_not_found": "缺少 {discriminator} 这个键",
    "string_type": "应为文字",
    "string_too_short": "文字太短，至少{min_length}个字",
    "string_pattern_mismatch": "写法不对，应符合 {pattern}",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "dict_type": "应为“键: 值”的形式",
    "model_type": "应为“键: 值”的形式",
    "model_attributes_type": "应为“键: 值”的形式",
    "too_short": "至少要有{min_length}项",
    "greater_than_equal": "不能小于{ge}",
}
_VALUES = re.compile(r"'([^']*)'")
Key = int | str

FileModel = TypeVar("FileModel", bound=RuleFile)


class RulesInvalid(CheckerError):
    """A rule file breaks the schema, or a basis is not verbatim in the library.

    Attributes:
        problems: one Chinese sentence each, with file, line and key.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_rule_file(path: Path, model: type[FileModel]) -> FileModel:
    """One rule file, checked against its model.

    Raises:
        RulesInvalid: the file is absent, no YAML, or breaks the schema.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return model.model_validate(yaml.load(text, Loader=LOADER))
    except OSError as fault:
        raise RulesInvalid((f"{path.name}：规则文件读不到（{fault.strerror}）。",)) from fault
    except UnicodeDecodeError as fault:
        raise RulesInvalid((f"{path.name}：规则文件不是UTF-8编码，请另存为UTF-8。",)) from fault
    except yaml.YAMLError as fault:
        raise RulesInvalid((_describe_syntax(path.name, fault),)) from fault
    except ValidationError as fault:
        node = yaml.compose(text, Loader=LOADER)
        problems = tuple(
            _describe_problem(path.name, node, error, model) for error in fault.errors()
        )
        raise RulesInvalid(problems) from fault


def find_line(path: Path, keys: Sequence[Key]) -> int:
    """The line, from 1, on which the deepest of the keys stands in a rule file."""
    node, _ = _follow_keys(yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER), keys)
    return node.start_mark.line + 1 if node else 1


def _describe_syntax(name: str, fault: yaml.YAMLError) -> str:
    mark = getattr(fault, "problem_mark", None)
    place = f" 第{mark.line + 1}行第{mark.column + 1}列" if mark else ""
    return f"{name}{place}：不是有效的 YAML，请检查缩进、冒号、引号和括号是否成对。"


def _describe_problem(
    name: str, root: yaml.Node | None, error: ErrorDetails, model: type[RuleFile]
) -> str:
    node, keys = _follow_keys(root, [key for key in error["loc"] if key != "[key]"])
    line = node.start_mark.line + 1 if node else 1
    key = ".".join(map(str, keys)) or "（整个文件）"
    context = error.get("ctx", {})
    reason = REASONS.get(error["type"], error["msg"].removeprefix("Value error, "))
    values = _VALUES.findall(str(context.get("expected") or context.get("expected_tags") or ""))
    if error["type"] == "extra_forbidden":
        values = list(_list_keys(model, error["loc"]))
    allowed = f"，允许的值：{'、'.join(values)}" if values else ""
    return f"{name} 第{line}行 {key}：{reason.format_map(context)}{allowed}。"


def _list_keys(model: type[RuleFile], place: Sequence[Key]) -> dict[str, None]:
    """The keys that may stand where an unknown one does."""
    models = [model]
    for key in place[:-1]:
        fields = [part.model_fields[key] for part in models if key in part.model_fields]
        tagged = [
            part
            for part in models
            if "kind" in part.model_fields and key in get_args(part.model_fields["kind"].annotation)
        ]
        if fields:
            models = [found for field in fields for found in _find_models(field.annotation)]
        elif tagged:
            models = tagged
    return dict.fromkeys(name for part in models for name in part.model_fields)


def _find_models(annotation: object) -> Iterator[type[RuleFile]]:
    """The models that a type names anywhere inside: in a list, a mapping, a union."""
    if isinstance(annotation, type) and issubclass(annotation, RuleFile):
        yield annotation
    for part in get_args(annotation):
        yield from _find_models(part)


def _follow_keys(
    node: yaml.Node | None, keys: Sequence[Key]
) -> tuple[yaml.Node | None, tuple[Key, ...]]:
    """The deepest node on the way to the keys, and the keys that the file has or should have.

    An absent key gets its parent's line. A key that pydantic puts in for the kind of a union
    stands nowhere in the file and is passed over.
    """
    told: list[Key] = []
    found = node
    for number, key in enumerate(keys):
        name, value = _step(node, key)
        if value is None:
            if number == len(keys) - 1:
                told.append(key)
            continue
        told.append(key)
        node = value
        # A mapping's own line is that of its first entry: the key says more.
        found = name if number == len(keys) - 1 else value
    return found, tuple(told)


def _step(node: yaml.Node | None, key: Key) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The node of a key and that of its value; None where there is no such key."""
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(key)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None, None
