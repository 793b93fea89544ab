// Reading aloud: page/display/display-panel.ts asks for it once its panel is opened.

import { offerSpeech } from "../../page/speech";

Object.assign((window.HAITANG = window.HAITANG || {}), { speech: { offerSpeech } });
