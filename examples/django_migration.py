"""A pass in a model field of Django: migrations write it down, and make the same again."""

from django.db.migrations.writer import MigrationWriter

import arnorm
from arnorm import passes

for value in (arnorm.profile("search"), passes.fold_alef | passes.mask_urls("<url>")):
    code, imports = MigrationWriter.serialize(value)
    print(*imports, code, sep="\n")
    again = eval(code, {"arnorm": arnorm})  # as the migration does
    print(again.fingerprint == value.fingerprint)

# import arnorm
# arnorm.profile('search.v1')
# True
# import arnorm
# arnorm.loads('{"arnorm": 1, "passes": ["fold_alef", {"pass": "mask_urls", "args": {"token": "<url>"}}]}')
# True
