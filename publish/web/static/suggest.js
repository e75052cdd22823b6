// Suggestions under the boxes of a search: a combobox with a list (ARIA Authoring Practices 1.2).
//
//   data-suggest="{address}"  on an input of a form: where suggestions come from
//
// The focus stays in the box; arrow keys move through the list, Enter opens what is chosen or sends
// the form, Escape closes the list, then empties the box. While a word is being composed (Japanese
// input) nothing is asked for and no key is taken away. Texts stand in data attributes of the script.

'use strict';

{
  const said = document.currentScript.dataset;
  const language = document.documentElement.lang;
  const other = language === 'ja' ? 'en' : 'ja';
  const MOST = 8, PATIENCE = 150;

  const make = (tag, attributes, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };

  // the page about a thing in the language of this one, wherever the site is looked at
  const pageOf = one => `${one.document.replace(said.base, said.root)}.${language}.html`;

  function optionOf(one, id) {
    const name = make('span', {class: 'name'}, one.name[language]);
    const more = [];
    if (one.name[other] !== one.name[language]) more.push(make('span', {lang: other}, one.name[other]));
    const traits = [one.type.name[language], one.description[language]].filter(Boolean);
    more.push(make('span', {class: 'traits'}, traits.join(language === 'ja' ? '：' : ': ')));
    return make('li', {role: 'option', id, 'aria-selected': 'false'}, name, ' ', ...more.flatMap(part => [part, ' ']));
  }

  function combine(box) {
    const list = make('ul', {role: 'listbox', id: `${box.id}-list`, 'aria-label': said.list, hidden: ''});
    const status = make('p', {'aria-live': 'polite', class: 'unseen'});
    let found = [], chosen = -1, asking = null, waiting = 0;

    box.after(list);
    box.form.append(status);
    for (const [name, value] of Object.entries({
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id,
    })) box.setAttribute(name, value);

    const isOpen = () => !list.hidden;

    function open(isToOpen) {
      list.hidden = !isToOpen;
      box.setAttribute('aria-expanded', String(isToOpen));
      if (!isToOpen) choose(-1);
    }

    function choose(place) {
      list.children[chosen]?.setAttribute('aria-selected', 'false');
      chosen = place;
      const option = list.children[place];
      if (!option) return box.removeAttribute('aria-activedescendant');
      option.setAttribute('aria-selected', 'true');
      option.scrollIntoView({block: 'nearest'});
      box.setAttribute('aria-activedescendant', option.id);
    }

    function close() {
      clearTimeout(waiting);
      asking?.abort();
      open(false);
    }

    function show(suggestions) {
      choose(-1);
      found = suggestions;
      list.replaceChildren(...found.map((one, place) => optionOf(one, `${list.id}-${place}`)));
      open(found.length > 0);
      status.textContent = found.length ? said.some.replace('{count}', found.length) : said.none;
    }

    async function ask() {
      clearTimeout(waiting);
      asking?.abort();
      const text = box.value.trim();
      if (!text) {
        status.textContent = '';
        return open(false);
      }
      asking = new AbortController();
      const wanted = new URLSearchParams({q: text, limit: MOST, lang: language});
      for (const kind of new FormData(box.form).getAll('type')) if (kind) wanted.append('type', kind);
      try {
        const answer = await fetch(`${box.dataset.suggest}?${wanted}`, {
          signal: asking.signal, headers: {Accept: 'application/json'},
        });
        if (!answer.ok) return open(false);
        const {suggestions} = await answer.json();
        // it may have been left, or emptied, meanwhile
        if (document.activeElement === box && box.value.trim() === text) show(suggestions);
      } catch (error) {
        // no network: the form itself still says so when it is sent
        if (error.name !== 'AbortError') open(false);
      }
    }

    function askSoon() {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PATIENCE);
    }

    const go = place => location.assign(pageOf(found[place]));

    const keys = {
      ArrowDown() {
        if (!isOpen()) return void ask();
        choose(chosen + 1 < found.length ? chosen + 1 : -1);
      },
      ArrowUp() {
        if (isOpen()) choose(chosen < 0 ? found.length - 1 : chosen - 1);
      },
      Escape() {
        if (isOpen()) close();
        else box.value = status.textContent = '';
      },
    };

    box.addEventListener('input', event => {
      if (!event.isComposing) askSoon();
    });
    box.addEventListener('compositionstart', close);
    box.addEventListener('compositionend', askSoon);
    box.addEventListener('keydown', event => {
      // 229: the key belongs to the input method, also where the browser has ended composing already
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === 'Enter') {
        if (chosen < 0) return close();
        event.preventDefault();
        return go(chosen);
      }
      if (!keys[event.key] || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      keys[event.key]();
    });
    box.addEventListener('blur', close);
    // a press must not take the focus, which would close the list under the pointer
    list.addEventListener('mousedown', event => event.preventDefault());
    list.addEventListener('click', event => {
      const option = event.target.closest('[role=option]');
      if (option) go([...list.children].indexOf(option));
    });
  }

  document.querySelectorAll('input[data-suggest]').forEach(combine);
}
