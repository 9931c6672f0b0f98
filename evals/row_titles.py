"""Names in case files -> Chinese titles of the rows in tables and plots."""

from __future__ import annotations

from collections.abc import Mapping

ROW_TITLES: Mapping[str, str] = {
    "list": "清单",
    "deadline": "期限",
    "percentage": "比例金额",
    "body": "主管单位",
    "procedure": "程序",
    "condition": "条件",
    "scope": "适用范围",
    "definition": "定义",
    "penalty": "后果",
    "duty": "职责",
    "prohibition": "禁止",
    "principle": "原则",
    "validity": "效力",
    "yes_no": "是否",
    "article_lookup": "查条文",
    "comparison": "跨地区",
    "not_covered": "未规定",
    "out_of_scope": "超范围",
    "follow_up": "追问",
    "false_premise": "错误前提",
    "scenario": "情景测算",
    "checklist": "材料清单",
    "stages": "流程阶段",
    "injection": "注入",
    "formal": "书面",
    "colloquial": "口语",
    "terse": "关键词",
    "abbreviated": "缩略",
    "typo": "错字",
    "xx-county": "XX县",
    "xichuan": "淅川",
    "jinzhai": "金寨",
    "xiangxi": "湘西",
    "erenhot": "二连浩特",
    "several": "多个地区",
    "none": "不涉地区",
    "strictest": "最严口径",
    "sharing": "信息共享",
    "security": "网络安全",
    "crypto": "密码应用",
    "ai": "人工智能",
    "text_pdf": "文字PDF",
    "scan": "扫描件",
    "other": "其他格式",
    "convert": "转换格式",
}


def title_row(name: str) -> str:
    """``清单 list``; a name without a title stands alone."""
    title = ROW_TITLES.get(name)
    return f"{title} {name}" if title else name
