"""A pipeline that a configuration describes; what is wrong in it is named by its place."""

import yaml

import arnorm

CONFIGURATION = """
passes:
  - clean
  - repair_spelling: {policy: safe, lexicon: [زيدون]}
  - mask_urls: {token: <url>}
  - search.v1
protect: [hashtags]
"""
pipeline = arnorm.pipeline(yaml.safe_load(CONFIGURATION))
print(pipeline("ذهب الى المدرسه #المدرسة"))
try:
    arnorm.pipeline(yaml.safe_load("- clean\n- mask_urls: {tokn: <url>}"))
except arnorm.InvalidRecipeError as error:
    print(error)

# ذهب الي المدرسه #المدرسة
# passes[1]: mask_urls: no argument is named 'tokn'; did you mean 'token'?
