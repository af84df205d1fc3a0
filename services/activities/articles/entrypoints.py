"""Operations of articles, and publishing them at their moment."""

from __future__ import annotations

from services.activities.articles.use_cases import categories, desk, files, news, publishing, writing
from services.chassis.entrypoints import answers, every
from services.chassis.files.attachments import examined_before
from services.contracts.activities.articles import operations as contract

_HALF_A_MINUTE = 30


@answers(
    (contract.list_article_categories, categories.list_article_categories),
    (contract.add_article_category, categories.add_article_category),
    (contract.change_article_category, categories.change_article_category),
    (contract.list_articles, desk.list_articles),
    (contract.get_article, desk.get_article),
    (contract.list_article_revisions, desk.list_article_revisions),
    (contract.get_article_revision, desk.get_article_revision),
    (contract.write_article, writing.write_article),
    (contract.save_article, writing.save_article),
    (contract.submit_article, writing.submit_article),
    (contract.rework_article, writing.rework_article),
    (contract.publish_article, publishing.publish_article),
    (contract.return_article, publishing.return_article),
    (contract.withdraw_article, publishing.withdraw_article),
    (contract.place_article, publishing.place_article),
    (contract.remove_article_file, files.remove_article_file),
    (contract.open_article_file, files.open_article_file),
    (contract.list_news, news.list_news),
    (contract.get_news, news.get_news),
    (contract.news_feed, news.news_feed),
    (contract.count_article_read, news.count_article_read),
)
@answers(
    (contract.attach_article_file, files.attach_article_file),
    prepare=examined_before(files.may_attach, files.as_kept),
)
class ArticleEntrypoints:
    """Articles over RPC."""

    publish_due = every(_HALF_A_MINUTE, "articles-due", publishing.publish_due, own_transaction=True)
