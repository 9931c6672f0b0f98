"""The ways a scan is made, known without the libraries that make it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanMake:
    """How sheets are scanned.

    Attributes:
        dots_an_inch: of the pictures.
        degrees: by which the pile leans at most, either way.
        noise: greatest standard deviation of the grain, in grey levels of 255.
        quality: least quality of the JPEG.
        has_seal: whether the first page bears a red seal.
        is_mixed: whether only every second page is a picture.
    """

    dots_an_inch: int = 200
    degrees: float = 0.5
    noise: float = 8.0
    quality: int = 65
    has_seal: bool = False
    is_mixed: bool = False


SCAN_MAKES: dict[str, ScanMake] = {
    "scan_200": ScanMake(),
    "scan_150": ScanMake(dots_an_inch=150, degrees=1.0, noise=10.0),
    "scan_skewed": ScanMake(degrees=3.0, has_seal=True),
    "scan_poor": ScanMake(dots_an_inch=150, degrees=2.0, noise=16.0, quality=40),
    "scan_mixed": ScanMake(degrees=1.0, is_mixed=True),
}
