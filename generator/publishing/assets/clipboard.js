/* In go the forms of a text, each by its type; they come out in the clipboard, by whichever way the browser leaves open. */
(function () {
  "use strict";

  /* Where the clipboard is closed to scripts: what `select` selects is copied, with our forms in its place. */
  function bySelection(forms, select) {
    const fill = (event) => {
      forms.forEach((form) => event.clipboardData.setData(form.type, form.words));
      event.preventDefault();
    };
    select();
    document.addEventListener("copy", fill, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return done ? Promise.resolve() : Promise.reject(new Error("no clipboard"));
  }

  function put(forms, select) {
    const otherwise = () => bySelection(forms, select);
    if (!navigator.clipboard || !window.ClipboardItem) { return otherwise(); }
    const blobs = forms.map((form) => [form.type, new Blob([form.words], { type: form.type })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]).catch(otherwise);
  }

  window.playbookClipboard = { put };
})();
