"""Operations of articles: categories, the writers' desk, what readers see."""

from __future__ import annotations

from services.chassis.schema import PUBLIC, SYSTEM, Empty, Page, command, query
from services.contracts.activities.articles.requests import (
    ArticleFileRef,
    ArticleRef,
    AttachArticleFile,
    CategoryTerms,
    ChangeCategory,
    ListArticles,
    ListCategories,
    ListFeed,
    ListNews,
    ListRevisions,
    PlaceArticle,
    PublishArticle,
    ReadArticle,
    ReasonedStep,
    RevisionRef,
    SaveArticle,
    WriteArticle,
)
from services.contracts.activities.articles.shapes import (
    Article,
    ArticleDetail,
    Category,
    Feed,
    News,
    NewsArticle,
    Revision,
    RevisionDetail,
)
from services.contracts.files import FileContent

_DESK = ("officer", "chair")
_LOOKS = ("officer", "chair", "auditor")

list_article_categories = query(
    "activities", "list_article_categories", request=ListCategories, reply=Page(Category), allow=(PUBLIC,),
    doc="Categories of articles, in their order.", title="查看文章栏目",
)  # fmt: skip
add_article_category = command(
    "activities", "add_article_category", request=CategoryTerms, reply=Category, allow=("officer",),
    doc="Add a category of articles.", title="新增文章栏目",
)  # fmt: skip
change_article_category = command(
    "activities", "change_article_category", request=ChangeCategory, reply=Category, allow=("officer",),
    doc="Change a category of articles, or stop offering it.", title="修改文章栏目",
)  # fmt: skip
list_articles = query(
    "activities", "list_articles", request=ListArticles, reply=Page(Article), allow=_LOOKS,
    doc="Articles at the writers' desk; a chair: those of the own units.", title="查看文章",
)  # fmt: skip
get_article = query(
    "activities", "get_article", request=ArticleRef, reply=ArticleDetail, allow=_LOOKS,
    doc="One article at its latest revision, with its files, reads and steps.", title="查看一篇文章",
)  # fmt: skip
list_article_revisions = query(
    "activities", "list_article_revisions", request=ListRevisions, reply=Page(Revision), allow=_LOOKS,
    doc="Revisions of an article, latest first.", title="查看文章的修订",
)  # fmt: skip
get_article_revision = query(
    "activities", "get_article_revision", request=RevisionRef, reply=RevisionDetail, allow=_LOOKS,
    doc="One revision of an article.", title="查看文章的一次修订",
)  # fmt: skip
write_article = command(
    "activities", "write_article", request=WriteArticle, reply=ArticleDetail, allow=_DESK,
    doc="Write a new article; a chair for the own unit.", title="起草文章",
)  # fmt: skip
save_article = command(
    "activities", "save_article", request=SaveArticle, reply=ArticleDetail, allow=_DESK,
    doc="Save a new revision; what readers see of a published article changes once the revision is published.",
    title="修改文章",
)  # fmt: skip
submit_article = command(
    "activities", "submit_article", request=ReadArticle, reply=ArticleDetail, allow=_DESK,
    doc="Submit a draft for review.", title="提交文章审核",
)  # fmt: skip
return_article = command(
    "activities", "return_article", request=ReasonedStep, reply=ArticleDetail, allow=("officer",),
    doc="Return an article to its writer with a reason; one that was to be published is not.", title="退回文章",
)  # fmt: skip
publish_article = command(
    "activities", "publish_article", request=PublishArticle, reply=ArticleDetail, allow=("officer",),
    doc="Publish the revision that was read, now or at a moment; never by who wrote it.", title="发布文章",
)  # fmt: skip
withdraw_article = command(
    "activities", "withdraw_article", request=ReasonedStep, reply=ArticleDetail, allow=("officer",),
    doc="Withdraw a published article; it is read by nobody from this moment.", title="撤下文章",
)  # fmt: skip
rework_article = command(
    "activities", "rework_article", request=ArticleRef, reply=ArticleDetail, allow=_DESK,
    doc="Make a draft of a withdrawn article.", title="重新编辑文章",
)  # fmt: skip
place_article = command(
    "activities", "place_article", request=PlaceArticle, reply=ArticleDetail, allow=("officer",),
    doc="Pin a published article, or say until when it is shown.", title="调整文章展示",
)  # fmt: skip
attach_article_file = command(
    "activities", "attach_article_file", request=AttachArticleFile, reply=ArticleDetail, allow=_DESK,
    doc="Add a cover, a picture or an attachment; of a published article with its next revision.",
    title="上传文章文件",
)  # fmt: skip
remove_article_file = command(
    "activities", "remove_article_file", request=ArticleFileRef, reply=ArticleDetail, allow=_DESK,
    doc="Remove a file; of a published article with its next revision.", title="删除文章文件",
)  # fmt: skip
list_news = query(
    "activities", "list_news", request=ListNews, reply=Page(News), allow=(PUBLIC,),
    doc="Published articles that the caller may read, pinned ones first, then the latest.", title="查看新闻",
)  # fmt: skip
get_news = query(
    "activities", "get_news", request=ArticleRef, reply=NewsArticle, allow=(PUBLIC,),
    doc="One published article, if the caller may read it.", title="阅读一篇新闻",
)  # fmt: skip
open_article_file = query(
    "activities", "open_article_file", request=ArticleFileRef, reply=FileContent, allow=(PUBLIC,),
    doc="A file of an article that the caller may read, or works on.", title="打开文章文件",
)  # fmt: skip
news_feed = query(
    "activities", "news_feed", request=ListFeed, reply=Feed, allow=(SYSTEM,),
    doc="The latest articles for everybody, with their texts.",
)  # fmt: skip
count_article_read = command(
    "activities", "count_article_read", request=ArticleRef, reply=Empty, allow=(SYSTEM,),
    doc="Count that a published article was read once more; nothing is kept of who read it.",
)  # fmt: skip
