"""Workbooks as programs write them, small enough to be read here."""

import zipfile
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FORMATS = (0, 14, 22, 21, 46)  # of cells, by style: number, date, both, time, length
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def xlsx(path: Path, **sheets: str) -> Path:
    """A workbook with sheets by their name, each the XML of its rows."""
    names = list(sheets)
    numbered = range(1, len(names) + 1)
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in _FORMATS)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"'),
        "xl/_rels/workbook.xml.rels": _relations(
            *(f'Type="{_OFFICE}/worksheet" Target="worksheets/{each}.xml"' for each in numbered),
            f'Type="{_OFFICE}/styles" Target="styles.xml"',
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
            for number, name in zip(numbered, names, strict=True)
        )
        + "</sheets></workbook>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs>{styles}</cellXfs></styleSheet>',
    }
    for number, rows in zip(numbered, sheets.values(), strict=True):
        parts[f"xl/worksheets/{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return _packed(path, parts)


def row(number: int, *cells: str | tuple[float, int]) -> str:
    """A row of texts and of numbers with their style; an empty text is no cell."""
    found = []
    for letter, cell in zip("ABCDEFGH", cells, strict=False):
        if isinstance(cell, tuple):
            value, style = cell
            found.append(f'<c r="{letter}{number}" s="{style}"><v>{value}</v></c>')
        elif cell:
            text = f"<is><t>{cell}</t></is>"
            found.append(f'<c r="{letter}{number}" t="inlineStr">{text}</c>')
    return f'<row r="{number}">{"".join(found)}</row>'


def ods(path: Path, rows: str) -> Path:
    """A workbook of OpenDocument with one sheet."""
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in _ODS}
    declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())
    sheet = f'<table:table table:name="Calls">{rows}</table:table>'
    return _packed(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest:manifest {declared}/>",
            "content.xml": f"<office:document-content {declared}><office:body>"
            f"<office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
            "</office:document-content>",
        },
    )


_ODS = ("manifest", "office", "table", "text")


def _relations(*each: str) -> str:
    found = "".join(f'<Relationship Id="r{number}" {it}/>' for number, it in enumerate(each, 1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _packed(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content if name == "mimetype" else f"{_HEAD}{content}")
    return path
