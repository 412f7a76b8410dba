module.exports = require('./made.js')('vm', ['Script', 'createContext', 'compileFunction', 'runInContext', 'runInNewContext', 'runInThisContext'], { isContext: () => false });
