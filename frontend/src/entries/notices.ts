// Right behind the notices of a page: they are arranged before anything below them is painted.

import { followNotices } from "../schedule/notices";

followNotices();
