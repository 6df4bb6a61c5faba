/* In the table of contents: the heading that is at the top of what is in view. The theme counts from its own header, and so
   names the heading before the one that was jumped to. */

(() => {
  "use strict";

  const { all, soon } = playbook.page;
  const links = /** @type {HTMLAnchorElement[]} */ (all('.md-nav--secondary .md-nav__link[href^="#"]'));
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  if (!links.length) {
    return;
  }

  const tell = () => {
    const line = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 4;
    const here = places.findLastIndex((place) => place && place.getBoundingClientRect().top < line);
    for (const [at, link] of links.entries()) {
      link.ariaCurrent = at === here ? "location" : null;
    }
  };

  const tellSoon = soon(tell);
  tell();
  document.addEventListener("scroll", tellSoon, { passive: true });
  window.addEventListener("resize", tellSoon);
})();
