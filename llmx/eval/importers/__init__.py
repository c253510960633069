"""Importers and exporters: gold from annotation tools, and extractions back to them for correction."""

from llmx.eval.importers.export import export_brat, export_labelstudio
from llmx.eval.importers.imports import Imported, import_gold
from llmx.eval.importers.labelmap import LabelMap, read_map

__all__ = ["Imported", "LabelMap", "export_brat", "export_labelstudio", "import_gold", "read_map"]
