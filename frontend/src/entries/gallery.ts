// On pages with photos shown large.

import { startGallery } from "../gallery";

startGallery();
