"""The mark of each trade: the same on the front page, in the pre-check and on her form."""

from typing import Final

from applicants.models.business import ProjectType

MARK_OF_TRADE: Final[dict[str, str]] = {
    ProjectType.PLANTING: "seedling",
    ProjectType.RAISING: "hen",
    ProjectType.PROCESSING: "needle",
    ProjectType.FARM_STAY: "bowl",
    ProjectType.SHOP: "shop",
    ProjectType.CRAFT: "craft",
    ProjectType.OTHER: "basket",
}
