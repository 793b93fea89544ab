// As little as the same pages need: JavaScript templates, nothing copied, nothing watched.
export default () => ({templateFormats: ["11ty.js"], dir: {input: "pages", output: "public"}});
