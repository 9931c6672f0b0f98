from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from checkers.errors import ReportUnreadable
from checkers.read_report import read_report


@pytest.mark.parametrize("kept", [0.3, 0.4, 0.5, 0.6])
def test_a_tiff_whose_later_pages_are_cut_off_is_refused_as_damaged(
    tmp_path: Path, kept: float
) -> None:
    path = tmp_path / "scan.tiff"
    pages = [Image.new("L", (200, 280), shade) for shade in (255, 250, 245)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    assert refused.value.code == "damaged"
