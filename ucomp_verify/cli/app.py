"""All commands, put together."""

from typing import Annotated

import typer

from ucomp_verify.cli import cert, study
from ucomp_verify.cli.bound import bound
from ucomp_verify.cli.catalogue import explain, graph, list_claims
from ucomp_verify.cli.check import check
from ucomp_verify.cli.compress import compress
from ucomp_verify.cli.conform import conform
from ucomp_verify.cli.cubature import cubature
from ucomp_verify.cli.doctor import doctor
from ucomp_verify.cli.nodes import nodes
from ucomp_verify.cli.replay import replay
from ucomp_verify.cli.selftest import selftest

app = typer.Typer(
    name="ucomp-verify",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help needs no terminal library, and starts faster
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_EXAMPLE = "Example: ucomp-verify "

app.command(epilog=_EXAMPLE + "check tchakaloff levelset-remez --json report.json")(check)
app.command("list", epilog=_EXAMPLE + "list")(list_claims)
app.command(epilog=_EXAMPLE + "explain levelset-remez")(explain)
app.command(epilog=_EXAMPLE + "graph --focus small-ball --format svg -o graph.svg")(graph)
app.command(epilog=_EXAMPLE + "compress points.csv -k 3 -o small.npz --certificate c.json")(
    compress
)
app.add_typer(cert.app, name="cert")
app.command(epilog=_EXAMPLE + "nodes --function sigmoid -m 2 --mass 1000000 --error 1e-8")(nodes)
app.command(epilog=_EXAMPLE + "bound points.npy small.npz -k 19 --function sigmoid --error 1e-8")(
    bound
)
app.command(epilog=_EXAMPLE + "cubature simplex -m 3 -k 10 --dps 100")(cubature)
app.add_typer(study.app, name="study", short_help="Error studies: run, resume, fit, plot.")
app.command(epilog=_EXAMPLE + "conform mypackage.reduction:reduce")(conform)
app.command(epilog=_EXAMPLE + "replay build/failures/tchakaloff--cloud.json")(replay)
app.command(epilog=_EXAMPLE + "selftest")(selftest)
app.command(epilog=_EXAMPLE + "doctor")(doctor)


def _show_version(wanted: bool) -> None:
    if wanted:
        from ucomp_verify import __version__
        from ucomp_verify.cli.output import emit

        emit(f"ucomp-verify {__version__}")
        raise typer.Exit


@app.callback(epilog=_EXAMPLE + "check")
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Verdicts, with evidence anyone can re-check, on the universal compression theory."""
    del version
