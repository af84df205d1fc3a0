"""Articles over HTTP: what readers see, the writers' desk, categories."""

from gateway.http.routes import Route
from services.contracts.activities.articles import operations as contract
from services.contracts.files import LARGEST

_CATEGORIES = "/article-categories"
_ARTICLE = "/articles/<uuid:article_id>"
_FILE = f"{_ARTICLE}/files/<uuid:file_id>"

ROUTES = (
    Route("GET", "/articles", contract.list_news),
    Route("POST", "/articles", contract.write_article, 201, location="/articles/{id}/source"),
    Route("GET", "/articles/desk", contract.list_articles),
    Route("GET", _ARTICLE, contract.get_news),
    Route("PUT", _ARTICLE, contract.save_article),
    Route("GET", f"{_ARTICLE}/source", contract.get_article),
    Route("GET", f"{_ARTICLE}/revisions", contract.list_article_revisions),
    Route("GET", f"{_ARTICLE}/revisions/<int:number>", contract.get_article_revision),
    Route("POST", f"{_ARTICLE}/submit", contract.submit_article),
    Route("POST", f"{_ARTICLE}/return", contract.return_article),
    Route("POST", f"{_ARTICLE}/publish", contract.publish_article),
    Route("POST", f"{_ARTICLE}/withdraw", contract.withdraw_article),
    Route("POST", f"{_ARTICLE}/rework", contract.rework_article),
    Route("PUT", f"{_ARTICLE}/place", contract.place_article),
    Route("POST", f"{_ARTICLE}/files", contract.attach_article_file, 201, upload=LARGEST),
    Route("GET", _FILE, contract.open_article_file, download=True),
    Route("DELETE", _FILE, contract.remove_article_file),
    Route("GET", _CATEGORIES, contract.list_article_categories),
    Route("POST", _CATEGORIES, contract.add_article_category, 201),
    Route("PUT", f"{_CATEGORIES}/<uuid:category_id>", contract.change_article_category),
)
