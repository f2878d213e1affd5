"""What other packages, and people, call what a pass does: for «did you mean», never for calling."""

#: By names of PyArabic, CAMeL Tools, Farasa, Maha, Tashaphyne, NLTK and scikit-style cleaners.
ALIASES = {
    "strip_tashkeel": "dediac dediac_ar dediacritize diacritics no_diacritics remove_diacritics remove_diacritic "
    "remove_harakat remove_tashkeel remove_vowels strip_diacritics strip_harakat tashkeel undiacritize",
    "strip_tatweel": "kashida no_tatweel normalize_tatweel remove_kashida remove_tatweel strip_kashida tatweel",
    "strip_shadda": "remove_shadda remove_shaddah",
    "strip_tanween": "remove_tanween remove_tanwin strip_tanwin",
    "strip_case_endings": "remove_last_diacritic strip_last_haraka strip_lastharaka",
    "strip_dagger_alef": "remove_dagger_alif remove_small_alef remove_superscript_alef",
    "strip_quranic_marks": "remove_quranic_marks remove_waqf strip_quran_marks",
    "strip_all_marks": "remove_accents remove_marks strip_accents strip_marks",
    "fold_alef": "normalize_alef normalize_alef_ar normalize_alif normalize_hamza_on_alef unify_alef",
    "fold_alef_maksura": "normalize_alef_maksura normalize_alef_maksura_ar normalize_alif_maksura normalize_ya "
    "normalize_yaa normalize_yeh normalize_yeh_ar normalize_ye unify_yeh",
    "fold_teh_marbuta": "normalize_ta_marbuta normalize_taa_marbuta normalize_teh normalize_teh_marbuta "
    "normalize_teh_marbuta_ar unify_teh_marbuta",
    "fold_hamza_seats": "normalize_hamza normalize_hamzas uniformize_hamza",
    "fold_hamza_carriers": "normalize_waw_hamza normalize_yeh_hamza",
    "strip_hamza": "remove_hamza",
    "fold_farsi_yeh": "normalize_farsi_yeh normalize_persian_yeh",
    "fold_keheh": "normalize_gaf normalize_kaf normalize_keheh",
    "fold_persian_letters": "normalize_farsi normalize_persian normalize_persian_letters normalize_urdu",
    "lucene_arabic": "arabic_normalization arabic_normalizer lucene",
    "unify_word_ligatures": "normalize_lam_alef normalize_lamalef normalize_ligature normalize_ligatures",
    "unify_presentation_forms": "normalize_presentation_forms normalize_shapes reshape unshape",
    "nfc": "compose normalize_unicode unicode_normalize",
    "repair_utf8_mojibake": "fix_encoding fix_mojibake fix_text ftfy repair_mojibake",
    "repair_keyboard_layout": "fix_keyboard fix_layout swap_keyboard",
    "unescape_html": "decode_entities decode_html html_unescape",
    "strip_html_tags": "remove_html remove_html_tags remove_tags strip_html strip_tags",
    "strip_zero_width": "remove_invisible remove_zero_width strip_invisible",
    "strip_control_characters": "remove_control remove_control_characters",
    "strip_bidi_controls": "remove_bidi remove_direction strip_bidi",
    "map_digits_to_ascii": "arabic_digits arabic_to_english_numbers convert_digits digits normalize_digits "
    "normalize_numbers to_ascii_digits",
    "map_digits_to_arabic": "english_to_arabic_numbers to_arabic_digits",
    "map_numbers_to_words": "num2words number_to_text number_to_words spell_numbers",
    "map_words_to_numbers": "text_to_number words_to_numbers",
    "strip_punctuation": "remove_punct remove_punctuation remove_punctuations",
    "unify_punctuation_to_arabic": "normalize_punctuation",
    "fold_punctuation_to_ascii": "punctuation_to_ascii punctuation_to_latin",
    "squeeze_spaces": "collapse_whitespace normalize_spaces normalize_whitespace remove_extra_spaces remove_spaces "
    "squeeze_whitespace",
    "strip_edges": "strip trim",
    "squeeze_elongation": "normalize_repeated remove_duplicates remove_elongation remove_repeated "
    "remove_repeated_characters reduce_characters",
    "strip_urls": "remove_links remove_url remove_urls strip_links",
    "mask_urls": "replace_urls replace_url",
    "strip_emails": "remove_email remove_emails",
    "mask_emails": "replace_emails",
    "strip_mentions": "remove_mentions remove_user remove_users",
    "mask_mentions": "replace_mentions replace_users",
    "strip_hashtags": "remove_hashtag remove_hashtags",
    "strip_emoji": "remove_emoji remove_emojis strip_emojis",
    "name_emoji": "demojize emoji_to_text",
    "mask_phone_numbers": "anonymize remove_phone_numbers",
    "repair_spelling": "autocorrect correct correct_spelling spell spell_check spellcheck spelling",
    "map_arabic_to_latin": "arabic_to_buckwalter buckwalter romanize to_buckwalter transliterate",
    "map_latin_to_arabic": "buckwalter_to_arabic from_buckwalter",
}

_BY_ALIAS = {alias: name for name, aliases in ALIASES.items() for alias in aliases.split()}


def meant(name: object) -> str | None:
    """The name of the pass that others call *name*.

    >>> meant("remove_tashkeel"), meant("Dediac_AR"), meant("strip_tashkeel")
    ('strip_tashkeel', 'strip_tashkeel', None)
    """
    return _BY_ALIAS.get(name.lower()) if isinstance(name, str) else None
