/** What scripts of the page put down: `(window.HAITANG=window.HAITANG||{}).places=…`, words, holidays and data alike. */
interface Window {
  HAITANG?: { [name: string]: object | undefined };
}
