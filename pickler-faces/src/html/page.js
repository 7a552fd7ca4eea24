"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  root.classList.add("js");
  all("[data-js]").forEach((control) => { control.hidden = false; });

  // Light or dark: as the system says, unless told.
  const theme = one("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const show = () => {
    theme.setAttribute("aria-pressed", String(isDark()));
    theme.textContent = isDark() ? "Light" : "Dark";
    theme.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
  };
  // Files may not be allowed to remember anything.
  try { root.dataset.theme = localStorage.getItem("theme") || ""; } catch { /* as the system says */ }
  if (!root.dataset.theme) { delete root.dataset.theme; }
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* for this time only */ }
    show();
  });
  dark.addEventListener("change", show);
  show();

  // What is looked for: names, codes, fields.
  const search = one("search");
  const found = one("found");
  const items = all("nav li").map((item) => ({
    item,
    section: document.getElementById(item.firstElementChild.getAttribute("href").slice(1)),
    words: item.dataset.find.split(" "),
  }));
  const headings = all("[data-group]");
  const fits = (word, term) => (/^\d+$/.test(term) ? word === term : word.includes(term));
  const filter = () => {
    const terms = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { item, section, words } of items) {
      const shown = terms.every((term) => words.some((word) => fits(word, term)));
      item.hidden = !shown;
      section.hidden = !shown;
      count += shown;
    }
    for (const heading of headings) {
      const group = one(heading.dataset.group);
      const shown = [...group.children].filter((part) => !part.hidden).length;
      heading.hidden = !shown;
      all("span", heading).forEach((number) => { number.textContent = shown; });
    }
    found.textContent = terms.length ? `${count} of ${items.length} found` : "";
  };
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      const first = items.find(({ item }) => !item.hidden);
      if (first) { location.hash = first.section.id; }
    } else if (event.key === "Escape" && search.value) {
      search.value = "";
      filter();
      event.stopPropagation();
    }
  });
  // What a link leads to is shown, whatever is looked for.
  const arrive = () => {
    let target = null;
    try { target = one(decodeURIComponent(location.hash.slice(1))); } catch { /* no place here */ }
    if (target && target.hidden) {
      search.value = "";
      filter();
      target.scrollIntoView();
    }
    all("nav a[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    const link = items.find(({ section }) => section === target);
    if (link) { link.item.firstElementChild.setAttribute("aria-current", "true"); }
    side.classList.remove("open");
    menu.setAttribute("aria-expanded", "false");
  };
  const side = document.querySelector(".side");
  const menu = one("menu");
  menu.addEventListener("click", () => {
    menu.setAttribute("aria-expanded", String(side.classList.toggle("open")));
  });
  search.addEventListener("focus", () => {
    side.classList.add("open");
    menu.setAttribute("aria-expanded", "true");
  });
  addEventListener("hashchange", arrive);
  arrive();

  // A field, its place in the diagram and its bytes light up together; a click
  // keeps them lit.
  let kept = null;
  let lit = [];
  const light = (of) => {
    lit.forEach((part) => part.classList.remove("on"));
    lit = [];
    if (!of) { return; }
    const within = of.closest("section");
    const { r, p } = of.dataset;
    const same = (part) => part.dataset.r === r && (!p || !part.dataset.p || part.dataset.p === p);
    lit = all("[data-r]", within).filter(same);
    lit.forEach((part) => part.classList.add("on"));
  };
  const keep = (of) => {
    if (kept) { kept.setAttribute("aria-pressed", "false"); }
    kept = kept === of ? null : of;
    if (kept) { kept.setAttribute("aria-pressed", "true"); }
    light(kept);
  };
  const part = (event) => event.target.closest && event.target.closest("[data-r]");
  document.addEventListener("mouseover", (event) => light(part(event) || kept));
  document.addEventListener("focusin", (event) => light(part(event) || kept));
  document.addEventListener("focusout", () => light(kept));
  document.addEventListener("click", (event) => {
    const of = part(event);
    if (of && !event.target.closest("a")) { keep(of.closest("button, [data-r]")); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (kept) { keep(kept); }
    } else if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
})();
