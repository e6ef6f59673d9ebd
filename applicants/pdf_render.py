"""Draws the pages of a PDF: a program of its own, run by `applicants.pdf_pages` with the PDF on its input.

What reads a PDF is large, and the file comes from anywhere: so it reads in a process that may write no file, use little
memory and little time, and ends. Writes each page as a JPEG behind its length. It knows nothing else of this project.
"""

import io
import resource
import struct
import sys
from collections.abc import Iterator

import pypdfium2

CPU_SECONDS, MEMORY_BYTES = 10, 1024 * 1024 * 1024
UNREADABLE, TOO_MANY = 3, 4


def main(most_pages: int, long_edge_px: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        if len(document) > most_pages:
            return TOO_MANY
        for picture in drawn(document, long_edge_px):
            sys.stdout.buffer.write(struct.pack(">I", len(picture)) + picture)
    except (pypdfium2.PdfiumError, MemoryError, OSError, ValueError):
        return UNREADABLE
    return 0


def drawn(document: pypdfium2.PdfDocument, long_edge_px: int) -> Iterator[bytes]:
    for page in document:
        written = io.BytesIO()
        picture = page.render(scale=long_edge_px / max(page.get_size())).to_pil()
        picture.convert("RGB").save(written, "JPEG", quality=90)
        yield written.getvalue()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
