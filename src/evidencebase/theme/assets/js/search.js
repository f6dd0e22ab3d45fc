// The search: a dialog on every page, and a page of its own whose state stands in its address.
"use strict";
(function () {
  const { say, facets, language, languages, small, factors } = window.ebWords;
  const root = window.ebRoot;
  const LONGEST = 200;
  const PAGE = 10;
  const IN_DIALOG = 4;
  const ENOUGH = 3;
  // Who types slowly would else load what the beginning of each word finds.
  const PAUSE = 600;
  const SYNONYMS = "⁂";
  const labels = Object.fromEntries(facets.map(([name, , values]) => [name, values]));
  const types = labels.type;

  // --- words ------------------------------------------------------------------------------------------------------
  const forms = new Intl.PluralRules(language);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const counted = (count) => fill(say.results[forms.select(count)] || say.results.other, { count: count.toLocaleString(language) });
  // Marks that turn the direction of text would turn what stands beside it.
  const clean = (text) => text.normalize("NFC").replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cc}]/gu, " ").trim();
  const make = (name, attributes = {}, ...inside) => {
    const one = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) one.setAttribute(key, value);
    one.append(...inside);
    return one;
  };
  const decoder = document.createElement("textarea");
  const decoded = (html) => {
    decoder.innerHTML = html;
    return decoder.value;
  };
  // Excerpts come with <mark> around what was found; nothing else in them may be HTML.
  const marked = (html) => html.split(/(<mark>.*?<\/mark>)/s).map((part) =>
    part.startsWith("<mark>") ? make("mark", {}, decoded(part.slice(6, -7))) : decoded(part));

  // --- engines ----------------------------------------------------------------------------------------------------
  const engines = {};
  const engine = (code) => {
    const options = { baseUrl: "/", excerptLength: 24, ranking: RANKING };
    engines[code] = engines[code] || (window.ebOffline ? offline(code, options) : worker(code, options));
    engines[code].catch(() => { delete engines[code]; });
    return engines[code];
  };
  const offline = async (code, options) => {
    const found = await window.ebOffline(code);
    await found.options(options);
    await found.init();
    return found;
  };
  // We talk to Pagefind's worker ourselves: its script for the page holds all of Pagefind a second time.
  const worker = async (code, options) => {
    const home = new URL("assets/search/pagefind/", code === language ? root : new URL(`../${code}/`, root));
    const own = new Worker(new URL("pagefind-worker.js", home));
    const asked = new Map();
    let last = 0;
    const tell = (method, ...args) => new Promise((done, failed) => {
      const id = ++last;
      asked.set(id, { done, failed });
      own.postMessage({ id, method, args });
    });
    own.addEventListener("message", ({ data: { id, result, error } }) => {
      const { done, failed } = asked.get(id);
      asked.delete(id);
      if (error) failed(new Error(error)); else done(result);
    });
    own.addEventListener("error", () => { for (const { failed } of asked.values()) failed(new Error("no worker")); });
    await tell("init", { ...options, basePath: home.pathname, language: code, primary: true });
    return {
      search: async (text) => {
        const found = await tell("search", text, {});
        return { results: found.results.map((one) => ({ ...one, data: () => tell("getData", one.data) })) };
      },
    };
  };
  const RANKING = { termFrequency: 1, termSaturation: 1.4, pageLength: 0.1, metaWeights: { title: 0.5, summary: 1, claims: 0, type: 0 } };
  const files = {};
  const file = (code, name) => {
    const key = `${code}/${name}`;
    const home = code === language ? root : new URL(`../${code}/`, root);
    files[key] = files[key] || (window.ebOffline ? window.ebOffline.file(code, name)
      : fetch(new URL(`assets/search/${name}.json`, home)).then((answer) => answer.json()));
    return files[key];
  };
  const place = (address) => new URL(address.replace(/^\//, "").replace(/index\.html(?=[?#]|$)/, window.ebOffline ? "index.html" : ""), root);

  // --- one result -------------------------------------------------------------------------------------------------
  const claim = (data, url) => (JSON.parse(data.meta.claims || "{}"))[url.split("#")[1]];
  const result = (data, away) => {
    const shown = data.excerpt.includes(SYNONYMS) ? [data.meta.summary] : marked(data.excerpt);
    const inner = data.sub_results.filter((one) => one.url.includes("#") && one.title !== data.meta.title && !one.excerpt.includes(SYNONYMS)).slice(0, 3);
    const own = away ? { lang: away, dir: "auto" } : {};
    return make("li", { class: "eb-hit" },
      make("p", { class: "eb-hit__title" }, make("a", { href: place(data.url), ...own }, data.meta.title),
        " ", make("span", { class: "eb-hit__type" }, types[data.meta.type] || "")),
      make("p", { class: "eb-hit__text", ...own }, ...shown),
      ...(inner.length ? [make("ul", {}, ...inner.map((one) => part(data, one, own)))] : []));
  };
  const part = (data, one, own) => {
    const said = claim(data, one.url);
    const line = make("li", {}, make("a", { href: place(one.url), ...own }, one.title));
    if (said && said[0]) line.append(" ", make("span", { class: "eb-hit__strength" }, said[0]));
    if (said && said[1]) line.append(make("p", { class: "eb-hit__qualifier" }, make("strong", {}, say.qualifier), " ", make("span", own, said[1])));
    return line;
  };

  // --- asking -----------------------------------------------------------------------------------------------------
  // Words that every page has say nothing. Where few pages have all words of a question, those with some of them follow.
  const smallWords = new Set(small.split(" "));
  const ask = async (code, query) => {
    const short = query.slice(0, LONGEST);
    const all = short.split(/[\s'’]+/u).filter(Boolean);
    const telling = all.filter((word) => !smallWords.has(word.toLowerCase()));
    const words = telling.length ? telling : all;
    const [asked, known] = await Promise.all([engine(code), file(code, "facets")]);
    const factor = new Map(Object.entries(factors).flatMap(([type, weight]) =>
      ((known.facets.type || {})[type] || []).map((number) => [known.ids[number], weight])));
    const look = async (text) => (await asked.search(text)).results
      .map((one) => ({ one, score: one.score * (factor.get(one.id) || 1), words: 1 }));
    const order = (found) => found.sort((one, other) => other.words - one.words || other.score - one.score);
    const whole = order(await look(words.join(" ")));
    if (whole.length >= ENOUGH || words.length < 2) return whole.map(({ one }) => one);
    const some = new Map();
    for (const word of words) {
      for (const hit of await look(word)) {
        const had = some.get(hit.one.id) || { one: hit.one, score: 0, words: 0 };
        some.set(hit.one.id, { one: hit.one, score: had.score + hit.score, words: had.words + 1 });
      }
    }
    const ids = new Set(whole.map(({ one }) => one.id));
    const rest = [...some.values()].filter(({ one, words: had }) => !ids.has(one.id) && had * 2 >= words.length);
    return [...whole, ...order(rest)].map(({ one }) => one);
  };
  // The pages that have one of the chosen values of every facet but one; undefined where nothing was chosen.
  const within = (known, filters, except) => {
    let left;
    for (const [name, values] of Object.entries(filters)) {
      if (!values.length || name === except) continue;
      const some = new Set(values.flatMap((value) => (known.facets[name] || {})[value] || []));
      left = left ? new Set([...left].filter((one) => some.has(one))) : some;
    }
    return left;
  };
  // How many pages there would be with each value, among all or among those that a query has found.
  const count = (known, filters, found) => Object.fromEntries(facets.map(([name, , values]) => {
    const others = within(known, filters, name);
    const counts = (value) => ((known.facets[name] || {})[value] || [])
      .filter((one) => (!others || others.has(one)) && (!found || found.has(one))).length;
    return [name, Object.fromEntries(Object.keys(values).map((value) => [value, counts(value)]))];
  }));
  const shortened = (query) => (query.length > LONGEST ? `${say.shortened} ` : "");
  // Only the newest question is answered; an answer that comes late is dropped.
  const newest = () => {
    let number = 0;
    return () => { const mine = ++number; return () => mine === number; };
  };

  // --- the dialog -------------------------------------------------------------------------------------------------
  // The frame of the page has opened it already, and somebody may have typed.
  let built = false;
  const dialog = (box) => {
    if (built) return;
    built = true;
    const form = box.querySelector("form");
    const input = box.querySelector("input");
    const status = make("p", { class: "eb-status", role: "status" });
    const list = make("ol", { class: "eb-hits" });
    const all = make("a", { hidden: "" }, say.all);
    const close = make("button", { type: "button", "aria-label": say.close }, "×");
    input.placeholder = say.label;
    input.setAttribute("aria-label", say.label);
    input.setAttribute("aria-describedby", "eb-hint");
    form.append(close);
    box.append(make("p", { id: "eb-hint", class: "eb-note" }, say.hint), status, list, all);
    const turn = newest();
    let answered;
    const search = async () => {
      const current = turn();
      const query = clean(input.value);
      if (!query) { list.replaceChildren(); status.textContent = ""; all.hidden = true; return; }
      status.textContent = say.waiting;
      try {
        const found = await ask(language, query);
        if (!current()) return;
        const data = await Promise.all(found.slice(0, IN_DIALOG).map((one) => one.data()));
        if (!current()) return;
        list.replaceChildren(...data.map((one) => result(one)));
        status.textContent = shortened(query) + (found.length ? counted(found.length) : say.none);
        all.href = place(`search/index.html?q=${encodeURIComponent(query)}`);
        all.hidden = false;
        answered = query;
      } catch { if (current()) status.textContent = say.failed; }
    };
    let later;
    input.addEventListener("input", () => { clearTimeout(later); later = setTimeout(search, PAUSE); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(later);
      const first = clean(input.value) === answered && list.querySelector("a");
      if (first) first.click(); else search();
    });
    close.addEventListener("click", () => box.close());
    box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
    arrows(box, () => [input, ...list.querySelectorAll("a"), ...(all.hidden ? [] : [all])]);
    engine(language).catch(() => {});
    if (input.value) later = setTimeout(search, PAUSE);
  };
  const arrows = (box, stops) => box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const all = stops();
    const next = all[all.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });

  // --- the page ---------------------------------------------------------------------------------------------------
  const page = (form) => {
    const input = form.querySelector("input");
    const status = make("p", { class: "eb-status", role: "status" });
    const side = make("div", { class: "eb-narrow", role: "group", "aria-label": say.filters });
    const list = make("ol", { class: "eb-hits" });
    const more = make("button", { type: "button", class: "eb-button", hidden: "" }, say.more);
    const away = make("section", { class: "eb-elsewhere" });
    const lists = document.querySelector(".eb-lists");
    lists.before(form);
    form.after(make("div", { class: "eb-found" }, side, make("div", {}, status, list, more, away)));
    lists.querySelector("p").hidden = true;
    form.hidden = false;
    arrows(form.parentElement, () => [input, ...list.querySelectorAll("a")]);
    const turn = newest();
    let rest = [];

    const state = () => {
      const given = new URLSearchParams(location.search);
      const filters = Object.fromEntries(facets.map(([name, , values]) =>
        [name, (given.get(name) || "").split(",").filter((value) => Object.hasOwn(values, value))]));
      return { query: clean(given.get("q") || ""), filters };
    };
    const go = (query, filters) => {
      const given = new URLSearchParams();
      if (query) given.set("q", query.slice(0, LONGEST));
      for (const [name, values] of Object.entries(filters)) if (values.length) given.set(name, values.join(","));
      const said = String(given);
      history.pushState(null, "", said ? `?${said}` : location.pathname);
      show(query);
    };
    const chosen = (filters) => Object.values(filters).some((values) => values.length);

    const show = async (typed) => {
      const current = turn();
      const { query, filters } = state();
      if (document.activeElement !== input) input.value = query;
      status.textContent = query || chosen(filters) ? say.waiting : "";
      away.replaceChildren();
      more.hidden = true;
      try {
        const found = query ? await byWords(query, filters) : await byFilters(filters);
        if (!current()) return;
        rest = found.hits;
        list.replaceChildren();
        narrow(found.counts, filters, query);
        await next(current);
        if (!current()) return;
        const any = query || chosen(filters);
        const none = chosen(filters) ? say.none_filtered : say.none;
        status.textContent = any ? shortened(typed || query) + (found.total ? counted(found.total) : none) : "";
        lists.hidden = Boolean(any);
        if (query) elsewhere(query, filters, current);
      } catch { if (current()) { status.textContent = say.failed; lists.hidden = false; } }
    };
    const byWords = async (query, filters) => {
      const [found, known] = await Promise.all([ask(language, query), file(language, "facets")]);
      const numbers = new Map(known.ids.map((id, number) => [id, number]));
      const left = within(known, filters);
      const kept = found.filter((one) => !left || left.has(numbers.get(one.id)));
      const all = new Set(found.map((one) => numbers.get(one.id)));
      return { hits: kept.map((one) => async () => result(await one.data())), total: kept.length, counts: count(known, filters, all) };
    };
    const byFilters = async (filters) => {
      const known = await file(language, "facets");
      const left = [...(within(known, filters) || [])].sort((one, other) => one - other);
      const titles = left.length ? await file(language, "titles") : [];
      const hits = left.map((number) => async () => make("li", { class: "eb-hit" }, make("p", { class: "eb-hit__title" },
        make("a", { href: place(`${titles[number][0]}index.html`) }, titles[number][1]))));
      return { hits, total: hits.length, counts: count(known, filters) };
    };
    const next = async (current) => {
      const some = rest.slice(0, PAGE);
      rest = rest.slice(PAGE);
      const made = await Promise.all(some.map((one) => one()));
      if (!current()) return;
      list.append(...made);
      more.hidden = !rest.length;
    };
    more.addEventListener("click", async () => {
      const last = list.children.length;
      await next(() => true);
      list.children[last].querySelector("a").focus();
    });

    const narrow = (counts, filters, query) => {
      const focused = document.activeElement && document.activeElement.id;
      const opened = new Set([...side.querySelectorAll("details[open]")].map((one) => one.dataset.facet));
      side.replaceChildren(...facets.map(([name, title, values]) => {
        const rows = Object.entries(values).map(([value, label]) => [value, label, (counts[name] || {})[value] || 0])
          .filter(([value, , count]) => count || filters[name].includes(value))
          .sort((one, other) => other[2] - one[2]);
        if (!rows.length) return "";
        const group = make("details", { "data-facet": name }, make("summary", {}, title), make("ul", {}, ...rows.map(([value, label, count]) => {
          const id = `eb-${name}-${value}`;
          const box = make("input", { type: "checkbox", id });
          box.checked = filters[name].includes(value);
          box.addEventListener("change", () => go(query, { ...filters, [name]: box.checked ? [...filters[name], value] : filters[name].filter((one) => one !== value) }));
          return make("li", {}, box, make("label", { for: id }, label, " ", make("span", { class: "eb-note" }, count.toLocaleString(language))));
        })));
        group.open = opened.has(name) || filters[name].length > 0 || name === "type";
        return group;
      }));
      if (chosen(filters)) {
        const clear = make("button", { type: "button" }, say.clear);
        clear.addEventListener("click", () => { go(query, Object.fromEntries(facets.map(([name]) => [name, []]))); input.focus(); });
        side.append(clear);
      }
      const again = focused && document.getElementById(focused);
      if (again) again.focus();
    };

    // Originals that nobody has translated are in other languages; they are looked for when somebody asks.
    const elsewhere = (query, filters, current) => {
      away.replaceChildren(...Object.entries(languages).filter(([code]) => code !== language).map(([code, name]) => {
        const button = make("button", { type: "button" }, fill(say.elsewhere, { language: name }));
        button.addEventListener("click", async () => {
          const note = make("p", { role: "status" }, say.waiting);
          button.replaceWith(note);
          try {
            const [found, known] = await Promise.all([ask(code, query), file(code, "facets")]);
            const left = within(known, { ...filters, missing: [language] });
            const ids = new Set([...left].map((number) => known.ids[number]));
            const data = await Promise.all(found.filter((one) => ids.has(one.id)).slice(0, PAGE).map((one) => one.data()));
            if (!current()) return;
            note.textContent = fill(data.length ? say.elsewhere_note : say.elsewhere_none, { language: name });
            note.after(make("ol", { class: "eb-hits" }, ...data.map((one) => result(one, code))));
          } catch { note.textContent = say.failed; }
        });
        return button;
      }));
    };

    let later;
    form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(later); go(clean(input.value), state().filters); });
    input.addEventListener("input", () => { clearTimeout(later); later = setTimeout(() => go(clean(input.value), state().filters), PAUSE); });
    addEventListener("popstate", () => show());
    show();
  };

  const find = async (query, most) => {
    const data = await Promise.all((await ask(language, clean(query))).slice(0, most).map((one) => one.data()));
    return data.map((one) => one.url.replace(/^\/|\/index\.html$/g, ""));
  };
  window.ebSearch = { dialog, page, find };
})();
