"""Which statements speak of one happening: scenes inside an article, events over articles. Pure."""

from claims.grouping.clusters import grouped
from claims.grouping.likeness import Likeness, Portrait, portrait_of
from claims.grouping.scenes import Scene, Told, scenes_of

__all__ = ["Likeness", "Portrait", "Scene", "Told", "grouped", "portrait_of", "scenes_of"]
