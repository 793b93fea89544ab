// What is made once of the data that stand in a page. A hall's screen changes all of them with its language
// (kiosk/core/languages.ts): what was made of each stays with it.

export function ofData<Made>(make: () => Made): () => Made {
  const made = new WeakMap<object, { it: Made }>();
  return () => {
    const data = (window.HAITANG = window.HAITANG || {});
    let found = made.get(data);
    if (!found) made.set(data, (found = { it: make() }));
    return found.it;
  };
}
