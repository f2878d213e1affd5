"""In a notebook: a trace shows itself, a pass says what it does, and what goes wrong says what was meant."""

from arnorm import passes

trace = (passes.strip_tatweel | passes.fold_alef).trace("أهـــلا بكم")
trace  # noqa: B018  (a cell that ends in a trace shows it with its changes marked)
print(repr(trace))
print(trace._repr_html_()[-60:-6].rpartition("</ins>")[2])
print(passes.fold_alef.__doc__.splitlines()[0])
try:
    print(passes.remove_diacritics)
except AttributeError as error:
    print(error)

# <Trace 'أهـــلا بكم' → 'اهلا بكم': strip_tatweel ×3, fold_alef>
#  بكم
# fold_alef: merge alef with hamza or madda, and alef wasla, into bare alef
# module 'arnorm.passes' has no pass 'remove_diacritics'; did you mean 'strip_tashkeel'?
