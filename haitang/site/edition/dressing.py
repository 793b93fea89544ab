"""What a directory's pages have around them: the head's elements, header, footer, and how a mistake is told."""

from collections.abc import Mapping

from haitang.site import policy
from haitang.site.edition.filler import Dressing, blank
from haitang.site.languages.alternates import Alternates, spoken
from haitang.site.linked import share
from haitang.site.linked.feed import feed_link
from haitang.site.page import EMBED, POSITION, SNIPPET
from haitang.site.views import Site


def dressing(site: Site, names: Mapping[str, str]) -> Dressing:
    """Header, footer and head elements of this directory's pages. `names` are those of the site's languages."""
    settings, render = site.directory.settings, site.templates.render
    updated = site.directory.updated.isoformat() if site.directory.updated else ""
    base = settings.base_url.rstrip("/") if settings.base_url else None
    others = Alternates(site, base, names) if len(names) > 1 else None

    def head(section: str, root: str) -> str:
        own_policy = policy.of_pages(settings.map, framing=section == SNIPPET.section)
        return render(
            "parts/head.html", title=blank("TITLE"), description=blank("DESCRIPTION"), path=blank("PATH"),
            picture=blank("PICTURE"), base=base, root=root, short=section == POSITION.section, policy=own_policy,
        ) + blank("FEED") + (blank("LINKS") if others else "")  # fmt: skip

    def around(section: str, root: str) -> tuple[str, str]:
        if section == EMBED.section:
            return render("parts/embed_header.html", root=root, settings=settings, directory=site.directory), ""
        languages = blank("LANGUAGES") if others else ""
        header = render(
            "parts/header.html", root=root, section=section, settings=settings, directory=site.directory, languages=languages,
            has_activities=bool(site.events),
        )  # fmt: skip
        short = section == POSITION.section  # its pages are most of the site
        return header, render("parts/footer_short.html", root=root) if short else site.footer(root)

    def corrections(root: str) -> str:
        correction = site.tell_anything
        if correction is None:
            return ""
        return render("parts/corrections.html", correction=correction, addition=site.tell_missing, site=site, root=root)

    told = Dressing(
        settings.title, site.language, updated, head, around, settings.offline, corrections, picture=share.of_home(site),
        feed=feed_link(site),
    )  # fmt: skip
    return spoken(told, site, others) if others else told
