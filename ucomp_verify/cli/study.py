"""`ucomp-verify study ...`: the commands on studies, put together."""

import typer

from ucomp_verify.cli.study_diff import diff
from ucomp_verify.cli.study_list import list_studies
from ucomp_verify.cli.study_results import export, fit, plot
from ucomp_verify.cli.study_run import run
from ucomp_verify.cli.study_status import status

HELP = """Measure how the error of compressions scales: studies that can be stopped and resumed.

A study is a grid of cells, such as one compression for each m, k, d, method and trial. `run`
computes the cells in processes of this machine or on a Dask cluster. Each row is kept in a
store, a single file, as soon as its cell has ended: stop it at any time, and start it again
with the same command. Every random number depends on the settings of its cell alone, so the
rows are the same, bit for bit, in any order and on any executor.

\b
Start here:
  ucomp-verify study list
  ucomp-verify study list error-scaling
  ucomp-verify study run error-scaling --grid quick --store s.db --dry-run
  ucomp-verify study run error-scaling --grid quick --store s.db
\b
While it runs, or later:
  ucomp-verify study status s.db
  ucomp-verify study fit s.db
  ucomp-verify study plot s.db -o s.svg
  ucomp-verify study export s.db --to csv -o rows.csv
\b
On a cluster, and whether it found the same:
  ucomp-verify study run error-scaling --store c.db --executor dask:tcp://HOST:8786
  ucomp-verify study diff s.db c.db
"""

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help=HELP)

_EXAMPLE = "Example: ucomp-verify study "

app.command("list", epilog=_EXAMPLE + "list error-scaling")(list_studies)
app.command(epilog=_EXAMPLE + "run error-scaling --grid quick --store s.db")(run)
app.command(epilog=_EXAMPLE + "status s.db")(status)
app.command(epilog=_EXAMPLE + "fit s.db")(fit)
app.command(epilog=_EXAMPLE + "plot s.db -o s.svg")(plot)
app.command(epilog=_EXAMPLE + "export s.db --to csv -o rows.csv")(export)
app.command(epilog=_EXAMPLE + "diff s.db c.db")(diff)
