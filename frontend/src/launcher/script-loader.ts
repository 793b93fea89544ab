// Reads files beside the launcher. On file:// a classic script is the only way; each calls a function by an agreed name.
// The rule: one at a time, and nothing of a script stays behind.

type Receiver = "HAITANG_CURRENT" | "HAITANG_MANIFEST" | "HAITANG_PART";
const LATE = 20_000;
let last: Promise<unknown> = Promise.resolve();

/** What the script at `address` called `receiver` with; null when it is not there, broken or late. */
export function loadScript(address: string, receiver: Receiver): Promise<unknown[] | null> {
  const next = last.then(() => inject(address, receiver));
  last = next;
  return next;
}

function inject(address: string, receiver: Receiver): Promise<unknown[] | null> {
  return new Promise((done) => {
    const scope = window as unknown as { [name: string]: unknown };
    const script = document.createElement("script");
    let got: unknown[] | null = null;
    const quiet = (event: Event): void => event.preventDefault(); // a broken file is no error of this page
    const finish = (): void => {
      clearTimeout(late);
      window.removeEventListener("error", quiet);
      delete scope[receiver];
      script.remove();
      done(got);
    };
    const late = setTimeout(finish, LATE);
    window.addEventListener("error", quiet);
    scope[receiver] = (...values: unknown[]): void => {
      got = values;
    };
    script.onload = finish;
    script.onerror = finish;
    script.src = address;
    document.head.appendChild(script);
  });
}
