"""What can't be done with a file of repayments, in words that say what to do."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.templatetags.page import zh_moment
from records.refusals import Refusal


class NotARepaymentFile(Refusal):
    """The file can't be read as the table that we give out; `problem` says what is wrong with it."""

    code = "not_a_repayment_file"
    status = 422
    message = _("这个文件读不了。下载样表，照着填，存成 .csv 或 .xlsx 再传。")

    def __init__(self, problem: str = "") -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.problem}{self.message}"


class FileImportedAlready(Refusal):
    """The same bytes were handed in before, and all of their rows are written."""

    code = "file_imported_already"
    message = _("这个文件 %(moment)s 已经导入过，没有重复入账。")

    def __init__(self, at: datetime, file_id: int) -> None:
        super().__init__(at, file_id)
        self.at, self.file_id = at, file_id

    def __str__(self) -> str:
        return str(self.message) % {"moment": zh_moment(self.at)}


class RowAnsweredAlready(Refusal):
    """Somebody wrote down before what became of the row."""

    code = "row_answered_already"
    message = _("这一行已经有人处理了，刷新看看。")
