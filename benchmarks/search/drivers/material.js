/* Material's worker, given what its page gives it. */
globalThis.bench = {
  start: async () => {
    const worker = new Worker("worker.js");
    const { config, docs } = await (await fetch("search/search_index.json")).json();
    const send = (message, answer) =>
      new Promise((done, failed) => {
        worker.onmessage = ({ data }) => data.type === answer && done(data.data);
        worker.onerror = failed;
        worker.postMessage(message);
      });
    await send({ type: 0, data: { config, docs, options: { suggest: true } } }, 1);
    bench.send = (text) => send({ type: 2, data: text }, 3);
  },
  ask: async (text) => {
    const { items } = await bench.send(text);
    // A page with the sections that were found: the best of them is where it opens.
    const shown = items.slice(0, 10).map((item) => [...item].sort((a, b) => b.score - a.score)[0].location);
    return { shown, isSure: items.length > 0, dangers: [] };
  },
};
