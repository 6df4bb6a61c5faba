"""Everything linked, and the view of one audience: citations, timelines, freshness, what is in a pack."""
