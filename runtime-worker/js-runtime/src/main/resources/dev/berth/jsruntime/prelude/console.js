// `console`: lines go to the app's log, with the request they belong to.
(berth) => {
  'use strict';

  const { post, toLog } = berth;

  const line = (values) => {
    let text = '';
    for (let i = 0; i < values.length; i++) {
      if (i > 0) text += ' ';
      try {
        text += toLog(values[i]);
      } catch (error) {
        text += '[could not be printed: ' + error + ']';
      }
    }
    return text;
  };

  const level = (name) =>
    ({ [name](...values) {
      post('log', 0, name, line(values));
    } })[name];

  const console = {
    log: level('log'),
    info: level('info'),
    debug: level('debug'),
    warn: level('warn'),
    error: level('error'),
  };
  console.trace = console.debug;
  berth.hide(globalThis, { console });
  // What went wrong has more room than what is printed, and the failure of the call is always shown.
  berth.logUncaught = (where, error) => post('uncaught', 0, 'error', 'uncaught in ' + where + ': ' + line([error]));
  berth.logFailure = (error) => post('failure', 0, 'error', 'uncaught in function: ' + line([error]));
}
