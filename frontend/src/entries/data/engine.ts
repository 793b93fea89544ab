// The search, for those who search: search/lazy-engine.ts and finder/answers.ts ask for it.

import { loadEngine, searchBlocks } from "../../finder/engine/engine-loader";
import { meantBy } from "../../search/meant";
import { SearchBox } from "../../search/search-box";

const openBox = (form: HTMLFormElement, field: HTMLInputElement): SearchBox => new SearchBox(form, field);

Object.assign((window.HAITANG = window.HAITANG || {}), { engine: { openBox, meantBy, loadEngine, searchBlocks } });
