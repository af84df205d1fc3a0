"""Pictures of figures: pure functions and data that turn numbers into the geometry which
`templates/portal/parts/pictures.html` draws as SVG.

Nothing here knows a subject, a language or a request. A page makes a picture with its words, passes it to its template
and draws it with `{{ picture(it) }}`. Lengths are percent of the width of the picture, heights are pixels, so that
texts keep their size on a phone.
"""

from gateway.portal.pictures.bars import BarRow as BarRow
from gateway.portal.pictures.bars import Bars as Bars
from gateway.portal.pictures.base import Picture as Picture
from gateway.portal.pictures.base import Series as Series
from gateway.portal.pictures.base import Table as Table
from gateway.portal.pictures.columns import Columns as Columns
from gateway.portal.pictures.gantt import Gantt as Gantt
from gateway.portal.pictures.gantt import GanttRow as GanttRow
from gateway.portal.pictures.gantt import Moment as Moment
from gateway.portal.pictures.grids import Cell as Cell
from gateway.portal.pictures.grids import Matrix as Matrix
from gateway.portal.pictures.grids import MatrixRow as MatrixRow
from gateway.portal.pictures.grids import MonthGrid as MonthGrid
from gateway.portal.pictures.lines import Sparkline as Sparkline
from gateway.portal.pictures.rings import ProgressRing as ProgressRing
from gateway.portal.pictures.rings import Ring as Ring
from gateway.portal.pictures.rings import Share as Share
