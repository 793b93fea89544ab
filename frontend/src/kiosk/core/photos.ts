// Photos come with parts of the release beside the page. Until one is there, and where it never comes, the petals that the
// template put in its place stay; the place has its size from the start, so that nothing moves.

import type { Host } from "./host";

const NONE_YET = "data:,"; // what templates/kiosk/exhibits.html writes: without any source an image is no valid element

export function showPhotos(root: ParentNode, host: Host): void {
  root.querySelectorAll<HTMLImageElement>("img[data-part]").forEach((picture) => {
    if (picture.src !== NONE_YET) return;
    void host.part(picture.dataset.part!).then((text) => {
      if (!text || text.indexOf("data:image/") !== 0) return;
      picture.onload = () => (picture.hidden = false);
      picture.src = text;
    });
  });
}
