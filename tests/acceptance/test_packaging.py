"""The package: quick to import, whole in a wheel, and one home for everything it bundles."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import llmx

ROOT = Path(__file__).parents[2]
SDKS = ("openai", "instructor")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("llmx-*.whl"))


def run_with(path: Path, code: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env={"PYTHONPATH": str(path)}, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.mark.parametrize(
    "code",
    ["import llmx", "from llmx.cli.main import _run; _run(['--help'])", "from llmx import Article, Span, locate"],
    ids=["import", "help", "light names"],
)
def test_no_model_sdk_is_loaded_before_it_is_used(code: str) -> None:
    shown = f"{code}\nimport sys; print([name for name in {SDKS} if name in sys.modules], file=sys.stderr)"

    done = subprocess.run([sys.executable, "-c", shown], check=True, capture_output=True, text=True)

    assert done.stderr.strip() == "[]"


def test_extracting_with_the_embedded_engine_loads_no_model_sdk() -> None:
    code = (
        "import sys; from llmx import Article, extract; extract(Article(text='He said so.'), model='rules');"
        f"print([name for name in {SDKS} if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "[]"


CODE = """
import json, llmx
from llmx import Article, extract
from llmx.resources import resource_names
result = extract(Article(text="Two men were arrested in Ankara on Monday, police said."), model="rules")
names = resource_names("prompts"), resource_names("schemas")
print(json.dumps([llmx.__file__, len(result.report.attributions), *names]))
"""


@pytest.mark.parametrize("zipped", [False, True], ids=["unpacked", "zipped"])
def test_wheel_extracts_and_finds_its_prompts_and_contracts(wheel: Path, tmp_path: Path, *, zipped: bool) -> None:
    place = wheel if zipped else tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")

    file, attributions, prompts, schemas = json.loads(run_with(place, CODE, tmp_path))

    assert Path(file).is_relative_to(place)
    assert attributions == 1
    assert {"news-report.v1", "re-ask.v1"} <= set(prompts)
    assert {"news-report/v1", "news-report-asked/v1", "extraction/v1", "gold/v1"} <= set(schemas)


@pytest.mark.parametrize("folder", ["schemas", "prompts"])
def test_bundled_folders_have_one_home_beside_the_package(folder: str) -> None:
    assert (ROOT / folder).is_dir()
    assert not (ROOT / "llmx" / folder).exists()


@pytest.mark.parametrize("name", llmx.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(llmx, name).__name__ == name


def test_names_that_are_not_public_cannot_be_had() -> None:
    with pytest.raises(AttributeError, match="weather"):
        llmx.weather  # noqa: B018
