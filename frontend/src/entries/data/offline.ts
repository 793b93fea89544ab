// What a phone knows of a page that was never read, and what it keeps: page/offline.ts asks for it on offline.html.

import { tellKept } from "../../kept/kept-page";

Object.assign((window.HAITANG = window.HAITANG || {}), { offline: { tell: tellKept } });
