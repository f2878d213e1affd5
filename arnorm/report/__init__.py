"""A report of what a run has changed: counts, the most frequent changes, and samples, in one HTML page.

`arnorm.report.tally` counts; `arnorm.report.page` writes the page.

>>> from arnorm import passes
>>> from arnorm.report.tally import Report, part_of
>>> fold = passes.strip_tashkeel | passes.fold_alef
>>> report = Report()
>>> report.take(part_of(enumerate(map(fold.trace, ["أهلًا", "أنا هنا", "هنا"]), 1)))
>>> report.records, report.changed, dict(report.passes)
(3, 2, {'fold_alef': 2, 'strip_tashkeel': 1})
"""
