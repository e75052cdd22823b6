// What scripts add to every page. Everything works without it.
//
//   data-copy="{name}"     on pre, code …: a button that copies its text; the name is read out
//   data-autosubmit        on a form: sent as soon as a choice is made (with the pointer, by the
//                          space bar on a box; the arrow keys only move through the choices)
//   data-highlight="{key}" on several things: pointing at one marks all with the same key
//
// Texts in the language of the page stand in data attributes of the script element.

'use strict';

{
  const said = document.currentScript.dataset;

  function once(element, tag) {
    const made = document.createElement(tag);
    element.after(made);
    return made;
  }

  // -- copying

  let status = null;

  function announce(text) {
    if (!status) {
      status = document.createElement('p');
      status.className = 'unseen';
      status.setAttribute('role', 'status');
      document.body.append(status);
    }
    status.textContent = '';
    setTimeout(() => { status.textContent = text; }, 50);
  }

  function addCopying(source) {
    const button = once(source, 'button');
    const name = source.dataset.copy;
    button.type = 'button';
    button.className = 'plain small copy';
    button.textContent = said.copy;
    if (name) button.setAttribute('aria-label', said.copyNamed.replace('{what}', name));
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(source.textContent);
        announce(said.copied);
        button.textContent = said.copied;
        setTimeout(() => { button.textContent = said.copy; }, 2000);
      } catch {
        // no permission, or no HTTPS: the reader can still copy what is selected
        getSelection().selectAllChildren(source);
        announce(said.selected);
      }
    });
  }

  // -- forms that send themselves

  function sendOnChange(form) {
    let moving = false;
    form.addEventListener('keydown', event => { moving = event.key !== ' '; });
    form.addEventListener('pointerdown', () => { moving = false; });
    form.addEventListener('change', event => {
      const chosen = event.target.matches('select, input[type=checkbox], input[type=radio]');
      if (chosen && !moving) form.requestSubmit();
    });
  }

  // -- things that belong together

  function light(event) {
    const pointed = event.target.closest?.('[data-highlight]');
    for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (!pointed) return;
    const key = CSS.escape(pointed.dataset.highlight);
    for (const one of document.querySelectorAll(`[data-highlight="${key}"]`)) one.classList.add('lit');
  }

  document.querySelectorAll('[data-copy]:not(script)').forEach(addCopying);
  document.querySelectorAll('form[data-autosubmit]').forEach(sendOnChange);
  if (document.querySelector('[data-highlight]')) {
    document.addEventListener('mouseover', light);
    document.addEventListener('focusin', light);
  }
}
