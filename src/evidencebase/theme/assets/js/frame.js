// What every page can do: choose colours, open the search, leave quickly. Everything else works without scripts.
"use strict";
(function () {
  const page = document.documentElement;
  const root = new URL(document.body.dataset.root, location.href);
  const store = (name, value) => {
    try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* storage is off */ }
  };

  const colours = ["", "light", "dark"];
  const button = document.querySelector(".eb-colours");
  const labels = button.dataset.labels.split("|");
  const show = () => {
    const now = colours.indexOf(page.dataset.colours || "");
    button.setAttribute("aria-label", labels[now]);
    button.title = labels[now];
  };
  button.addEventListener("click", () => {
    const next = colours[(colours.indexOf(page.dataset.colours || "") + 1) % colours.length];
    page.dataset.colours = next;
    store("eb-colours", next);
    show();
  });
  show();
  button.hidden = false;

  const drawer = document.getElementById("__drawer");
  const menu = document.querySelector(".eb-menu");
  const turn = (open) => {
    drawer.checked = open;
    menu.setAttribute("aria-expanded", open);
  };
  menu.addEventListener("click", () => turn(!drawer.checked));
  drawer.addEventListener("change", () => turn(drawer.checked));

  for (const link of document.querySelectorAll(".eb-languages a")) {
    link.addEventListener("click", () => store("eb-language", link.lang));
  }

  const load = (file) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL(file, root);
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const begin = () => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("assets/css/search.css", root);
    document.head.append(style);
    return load("assets/search/words.js").then(() => load("assets/js/search.js"));
  };
  let ready;
  const search = () => {
    ready = ready || begin();
    ready.catch(() => { ready = undefined; });
    return ready.then(() => window.ebSearch);
  };
  window.ebLoad = load;
  window.ebRoot = root;
  const link = document.querySelector(".eb-search");
  // The dialog opens before the search is there, so that no letter is lost; without the search, it leads to its page.
  const box = document.createElement("dialog");
  const dialog = () => {
    const name = link.textContent;
    box.className = "eb-dialog";
    box.innerHTML = '<form role="search"><input type="search" name="q" autocomplete="off" spellcheck="false"></form>';
    for (const one of [box, box.querySelector("input")]) one.setAttribute("aria-label", name);
    box.firstChild.action = link.href;
    document.body.append(box);
  };
  const open = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (!box.firstChild) dialog();
    if (!box.open) box.showModal();
    box.querySelector("input").focus();
    search().then((it) => it.dialog(box), () => box.firstChild.submit());
  };
  const form = document.querySelector(".eb-search-page");
  if (form) search().then((it) => it.page(form), () => {});
  else link.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing) form ? (event.preventDefault(), form.querySelector("input").focus()) : open(event);
    if (event.key === "Escape" && drawer.checked) {
      turn(false);
      menu.focus();
    }
  });

  // Somebody may be looking over a shoulder: the page is gone from the screen at once, and from the list of pages.
  const exit = document.querySelector(".eb-exit");
  if (exit) exit.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(exit.href);
  });
})();
