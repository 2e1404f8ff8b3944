"""jupyter nbconvert --to still NOTEBOOK: one HTML file that makes no request and keeps its controls."""

import copy
import os
import sys
from pathlib import Path
from typing import Any

# jsonschema asks for this module on import and works without it; building its grammars takes a second.
sys.modules.setdefault("rfc3987_syntax", None)

from nbconvert.exporters.exporter import Exporter  # noqa: E402
from traitlets import Any as AnyTrait  # noqa: E402
from traitlets import Bool, default  # noqa: E402
from traitlets.config import Config  # noqa: E402

from . import hook as hooks  # noqa: E402
from . import read, run  # noqa: E402
from .fault import INTERRUPTED, STOPPED, BuildError, plain, say  # noqa: E402
from .page import Page  # noqa: E402


class Still(Exporter):
    """A calm page: title, prose, charts, tables, controls, notes. No furniture, no network."""

    export_from_notebook = "Still page (one file, works offline)"
    output_mimetype = "text/html"
    code = Bool(False, help="Show the code cells, each folded.").tag(config=True)
    saved_outputs = Bool(False, help="Use the outputs saved in the notebook; run nothing.").tag(config=True)
    hooks = AnyTrait(None, help="The hooks that may own the notebook; those of all installed packages if not given.")

    @default("file_extension")
    def _file_extension_default(self):
        return ".html"

    @default("default_preprocessors")
    def _default_preprocessors_default(self):
        every = type(self).default_preprocessors.default()
        return [name for name in every if not name.endswith("ExecutePreprocessor")]  # run() plays the controls as well

    def _validate_preprocessor(self, nbc, preprocessor):
        """Nothing: its shape has been proved, and Jupyter opens more than its schema allows."""

    def from_notebook_node(self, nb, resources=None, **kw):
        """A notebook as (html, resources); resources["still"] holds the page's facts.

        It is run first, unless saved_outputs says otherwise, ExecutePreprocessor.enabled is set to False, or it comes
        from a build that has run it.
        """
        resources = dict(resources or {})
        told = resources.get("metadata", {})
        name, folder = told.get("name") or "Notebook", told.get("path") or os.getcwd()
        if self._runs(resources):
            path = Path(folder) / f"{name}.ipynb"
            shaped = read.shaped(copy.deepcopy(nb), path)
            try:
                nb = run.wait_for(lambda: run.execute(path, notebook=_node(shaped), progress=self.log.warning))
            except KeyboardInterrupt:
                _stop()
                raise
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        known = hooks.found(self.log.warning) if self.hooks is None else self.hooks
        page = Page(nb, name=name, path=folder, hook=hooks.owner(known, nb.metadata), code=self.code,
                    index=resources.get("index_page", ""), series=resources.get("series"))  # fmt: skip
        html = page.html()
        resources["still"] = page.facts()
        for warning in page.warnings:
            self.log.warning("%s", plain(warning))
        return html, resources

    def _runs(self, resources):
        asked = self.config.get("ExecutePreprocessor", {}).get("enabled", True)
        return not self.saved_outputs and asked and not resources.get("run")


class OldName(Still):
    """The same under the name it had; it says the new one."""

    export_from_notebook = "The old name of --to still"

    def from_notebook_node(self, nb, resources=None, **kw):
        self.log.warning("--to whocounted is now --to still")
        return super().from_notebook_node(nb, resources, **kw)


def _stop():
    """After Ctrl-C, end Jupyter's own command here: it would stumble over the sockets of a kernel that was killed."""
    from nbconvert.nbconvertapp import NbConvertApp

    if NbConvertApp.initialized():
        say(STOPPED, sys.stderr)
        os._exit(INTERRUPTED)


def _node(found: dict[str, Any]):
    import nbformat

    return nbformat.from_dict(found)


def export(notebook, path: Path, *, hooks_known=None, **options) -> tuple[str, dict]:
    """A notebook that has been run as (html, facts). options: code, index, series. Raises BuildError."""
    exporter = Still(config=Config({"Still": {"code": options.get("code", False)}}), hooks=hooks_known or [])
    exporter.log.disabled = True  # its warnings are returned, and told beside the page they belong to
    resources = {"metadata": {"name": path.stem, "path": str(path.parent)}, "run": True}
    resources |= {"index_page": options.get("index", ""), "series": options.get("series")}
    html, resources = exporter.from_notebook_node(notebook, resources)
    try:
        html.encode()
    except UnicodeEncodeError as problem:
        raise BuildError(f"{path.name}: a text in it is no text ({problem.reason}): look for odd letters") from problem
    return html, resources["still"]
