"""Wrong use of the command line: one clear line, and the right exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from llmx.cli.main import run

ARTICLE = "Police said on Monday that two men were arrested in Ankara."

UNCITED = "from pydantic import BaseModel\n\nclass Recall(BaseModel):\n    product: str\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LLMX_MODEL", "LLMX_BASE_URL", "LLMX_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "rules.txt").write_text(" \n*** \n", encoding="utf-8")
    (tmp_path / "broken.md.j2").write_text("{% block user %}{{ sentences {% endblock %}", encoding="utf-8")
    (tmp_path / "stranger.md.j2").write_text("{% block user %}{{ weather }}{% endblock %}", encoding="utf-8")
    (tmp_path / "uncited.py").write_text(UNCITED, encoding="utf-8")
    (tmp_path / "other.json").write_text('{"schema": "extraction/v9"}', encoding="utf-8")
    (tmp_path / "news").mkdir()
    return tmp_path


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    with pytest.raises(SystemExit) as stopped:
        run(words)
    code = stopped.value.code
    assert isinstance(code, int)
    lines = [line for line in capsys.readouterr().err.splitlines() if "no model configured" not in line]
    return code, lines


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["extract", "nowhere.txt"], 2, "nowhere.txt"),
        (["extract", "news"], 2, "folder"),
        (["extract", "empty.txt"], 2, "no text"),
        (["extract", "rules.txt"], 2, "no text"),
        (["extract", "binary.txt"], 2, "binary.txt"),
        (["extract", "article.txt", "--model", "weather"], 2, "weather"),
        (["extract", "article.txt", "--model", "nobody/great-1"], 2, "nobody"),
        (["extract", "article.txt", "--model", "openai/gpt-x"], 2, "OPENAI_API_KEY"),
        (["extract", "article.txt", "--published", "5th of May"], 2, "ISO 8601"),
        (["extract", "article.txt", "--schema", "weather"], 2, "weather"),
        (["extract", "article.txt", "--schema", "uncited.py:Storm"], 2, "Storm"),
        (["extract", "article.txt", "--schema", "uncited.py:Recall"], 2, "Recall.product"),
        (["extract", "article.txt", "--prompt", "weather.v9"], 2, "weather.v9"),
        (["extract", "article.txt", "--prompt", "./broken.md.j2"], 2, "broken.md.j2"),
        (["extract", "article.txt", "--prompt", "./stranger.md.j2"], 2, "weather"),
        (["extract", "article.txt", "--prompt", "./nowhere.md.j2"], 2, "nowhere.md.j2"),
        (["extract", "article.txt", "--on-unsupported", "shout"], 2, "shout"),
        (["extract", "article.txt", "--set", "mood=3"], 2, "mood"),
        (["extract", "article.txt", "--set", "passes=many"], 2, "passes=many"),
        (["extract"], 2, "FILE"),
        (["extrakt", "article.txt"], 2, "extrakt"),
        (["extract", "article.txt", "--html", "article.txt/page.html"], 2, "article.txt/page.html"),
        (["view", "other.json", "-o", "page.html"], 2, "extraction/v9"),
        (["view", "other.json", "-o", "article.txt/page.html"], 2, "article.txt/page.html"),
        (["view", "article.txt", "-o", "page.html"], 2, "JSON"),
        (["schema", "show", "weather/v1"], 2, "news-report/v1"),
        (["prompt", "show", "weather.v1"], 2, "news-report.v1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_answered_in_one_line_with_its_exit_code(
    words: list[str], code: int, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()

    found, lines = told(words, capsys)

    assert found == code
    assert len(lines) == 1
    assert said in lines[0]


def test_unreachable_server_is_answered_in_one_line_with_exit_code_3(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLMX_API_KEY", "not-a-key")
    address = "http://127.0.0.1:9/v1"
    assert folder.is_dir()

    words = ["extract", "article.txt", "--model", "openai/local", "--base-url", address, "--set", "max_retries=0"]

    code, lines = told(words, capsys)

    assert code == 3
    assert len(lines) == 1
    assert "127.0.0.1:9" in lines[0]
    assert "not-a-key" not in lines[0]


def test_result_that_cannot_be_written_is_printed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["llmx", "extract", str(folder / "article.txt"), "-o", "/dev/full"])

    with pytest.raises(SystemExit) as stopped:
        run()

    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert json.loads(printed.out)["document"]["text"] == ARTICLE
    assert printed.err.splitlines()[-1] == (
        "llmx: cannot write /dev/full: No space left on device; the result was printed instead"
    )


INTERRUPTED_WHILE_IT_IMPORTS = """
import sys

class Interruption:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interruption())

from llmx.cli.start import run

run()
"""


def test_interruption_in_the_first_moments_ends_quietly() -> None:
    words = [sys.executable, "-c", INTERRUPTED_WHILE_IT_IMPORTS, "extract", "article.txt"]

    ended = subprocess.run(words, capture_output=True, text=True, check=False)

    assert ended.returncode == 130
    assert ended.stderr == "llmx: interrupted\n"
