"""What can be wrong with asking for a move, beyond state, permission and separation of duties."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from records.refusals import Refusal


class NotAWoman(Refusal):
    """The programme is for women, and the ID number says otherwise."""

    code = "not_a_woman"
    status = 422
    message = _("这项贷款面向妇女。可以让家里的姐妹来申请，或打电话问别的贷款。")


class AlreadyApplying(Refusal):
    """The person has a live application. The words tell whoever typed the number nothing of whose it is, or where."""

    code = "already_applying"
    message = _("这份申请现在交不了。打电话给妇联，我们帮您看看。")


class HandChanged(Refusal):
    """Whoever leaves has other cases in hand than those that were listed."""

    code = "hand_changed"
    message = _("她手上的案件刚变了，再看一遍名单。")


class NoHeadroom(Refusal):
    """The pool's projected headroom, and those who wait before her, leave too little for this case."""

    code = "no_headroom"
    message = _("额度不够了，先排队，有额度再受理。")


class ThereIsRoom(Refusal):
    """A case waits in line only while there is no room for it: a queue of our own stops no clock."""

    code = "there_is_room"
    message = _("额度够，不用排队，直接受理。")


class NotHerTurn(Refusal):
    """Somebody waits before her, or there is still no room."""

    code = "not_her_turn"
    message = _("还没轮到这一件，按先后来。")


class FindingsOpen(Refusal):
    """Rules that nobody has settled, or that aren't met, stand in the way of a recommendation."""

    code = "findings_open"
    message = _("还有几条没看完或不满足，先逐条看完再推荐。")

    def __init__(self, rules: Sequence[str] = ()) -> None:
        super().__init__(tuple(rules))
        self.rules = tuple(rules)


class NotSeenInPerson(Refusal):
    """The last visit didn't meet her, or somebody whom her ID card doesn't show; no two people make up for it."""

    code = "not_seen_in_person"
    message = _("没见到本人，这次走访不能作为通过的依据。退回镇妇联，再去一次。")


class NotOpenedYet(Refusal):
    """Many are recommended at once only where each was looked at, as it is now, by whoever does it."""

    code = "not_opened_yet"
    message = _("您还没打开看过这件，先看案卷。")


class SomethingWaits(Refusal):
    """A pause, a second person's word or something that she said is still open."""

    code = "something_waits"
    message = _("还有事没完：在暂停、等复核或等答复。")


class HeldElsewhere(Refusal):
    """A case is handed out by the office that has it."""

    code = "held_elsewhere"
    message = _("现在由%(office)s办，不在本单位。")

    def __init__(self, office: str = "") -> None:
        super().__init__(office)
        self.office = office

    def __str__(self) -> str:
        return str(self.message) % {"office": self.office}


class SecondPersonNeeded(Refusal):
    """The act takes two people: one puts it forward, another decides."""

    code = "second_person_needed"
    status = 403
    message = _("这一步要两个人办。您先提交，再由另一个人复核。")


class ProposalOpen(Refusal):
    """Something was put forward already and waits for the second person."""

    code = "proposal_open"
    message = _("已经提交过，等另一个人复核。")


class HeadNeeded(Refusal):
    """Asking her again, or stopping the clock for a check outside, takes the head of the office."""

    code = "head_needed"
    status = 403
    message = _("要单位负责人同意才行。")


class AskedTwice(Refusal):
    """Everything missing is asked for at once, and once more at most."""

    code = "asked_twice"
    message = _("这一环节已经要过两次材料，不能再要了。")


class StillMissing(Refusal):
    """She hands in again, but something that was asked for isn't there. `kinds` are the papers."""

    code = "still_missing"
    message = _("还有要补的材料没传上，传好再交。")

    def __init__(self, kinds: Sequence[str] = ()) -> None:
        super().__init__(tuple(kinds))
        self.kinds = tuple(kinds)


class PublicityRunning(Refusal):
    """The days of notice aren't over."""

    code = "publicity_running"
    message = _("公示还没满期，期满再往下办。")


class PartnersRefusalStands(Refusal):
    """Only a refusal by the federation is reviewed; guarantor and bank decide for themselves."""

    code = "partners_refusal_stands"
    message = _("担保公司和农信的决定，妇联不能改。")


class AppealTooLate(Refusal):
    """The time in which she can ask for a review is over."""

    code = "appeal_too_late"
    message = _("申请复核的期限过了，可以重新申请。")


class AppealedAlready(Refusal):
    """One refusal is looked at again once."""

    code = "appealed_already"
    message = _("这一次的复核已经申请过了。")


class SaidAlready(Refusal):
    """She said the same before, and waits for the answer."""

    code = "said_already"
    message = _("这件事您说过了，在等答复。急就打电话。")


class GuarantorFirst(Refusal):
    """An extension is granted when the guarantor has said that it goes on guaranteeing."""

    code = "guarantor_first"
    message = _("担保公司还没同意，不能同意展期。")


class RatedAlready(Refusal):
    """A case is rated once."""

    code = "rated_already"
    message = _("您评价过了，谢谢。")


class NobodyAppealed(Refusal):
    """A no is reversed on her appeal, and on nothing else."""

    code = "nobody_appealed"
    message = _("她没有申请复核，不能改判。她打电话来说的，先记成复核。")


class PaymentDiffers(Refusal):
    """The bank's figures aren't those of the instruction."""

    code = "payment_differs"
    message = _("金额和放款指令不一样，和银行核对后再记。")


class PayoutInstructionOut(Refusal):
    """The money may be on its way: it is too late to withdraw."""

    code = "payout_instruction_out"
    message = _("农信已经在打款，撤不回来了。钱到了不想用，打电话办提前还款。")


class NotYetDue(Refusal):
    """The time that the policy gives isn't over."""

    code = "not_yet_due"
    message = _("还没到期，不能作废。")


class MustStepBack(Refusal):
    """A case isn't given to somebody who filled it in, is of her household, or has stepped back from it."""

    code = "must_step_back"
    message = _("她和这件有关系，要回避，交给别人。")


class NotYours(Refusal):
    """Only somebody who handles cases in an office that has to do with this one steps back from it."""

    code = "nothing_to_step_back_from"
    message = _("这件不归您办，不用回避。")
