// On pages with photos shown large.

import { startGallery } from "../page/gallery";

startGallery();
