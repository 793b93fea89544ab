"""Workbooks of LibreOffice, as small as they can be."""

import io
import zipfile
from collections.abc import Mapping


def ods(rows: str, head: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of LibreOffice with these rows."""
    names = {each: f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" for each in ("office", "table", "text", "style")}
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in names.items())
    table = f"<table:table table:name='台账'>{rows}</table:table>"
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<?xml version='1.0'?>{head}<office:document-content {spaces}>{body}</office:document-content>"
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as made:
        parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode(), **(more or {})}
        for name, part in parts.items():
            made.writestr(name, part)
    return new.getvalue()
