from __future__ import annotations

from pathlib import Path

from evals.keep_rankings import KeptRankings


def test_rankings_are_found_again_in_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "out" / "peers.json"
    kept = KeptRankings(path, "chunks", "stamp")
    kept.add("验收", [3, 1])
    kept.save()
    assert KeptRankings(path, "chunks", "stamp").find("验收") == [3, 1]
    assert KeptRankings(path, "chunks", "stamp").find("采购") is None


def test_rankings_of_another_stamp_or_peer_are_not_used(tmp_path: Path) -> None:
    path = tmp_path / "peers.json"
    kept = KeptRankings(path, "chunks", "old")
    kept.add("验收", [3, 1])
    kept.save()
    assert KeptRankings(path, "chunks", "new").find("验收") is None
    assert KeptRankings(path, "articles", "old").find("验收") is None


def test_saving_one_peer_leaves_the_others_alone(tmp_path: Path) -> None:
    path = tmp_path / "peers.json"
    for peer in ("chunks", "articles"):
        kept = KeptRankings(path, peer, "stamp")
        kept.add("验收", [len(peer)])
        kept.save()
    assert KeptRankings(path, "chunks", "stamp").find("验收") == [len("chunks")]


def test_a_broken_file_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "peers.json"
    path.write_text('{"chunks": [', encoding="utf-8")
    assert KeptRankings(path, "chunks", "stamp").find("验收") is None
