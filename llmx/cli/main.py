"""`llmx`: the commands, the one-line errors and the exit codes.

Exit codes: 0 done · 1 a gate is not met · 2 usage, bad input or setting · 3 finished, but an article failed ·
4 stopped by a budget or a failure limit · 130 interrupted.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Sequence

import click

from llmx import __version__
from llmx.errors import BudgetError, LlmxError, ModelError, UnsupportedError

_COMMANDS = {
    "extract": ("llmx.cli.extract", "extract_command", "Extract one article: print its report as JSON."),
    "batch": ("llmx.cli.batch", "batch", "Extract many articles; the same command again resumes."),
    "eval": ("llmx.cli.eval", "eval_group", "Score extractions against gold labels."),
    "view": ("llmx.cli.view", "view_command", "Make an HTML page of a saved extraction."),
    "schema": ("llmx.cli.schema", "schema_group", "List, show, write and check the contracts."),
    "prompt": ("llmx.cli.prompt", "prompt_group", "List, show and render the prompts."),
}

_DONE, _USAGE, _FAILED, _STOPPED, _INTERRUPTED = 0, 2, 3, 4, 130


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that `llmx --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, _, summary) in _COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="llmx")
@click.option("--debug", is_flag=True, help="On an error, show where it happened.")
def llmx(*, debug: bool) -> None:
    """Events, claims and attributions from news articles: every field cited, every citation checked."""
    del debug


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    debug = "--debug" in words
    try:
        code = llmx.main([word for word in words if word != "--debug"], prog_name="llmx", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return _USAGE
    except click.ClickException as error:
        return _say(error.format_message(), _USAGE, debug=debug)
    except (click.Abort, KeyboardInterrupt):
        return _say("interrupted", _INTERRUPTED, debug=False)
    except LlmxError as error:
        return _say(str(error), exit_code(error), debug=debug)
    except OSError as error:
        return _say(
            f"cannot use {error.filename}: {error.strerror}" if error.filename else str(error), _USAGE, debug=debug
        )
    return code if isinstance(code, int) else _DONE


def exit_code(error: LlmxError) -> int:
    """The exit code that an error means for a command that had one thing to do."""
    if isinstance(error, BudgetError):
        return _STOPPED
    return _FAILED if isinstance(error, (ModelError, UnsupportedError)) else _USAGE


def _say(message: str, code: int, *, debug: bool) -> int:
    """Print an error as one line; with `debug`, where it happened too."""
    if debug:
        traceback.print_exc()
    click.echo(f"llmx: {' '.join(message.split())}", err=True)
    return code
