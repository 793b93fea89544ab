// What draws a page's address as a code: page/take-along.ts asks for it.

import { modules } from "../../core/qr-code";

Object.assign((window.HAITANG = window.HAITANG || {}), { qr: { modules } });
