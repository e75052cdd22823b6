"""publish.cli.fingerprint: the command that makes a fingerprint of a text."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from publish.cli.main import main
from publish.project.copied import fingerprint_of, read_fingerprint

TEXT = "離れて暮らす家族の様子を、情報通信機器を用いて日常的に見守る仕組みを整備"


def test_a_fingerprint_is_written_to_a_file_or_shown(tmp_path: Path) -> None:
    text, output = tmp_path / "text.txt", tmp_path / "source.fingerprint.json"
    text.write_text(TEXT, "utf-8")
    done = CliRunner().invoke(main, ["fingerprint", str(text), "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert read_fingerprint(output, tmp_path) == fingerprint_of(TEXT)
    shown = CliRunner().invoke(main, ["fingerprint", str(text)])
    assert shown.output == output.read_text("utf-8")
    assert "見守" not in shown.output


def test_a_text_of_another_encoding_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_bytes(TEXT.encode("cp932"))
    done = CliRunner().invoke(main, ["fingerprint", str(text)])
    assert done.exit_code == 1
    assert "Shift_JIS" in done.output
