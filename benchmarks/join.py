"""Join the sections in `benchmarks/results/` to `benchmarks/RESULTS.md`.

Each benchmark writes a section of its own, so that one can be run again without the others.
"""

from pathlib import Path

HERE = Path(__file__).parent
ORDER = ("grounding", "fuzz", "support", "rules", "rules-attributions", "model", "overhead", "batch", "eval")

HEAD = """# Results

What the benchmarks in this folder measured. Each section names its date, the versions, the machine and the command that
gives it again. Peers ran in the same process or the same run. Figures that fall short of what we aim at are here too.

"""


def main() -> None:
    sections = {path.stem: path.read_text(encoding="utf-8").strip() for path in sorted((HERE / "results").glob("*.md"))}
    names = [*(name for name in ORDER if name in sections), *(name for name in sections if name not in ORDER)]
    (HERE / "RESULTS.md").write_text(HEAD + "\n\n".join(sections[name] for name in names) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
