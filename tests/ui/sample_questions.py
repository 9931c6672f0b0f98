"""One question of each kind of answer that the interfaces draw in their own way."""

COMPARING = "各地项目申报的截止时间有什么不同？"
RECKONING = "淅川县概算500万元，想调整60万元，要不要重新报批？"
LISTING = "淅川县项目验收需要提交哪些材料？"
FOLLOWING = "那金寨呢？"
ASSUMING = "金寨县要求可研报告写人工智能章节，对吧？"
