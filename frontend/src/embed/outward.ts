// Links of a page in another site's frame open outside of it: no other page of the site may be shown there.

/** From now on, whoever makes them. */
export function leadOutward(): void {
  const open = (event: Event): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || !/^(?:https?|file):$/.test(link.protocol) || link.getAttribute("href")![0] === "#") return;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  };
  for (const type of ["click", "auxclick"]) document.addEventListener(type, open, true);
}
