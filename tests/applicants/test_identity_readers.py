import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applicants.identity import (
    NotValid,
    read_account_no,
    read_birth_month,
    read_credit_code,
    read_full_name,
    read_id_no,
    read_mobile,
)

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 9, 21)

READERS = {
    "id_no": lambda text: read_id_no(text, on=TODAY).text,
    "full_name": read_full_name,
    "mobile": read_mobile,
    "account_no": lambda text: read_account_no(text).text,
    "credit_code": read_credit_code,
    "birth_month": lambda text: "{:04}-{:02}".format(*read_birth_month(text, on=TODAY)),
}


@pytest.mark.parametrize("field", READERS)
@given(text=st.one_of(st.text(), st.text("0123456789Xx -·.年月石榴ＡＢ１９９０", max_size=22)))
def test_a_reader_takes_or_refuses_and_never_breaks(field, text):
    read = READERS[field]
    try:
        taken = read(text)
    except NotValid:
        return
    assert read(taken) == taken


@pytest.mark.parametrize("field", READERS)
@pytest.mark.parametrize("pattern", ["1", "X", " ", "石", "·", "e\u0301\u0316", "\u0301\u0316", "a ", "\u200b", "年"])
def test_a_hundred_kilobytes_are_answered_at_once(field, pattern):
    text = pattern * (100_000 // len(pattern))
    began = time.perf_counter()
    with pytest.raises(NotValid) as refused:
        READERS[field](text)
    assert refused.value.code.startswith(field)
    assert time.perf_counter() - began < 0.5


def test_identity_knows_no_framework():
    check = "import sys, applicants.identity; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False).returncode == 0
