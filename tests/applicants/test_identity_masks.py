import pytest
from hypothesis import given
from hypothesis import strategies as st

from applicants.identity import mask_account, mask_id_no, mask_mobile, mask_name


def test_masks_show_enough_to_recognise_and_too_little_to_use():
    assert mask_id_no("990000199001010026") == "9900••••••••0026"
    assert mask_mobile("13800005678") == "138••••5678"
    assert mask_account("6223190000000081234") == "••••1234"
    assert mask_name("张小榴") == "张••"
    assert mask_name("阿依古丽·买买提") == "阿••"


@pytest.mark.parametrize("mask", [mask_id_no, mask_mobile, mask_account, mask_name])
def test_nothing_is_masked_as_nothing(mask):
    assert mask("") == ""


@pytest.mark.parametrize("mask", [mask_id_no, mask_mobile, mask_account])
@given(text=st.text("0123456789", min_size=1, max_size=20))
def test_a_mask_never_shows_all(mask, text):
    masked = mask(text)
    assert "••••" in masked
    assert len(masked.replace("•", "")) <= max(0, len(text) - 4)
