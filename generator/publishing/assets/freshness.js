/* Says in a word whether a document can be trusted today. The dates stand in the page; this only compares them. */
(function () {
  "use strict";

  var SOON = 30;
  var WORDS = { current: "current", soon: "due soon", late: "overdue", stale: "out of date", never: "never reviewed" };

  function day(moment) {
    return [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()]
      .map(function (number) { return (number < 10 ? "0" : "") + number; })
      .join("-");
  }

  function state(dates, now) {
    var today = day(now);
    var soon = day(new Date(now.getFullYear(), now.getMonth(), now.getDate() + SOON));
    if (dates.staleFrom && dates.staleFrom <= today) { return "stale"; }
    if (dates.reviewBy && dates.reviewBy < today) { return "late"; }
    if (!dates.reviewed) { return "never"; }
    var next = [dates.reviewBy, dates.staleFrom].filter(Boolean).sort()[0];
    return next && next <= soon ? "soon" : "current";
  }

  function chip(name) {
    var element = document.createElement("span");
    element.className = "pb-status pb-" + name;
    element.textContent = WORDS[name];
    return element;
  }

  function show() {
    var now = new Date();
    document.querySelectorAll("[data-pb-fresh]").forEach(function (element) {
      var name = state(element.dataset, now);
      var whole = element.classList.contains("pb-fresh");
      element.querySelectorAll(".pb-status").forEach(function (old) { old.remove(); });
      if (whole) { element.dataset.pbFresh = name; }
      if (whole || name !== "current") { (whole ? element.firstElementChild : element).prepend(chip(name), " "); }
    });
    document.querySelectorAll(".pb-moved").forEach(function (element) {
      element.classList.toggle("pb-changed", element.dataset.pbSince <= day(now));
    });
    document.querySelectorAll(".pb-timeline > ul").forEach(function (list) {
      var times = Array.from(list.querySelectorAll("[data-pb-version]"));
      var held = times.filter(function (time) { return time.getAttribute("datetime") <= day(now); })[0];
      times.forEach(function (time) {
        var name = time === held ? "held" : time.getAttribute("datetime") > day(now) ? "coming" : "past";
        time.closest("li").dataset.pbVersion = name;
      });
    });
  }

  window.playbookFreshness = show;
  show();
  window.addEventListener("pageshow", show);
  window.addEventListener("beforeprint", show);
  document.addEventListener("visibilitychange", show);
})();
