from arnorm.core import CharMap
fold_alef=CharMap("fold_alef",{"أ":"ا","إ":"ا"})
strip_tashkeel=CharMap("strip_tashkeel",{c:"" for c in "ًٌٍَُِّْ"})
strip_tatweel=CharMap("strip_tatweel",{"ـ":""})
fold_teh_marbuta=CharMap("fold_teh_marbuta",{"ة":"ه"})
fold_teh_marbuta_to_teh=CharMap("fold_teh_marbuta_to_teh",{"ة":"ت"})
