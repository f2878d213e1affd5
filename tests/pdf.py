"""PDFs as small as can be, whose glyphs stand on the page from left to right, as printed Arabic does."""

from __future__ import annotations


def pdf_of(*pages: str) -> bytes:
    """A PDF of *pages*, whose lines are given as a page shows them, from left to right."""
    letters = sorted({c for page in pages for c in page} - {"\n"})
    code = {letter: 33 + k for k, letter in enumerate(letters)}
    names = "\n".join(f"<{code[c]:02x}> <{ord(c):04x}>" for c in letters)
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(letters)} beginbfchar\n{names}\nendbfchar\nendcmap"
    )
    widths = " ".join(["600"] * 256)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{5 + 2 * k} 0 R' for k in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255"
        f" /Widths [{widths}] /ToUnicode 4 0 R >>",
        _stream(table),
    ]
    for k, page in enumerate(pages):
        lines = "".join(f"<{bytes(code[c] for c in line).hex()}> Tj 0 -20 Td " for line in page.split("\n"))
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {6 + 2 * k} 0 R >>",
            _stream(f"BT /F 12 Tf 40 700 Td {lines}ET"),
        ]
    return _file(objects)


def _stream(data: str) -> str:
    return f"<< /Length {len(data)} >>\nstream\n{data}\nendstream"


def _file(objects: list[str]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for k, body in enumerate(objects):
        places.append(len(out))
        out += f"{k + 1} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
