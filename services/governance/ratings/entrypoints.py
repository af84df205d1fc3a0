"""Operations of ratings, and their recurring work."""

from services.chassis.entrypoints import answers, every
from services.contracts.governance.ratings import operations as contract
from services.governance.ratings.use_cases import (
    closing,
    creating,
    opening,
    papers,
    reading,
    results,
    sheets,
    telling,
    tokens,
)


@answers(
    (contract.list_ratings, reading.list_ratings),
    (contract.get_rating, reading.get_rating),
    (contract.my_ratings, reading.my_ratings),
    (contract.create_rating, creating.create_rating),
    (contract.change_rating, creating.change_rating),
    (contract.open_rating, opening.open_rating),
    (contract.close_rating, closing.close_rating),
    (contract.cancel_rating, closing.cancel_rating),
    (contract.remind_raters, telling.remind_raters),
    (contract.publish_rating, telling.publish_rating),
    (contract.give_paper, tokens.give_paper),
    (contract.enter_papers, papers.enter_papers),
    (contract.get_rating_keys, sheets.get_rating_keys),
    (contract.hand_in_sheet, sheets.hand_in_sheet),
    (contract.get_rating_result, results.get_rating_result),
    (contract.list_rating_units, results.list_rating_units),
    (contract.list_rating_remarks, results.list_rating_remarks),
    (contract.rating_trend, results.rating_trend),
)
# Its own transaction: a token is signed outside of it. The same request gets the same answer by itself.
@answers((contract.request_rating_token, tokens.request_rating_token), own_transaction=True)
class RatingEntrypoints:
    """Ratings over RPC."""

    open_due_ratings = every(2, "ratings-opened", opening.open_due, own_transaction=True)
    prepare_ratings = every(2, "ratings-prepared", opening.prepare_opened, own_transaction=True)
    settle_rating_sheets = every(30, "ratings-settled", sheets.settle_sheets, own_transaction=True)
    close_due_ratings = every(2, "ratings-closed", closing.close_due, own_transaction=True)
    count_ratings = every(2, "ratings-counted", closing.count_closed, own_transaction=True)
    tell_raters = every(2, "ratings-told", telling.tell_raters)
