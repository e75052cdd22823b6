// Link your table: sends the form, shows how far the work is, keeps the file for what follows.
//
//   form[data-link=new]      a file is chosen: the outcome comes below it
//   form[data-link=result]   rows to decide, files to take away: the same file is sent again
//
// Everything works without it. Texts in the language of the page stand in data attributes of the
// script element.

'use strict';

{
  const said = document.currentScript.dataset;
  const first = document.querySelector('form[data-link=new]');
  const problems = document.getElementById('problems');
  const result = document.getElementById('result');
  const progress = document.getElementById('progress');
  const status = document.getElementById('status');
  //: the file that the outcome on the page is of
  let kept = null;
  let busy = false;

  function complain(lines) {
    const banner = document.createElement('div');
    banner.className = 'alert';
    for (const line of lines) {
      const paragraph = document.createElement('p');
      paragraph.textContent = line;
      banner.append(paragraph);
    }
    problems.replaceChildren(banner);
    problems.scrollIntoView({block: 'nearest'});
  }

  function tell(text, done, total) {
    progress.hidden = false;
    status.textContent = text.replace('{done}', done).replace('{total}', total);
    if (total) {
      progress.max = total;
      progress.value = done;
    } else {
      progress.removeAttribute('value');
    }
  }

  // -- the outcome, line by line

  async function* lines(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const {value, done} = await reader.read();
      rest += value ?? '';
      const whole = rest.split('\n');
      rest = whole.pop();
      for (const line of whole) if (line) yield JSON.parse(line);
      if (done) return;
    }
  }

  async function show(response) {
    for await (const step of lines(response)) {
      if (step.total) tell(said.linking, step.done, step.total);
      if (step.problems) return complain(step.problems);
      if (step.html !== undefined) return place(step.html);
    }
    return complain([said.failed]);
  }

  function place(html) {
    // made by the server's templates, which escape all that is in the table
    result.innerHTML = html;
    const again = result.querySelector('input[type=file]');
    again.required = false;
    for (const one of result.querySelectorAll('.again')) one.hidden = true;
    result.querySelector('h2').focus();
  }

  // -- files

  function save(name, blob) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  function nameOf(response) {
    const stated = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition'));
    return stated ? decodeURIComponent(stated[1]) : 'table';
  }

  async function refusal(response) {
    const problem = await response.json().catch(() => ({}));
    const own = document.documentElement.lang === 'ja' ? '_ja' : '';
    const listed = (problem.problems ?? [problem]).map(
      one => [one[`detail${own}`], one[`hint${own}`]].filter(Boolean).join(' → '));
    complain(listed.filter(Boolean).length ? listed : [said.failed]);
  }

  // -- sending

  async function send(form, submitter) {
    const data = new FormData(form, submitter);
    const chosen = form.querySelector('input[type=file]').files[0] ?? (form === first ? null : kept);
    if (!chosen) return complain([said.missing]);
    if (chosen.size > Number(first.dataset.most)) return complain([said.large]);
    data.set('file', chosen, chosen.name);
    problems.replaceChildren();
    tell(said.sending, 0, 0);
    const wantsPage = data.get('format') === 'page';
    const accept = wantsPage ? 'application/x-ndjson, application/problem+json' : 'application/problem+json, */*;q=0.5';
    const response = await fetch(form.action, {method: 'POST', body: data, headers: {Accept: accept}});
    if (!response.ok) return refusal(response);
    if (!wantsPage) return save(nameOf(response), await response.blob());
    kept = chosen;
    return show(response);
  }

  document.addEventListener('submit', async event => {
    if (!event.target.matches('form[data-link]')) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await send(event.target, event.submitter);
    } catch {
      // the connection broke, or the file was changed since it was chosen
      complain([said.failed]);
    } finally {
      busy = false;
      progress.hidden = true;
      status.textContent = problems.childElementCount ? '' : said.done;
    }
  });
}
