// The try-it forms of the API documentation. Each form names its operation; the
// names of its fields say where their values go: "operation:place:name". The
// token is read from the page when it is needed and kept nowhere.
(() => {
  'use strict';

  const token = () => document.querySelector('[name="api-token"]').value.trim();

  // request puts an operation together from its form.
  function request(form) {
    let path = form.dataset.apiPath;
    const query = new URLSearchParams();
    const options = { method: form.dataset.apiMethod, headers: {}, credentials: 'omit', cache: 'no-store' };
    if (token()) options.headers.Authorization = 'Bearer ' + token();
    for (const field of form.elements) {
      const [, place, name] = field.name.split(':');
      const value = field.value;
      if (place === 'file') {
        options.body = new FormData();
        if (field.files.length > 0) options.body.append('file', field.files[0]);
      } else if (place === 'body') {
        options.headers['Content-Type'] = 'application/json';
        options.body = value;
      } else if (place === 'path') {
        path = path.replace('{' + name + '}', encodeURIComponent(value));
      } else if (value !== '' && place === 'query') {
        query.set(name, value);
      } else if (value !== '' && place === 'header') {
        options.headers[name] = value;
      }
    }
    const search = query.toString();
    return [search ? path + '?' + search : path, options];
  }

  // read gives the text of an answer, or says how large it is.
  async function read(answer) {
    const type = answer.headers.get('Content-Type') || '';
    if (type.includes('json')) {
      const text = await answer.text();
      try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
    }
    const size = (await answer.blob()).size;
    return size > 0 ? type + '，' + size + ' 字节' : '';
  }

  const shown = ['ETag', 'Location', 'Retry-After', 'WWW-Authenticate', 'Idempotency-Replayed', 'X-Request-ID'];

  async function send(form) {
    const result = form.querySelector('.ow-api-result');
    const [line, source] = [result.querySelector('p'), result.querySelector('pre')];
    const button = form.querySelector('[type="submit"]');
    button.disabled = true;
    result.hidden = false;
    try {
      const [path, options] = request(form);
      const answer = await fetch(path, options);
      const headers = shown.filter((n) => answer.headers.has(n)).map((n) => n + ': ' + answer.headers.get(n));
      line.textContent = '答复 ' + answer.status + ' ' + options.method + ' ' + path;
      source.textContent = [headers.join('\n'), await read(answer)].filter(Boolean).join('\n\n');
    } catch {
      line.textContent = '请求没有发出去，请检查填写的内容和网络。';
      source.textContent = '';
    } finally {
      button.disabled = false;
    }
  }

  document.addEventListener('submit', (event) => {
    const form = event.target.closest('form[data-api-path]');
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send(form);
  }, true);
})();
