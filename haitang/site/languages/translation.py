"""The Site of a further language, made of that of the first one."""

from dataclasses import replace
from hashlib import blake2b

from haitang.model.messages import phrases, traditional
from haitang.site.languages.converted import converted, in_traditional
from haitang.site.languages.english import in_english
from haitang.site.templates import Templates
from haitang.site.views import Site


def translation(first: Site, language: str, templates: Templates) -> Site:
    """The same directory in another language, below a folder of that name."""
    made_by = blake2b(f"{first.made_by} {language}".encode(), digest_size=32).hexdigest() if first.made_by else ""
    site = Site(
        first.directory, templates, first.pictures, first.changes, first.digests, made_by, first.notes, language,
        f"{language}/",
    )  # fmt: skip
    if language == "zh-TW" and first.language == "zh-CN":
        script = traditional()
        return replace(site, directory=in_traditional(first.directory, script), changes=converted(first.changes, script))
    if language == "en":
        return replace(site, directory=in_english(first.directory, phrases(language)))
    return site
